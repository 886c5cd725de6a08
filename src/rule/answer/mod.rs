//! The words of an actual, laid against what the rule asks: 编制数85人，在职人员数82人 under a rate that is one over the
//! other, 发现2处不合格 under a count of faults, 不合格率3% under a rate of what is sound, 超过95%.
//!
//! An answer stands in the place of the actual as it was read by itself. How it was read hangs on its words, so no formula
//! may follow its cell. Where several numbers may be meant, all of them must earn the same.

mod amounts;
mod approximate;
mod carried;
mod change;
pub(super) mod checklist;
mod counts;
mod grades;
pub(super) mod gravity;
mod late;
pub(super) mod parts;
mod undone;

use crate::model::Laid;
use crate::notation::{Notation, Quantity};

use super::graded::Graded;
use super::measure::{HINT_ACTUAL, Measure, Subject};
use super::{Applied, Facts, Kind as _, Refusal};

/// What an actual may mean.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// As a notation.
    pub(super) actual: Notation,
    /// The words of the criterion that it comes to, where it comes to one of them.
    pub(super) words: Option<String>,
    /// How it came about.
    pub(super) laid: Laid,
}

impl Answer {
    fn of(actual: Notation) -> Self {
        Self { actual, words: None, laid: Laid::ByWords }
    }

    /// A number that was worked out from the words.
    fn number(quantity: Quantity) -> Self {
        Self::of(Notation::Quantity(Quantity { inferred: true, ..quantity }))
    }

    fn word(label: &str) -> Self {
        Self { words: Some(label.to_owned()), ..Self::of(Notation::Text(label.to_owned())) }
    }
}

/// All that the actual may mean to this rule; nothing where it means what it says by itself.
pub(super) fn answers(rule: &Graded, facts: &Facts) -> Result<Vec<Answer>, Refusal> {
    let one = |answer: Option<Answer>| answer.map(|answer| vec![answer]);
    let state = carried::state(rule, facts)
        .or_else(|| change::state(rule, facts))
        .or_else(|| late::state(rule, facts))
        .or_else(|| grades::state(rule, facts));
    if let Some(found) = one(state) {
        return Ok(found);
    }
    if rule.bands.is_empty() && !rule.has_moving_part() {
        return Ok(Vec::new());
    }
    let found = match rule.measure {
        Measure::Count(_) | Measure::Missing => one(counts::answer(rule, facts)?),
        Measure::Lateness(_) => one(late::answer(rule, facts)?),
        Measure::Deviation { .. } => None,
        Measure::Value => match amounts::answer(rule, facts)? {
            None => one(change::answer(rule, facts)?),
            found => one(found),
        },
    };
    match found {
        Some(found) => Ok(found),
        None => Ok(approximate::answers(rule, facts)),
    }
}

/// What the rate is called, by the criterion and by the form.
fn names<'r>(rule: &'r Graded, facts: &Facts<'r>) -> impl Iterator<Item = &'r str> {
    let subject = match &rule.subject {
        Subject::Named(name) => Some(name.as_str()),
        Subject::Unnamed => None,
    };
    subject.into_iter().chain([facts.indicator])
}

impl Graded {
    /// Scores the facts.
    pub(in crate::rule) fn by_answer(&self, facts: &Facts) -> Result<Applied, Refusal> {
        let hint = |refusal: Refusal| match refusal.hint.as_str() {
            HINT_ACTUAL => Refusal { hint: self.wanted(facts), ..refusal },
            _ => refusal,
        };
        self.laid(facts).map_err(hint)
    }

    /// An example of an answer that would be read.
    fn wanted(&self, facts: &Facts) -> String {
        let unit = facts.target.and_then(Notation::unit).map(|unit| unit.word.clone()).unwrap_or_default();
        let example = match &self.measure {
            Measure::Count(_) => "“3处”，没有的写“未发现”".to_owned(),
            Measure::Missing => "“缺2份”“齐全”".to_owned(),
            Measure::Lateness(_) => "“2024年6月28日”“逾期3天”“按期完成”".to_owned(),
            Measure::Deviation { .. } if unit.is_empty() => "“3.5%”“-2%”".to_owned(),
            Measure::Deviation { .. } => format!("“82{unit}”"),
            Measure::Value if self.speaks_of_rates() || unit == "%" => "“95%”“82/85”".to_owned(),
            Measure::Value if unit.is_empty() => "“3处”“95%”“82/85”".to_owned(),
            Measure::Value => format!("“82{unit}”"),
        };
        format!("请只写数和单位，例如{example}；也可由评审人员打分。")
    }

    /// Scores the facts by what the words of the actual are to the rule.
    fn laid(&self, facts: &Facts) -> Result<Applied, Refusal> {
        self.fits(facts.weight)?;
        if facts.actual_is_blank() {
            return Err(Refusal::new("实际完成值", "为空，无法评分", "请填写实际完成值。"));
        }
        let ways = answers(self, facts)?;
        let mut found: Option<Applied> = None;
        for Answer { actual, words, laid } in &ways {
            let actual_text = words.as_deref().unwrap_or(facts.actual_text);
            let one = self.as_read(&Facts { actual: Some(actual), actual_text, ..*facts })?;
            if found.as_ref().is_some_and(|earlier| earlier.score != one.score) {
                let why = "实际完成值只是约数，它可能是的各个数得分不同";
                return Err(Refusal::new(facts.actual_text, why, "请写明准确的数，例如“3050人”“95.2%”。"));
            }
            found.get_or_insert(Applied { laid: *laid, ..one });
        }
        match found {
            Some(found) => Ok(found),
            None => self.as_read(facts),
        }
    }
}
