//! What clauses say beside conditions and awards: limits, rounding, what comes afterwards, what letters stand for.

use crate::base::{Date, Number, Ratio, Weight};
use crate::criterion::Context;
use crate::criterion::grammar::condition::{About, Condition, Shape};
use crate::criterion::grammar::formula::by_name;
use crate::criterion::grammar::kinds::Rounded;
use crate::criterion::grammar::limit::Limit;
use crate::criterion::reading::deadline;
use crate::rule::{Award, Definition, Refusal};
use crate::words::list;

use super::draft::{Draft, refuse};
use super::passes::label;
use super::rungs::Rung;

/// A/B: one letter over another.
fn over_another(name: &str) -> Option<(&str, &str)> {
    let letter = |text: &str| text.len() == 1 && text.chars().all(|c| c.is_ascii_alphabetic());
    name.split_once('/').filter(|(above, below)| letter(above) && letter(below))
}

/// Writes into 执行率=A/B×100% what A and B stand for, and says what that was.
fn spell_out(definition: &mut Definition, letters: &[(String, Option<String>)]) -> Vec<String> {
    const OPERATORS: [char; 7] = ['+', '-', '*', '/', '(', ')', '×'];
    let Some((name, right)) = definition.text.split_once('=') else { return Vec::new() };
    let mut told = Vec::new();
    let mut spelled = String::new();
    for part in right.split_inclusive(OPERATORS) {
        let end = part.trim_end_matches(OPERATORS);
        match letters.iter().find(|(letter, _)| letter == end).and_then(|(_, name)| name.as_ref()) {
            Some(said) => {
                told.push(said.clone());
                spelled.push_str(&part.replacen(end, said, 1));
            }
            None => spelled.push_str(part),
        }
    }
    definition.text = format!("{name}={spelled}");
    told
}

impl Draft {
    /// 得分=K×分值, 得X×6分: the letters of formulas are what they stand for.
    pub(crate) fn lettered(&mut self, letters: &[(String, Option<String>)]) -> Result<(), Refusal> {
        let awards = self.rungs.iter_mut().map(|rung| &mut rung.award);
        let rest = self.general.iter_mut().chain(&mut self.otherwise).map(|(award, _)| award);
        for award in awards.chain(rest) {
            let Award::Rate(rate) = award else { continue };
            if let Some((above, below)) = rate.rate.as_deref().and_then(over_another) {
                let name = |letter: &str| {
                    let known = letters.iter().find(|(known, _)| known == letter);
                    known.and_then(|(_, name)| name.clone()).ok_or(letter.to_owned())
                };
                let (above, below) = match (name(above), name(below)) {
                    (Ok(above), Ok(below)) => (above, below),
                    (Err(letter), _) | (_, Err(letter)) => {
                        return refuse(&letter, "公式里的字母没有写明是什么");
                    }
                };
                let whole = format!("{above}/{below}");
                self.names.retain(|name| *name != above && *name != below);
                let Ok(factor) = by_name(&above, &below, &whole) else {
                    return refuse(&whole, "公式里的字母没有写明是什么");
                };
                rate.rate = factor.name;
                continue;
            }
            let Some(letter) = rate.rate.clone().filter(|name| name.len() == 1) else { continue };
            let Some((_, name)) = letters.iter().find(|(known, _)| *known == letter) else {
                return refuse(&letter, "公式里的字母没有写明是什么");
            };
            let name = name.as_deref().map(|name| name.trim_start_matches("实际"));
            rate.rate = name.filter(|name| !list::PLAIN_COMPLETION.has(name)).map(str::to_owned);
        }
        if let Some(definition) = &mut self.definition {
            let told = spell_out(definition, letters);
            self.names.retain(|name| !told.contains(name));
        }
        Ok(())
    }

    /// 在18℃-22℃得满分，超出不得分: beyond either end of the one stretch that earns points.
    pub(crate) fn outside(&self, condition: &Condition) -> bool {
        let mut paying = self.rungs.iter().filter(|rung| rung.award != Award::ZERO);
        let two = |rung: &Rung| rung.stretch().is_some_and(|s| s.lower.is_some() && s.upper.is_some());
        condition.shape == Shape::Contrary { over: true }
            && paying.next().is_some_and(|rung| two(rung) && !rung.is_point())
            && paying.next().is_none()
    }

    /// 逾期完成折半计分，未完成不得分: beside what comes late, what is not done at all is a state of its own.
    pub(crate) fn undone(&mut self, condition: &Condition, award: &Award, text: &str, words: &str) -> bool {
        let late = self.rungs.iter().any(|rung| rung.shape == Shape::Misses && rung.award != *award);
        let label = label(text);
        let fits = late
            && condition.shape == Shape::Contrary { over: false }
            && self.about.iter().all(|about| *about == About::Lateness(None))
            && label.ends_with("完成");
        if fits {
            self.state(label, award, words);
        }
        fits
    }

    /// 之后完成不得分, 年内未完成不得分: what is earned behind the last of the dates before it.
    pub(crate) fn afterwards(
        &mut self,
        award: &Award,
        year: bool,
        words: String,
        context: &Context,
    ) -> Result<(), Refusal> {
        let Some(last) = self.due.last().filter(|due| due.kept).map(|due| due.day) else {
            return refuse(&words, "前面没有写明日期");
        };
        if !year {
            return self.set_otherwise(award.clone(), words);
        }
        let Some(year) = last.or_else(|| deadline(context.target)).map(Date::year) else {
            return refuse(&words, "没有写明是哪一年");
        };
        let Ok(day) = Date::new(year, 12, 31) else { return refuse(&words, "没有写明是哪一年") };
        if *award != Award::ZERO {
            return refuse(&words, "没有完成却得分，无法确定含义");
        }
        self.state("未完成", award, &words);
        let (about, shape) = (About::Lateness(Some(day)), Shape::Misses);
        self.band(&Condition { about, shape, subject: None }, award.clone(), words, "");
        Ok(())
    }

    /// 按完成率计分，但不低于3分: the points that a proportion gives in any case.
    pub(crate) fn at_least(&mut self, least: Number, words: &str) -> Result<(), Refusal> {
        if least.is_zero() {
            return Ok(());
        }
        let awards = self.rungs.iter_mut().map(|rung| &mut rung.award);
        let rest = self.general.iter_mut().chain(&mut self.otherwise).map(|(award, _)| award);
        let mut rates = 0_u32;
        for award in awards.chain(rest) {
            match award {
                Award::Rate(rate) if rate.least.is_none() => {
                    rate.least = Some(least);
                    rates = rates.saturating_add(1);
                }
                Award::Full => {}
                _ => return refuse(words, "与前面的规定对不上"),
            }
        }
        if rates == 1 && self.states.is_empty() {
            Ok(())
        } else {
            refuse(words, "与前面的规定对不上")
        }
    }

    /// 保留一位小数 behind what gives points is about them; behind the formula of a rate it may be about the rate.
    pub(crate) fn round(&mut self, said: Rounded, words: &str) -> Result<(), Refusal> {
        let formula = |award: &Award| matches!(award, Award::Rate(_) | Award::Line(_));
        let mut awards = self.rungs.iter().map(|rung| &rung.award).chain(self.general.iter().map(|(a, _)| a));
        let scored = self.definition.is_none() && awards.any(formula);
        if !(said.named || scored) {
            return refuse(words, "没有写明是得分取舍，还是比率取舍");
        }
        let known = self.rounded;
        let conflict = |a: Option<u32>, b: Option<u32>| matches!((a, b), (Some(a), Some(b)) if a != b);
        if conflict(known.places, said.places)
            || matches!((known.down, said.down), (Some(a), Some(b)) if a != b)
        {
            return refuse(words, "得分的取舍规定了两次，前后不一致");
        }
        self.rounded = Rounded {
            places: known.places.or(said.places),
            down: known.down.or(said.down),
            named: known.named || said.named,
        };
        Ok(())
    }

    pub(crate) fn limit(&mut self, limit: Limit, words: &str, weight: Option<Weight>) -> Result<(), Refusal> {
        let of_weight = |share: Ratio| match weight.and_then(|w| w.number().times(share.number())) {
            Some(points) if share <= Ratio::ONE => Ok(points),
            _ => refuse(words, "没有分值，无法确定是多少分"),
        };
        let limit = match limit {
            Limit::TakeShare(share) => Limit::Take(of_weight(share)?),
            Limit::FloorShare(share) => Limit::Floor(of_weight(share)?),
            other => other,
        };
        if let (None, Limit::Floor(least)) = (&self.steps, limit) {
            return self.at_least(least, words);
        }
        let up = matches!(limit, Limit::Add(_) | Limit::Score(_) | Limit::Filled(_));
        let steps = match (&mut self.steps, &mut self.also) {
            (_, Some(also)) if also.clause.adds == up => Some(also),
            (steps, _) => steps.as_mut(),
        };
        match (steps, limit) {
            (Some(steps), Limit::Take(n)) if !steps.clause.adds => steps.most = Some(n),
            (Some(steps), Limit::Add(n)) if steps.clause.adds => steps.most = Some(n),
            (Some(steps), Limit::Score(n)) if steps.clause.adds => steps.cap = Some(n),
            (Some(steps), Limit::Floor(n)) if !steps.clause.adds => steps.floor = Some(n),
            (_, Limit::Score(n) | Limit::Filled(n)) if weight.is_some_and(|w| w.number() == n) => {}
            (None, Limit::Score(n)) if weight.is_none() => self.score_cap = Some(n),
            _ => return refuse(words, "与前面的规定对不上"),
        }
        Ok(())
    }
}
