//! A condition with its award becomes a rung of the draft.

use crate::criterion::grammar::condition::{About, Condition, Shape};
use crate::criterion::meaning::draft::{Draft, Due, Worded};
use crate::criterion::meaning::rungs::Rung;
use crate::rule::Award;

impl Draft {
    pub(crate) fn band(&mut self, condition: &Condition, award: Award, words: String, text: &str) {
        let plain = matches!(condition.shape, Shape::Meets | Shape::Misses);
        let stretch = matches!(condition.about, About::During(_) | About::Since(..));
        if plain && !stretch && !text.is_empty() {
            self.worded.push(Worded { text: text.to_owned(), award: award.clone(), words: words.clone() });
        }
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
