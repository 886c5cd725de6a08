//! A condition with its award becomes a rung of the draft.

use crate::criterion::grammar::condition::{About, Condition, Shape};
use crate::criterion::meaning::draft::{Draft, Due, Worded};
use crate::criterion::meaning::rungs::Rung;
use crate::rule::{Award, Point, Proportion};

impl Draft {
    pub(crate) fn band(&mut self, condition: &Condition, award: Award, words: String, text: &str) {
        let plain = matches!(condition.shape, Shape::Meets | Shape::Misses);
        let stretch = matches!(condition.about, About::During(_) | About::Since(..));
        if plain && !stretch && !text.is_empty() {
            self.worded.push(Worded { text: text.to_owned(), award: award.clone(), words: words.clone() });
        }
        let award = over_in_unit(award, condition);
        let rung = self.rungs.len();
        let named = |words: &str| words.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '在' | '于'));
        let kept = condition.shape == Shape::Meets;
        match &condition.about {
            About::Lateness(day) if plain && (day.is_some() || named(&words)) => {
                self.due.push(Due { rung, day: *day, kept, from: None, firm: false });
            }
            About::During(days) => {
                let (day, from) = (Some(days.last), Some(days.first));
                self.due.push(Due { rung, day, kept: true, from, firm: true });
            }
            About::Since(days, firm) => {
                let (day, from) = (Some(days.last), Some(days.first));
                self.due.push(Due { rung, day, kept: false, from, firm: *firm });
            }
            _ => {}
        }
        // The pass over the dates says where they lie.
        self.about.push(if stretch { About::Lateness(None) } else { condition.about.clone() });
        self.rungs.push(Rung { shape: condition.shape.clone(), award, words });
    }
}

/// 低于300天的得分=实际天数/300×5: what it is divided by has the unit of the bound that it repeats.
fn over_in_unit(award: Award, condition: &Condition) -> Award {
    let (Award::Rate(rate), Shape::Within(stretch)) = (&award, &condition.shape) else { return award };
    let Some(over) = rate.over.as_ref().filter(|over| over.unit.is_bare()) else { return award };
    let same = [&stretch.lower, &stretch.upper].into_iter().flatten().find_map(|end| match &end.at {
        Point::Value(at) if at.number == over.number && !at.unit.is_ratio() => Some(at.clone()),
        _ => None,
    });
    match same {
        Some(over) => Award::Rate(Proportion { over: Some(over), ..rate.clone() }),
        None => award,
    }
}
