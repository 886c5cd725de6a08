//! The words of an actual, laid against what the rule asks: 编制数85人，在职人员数82人 under a rate that is one over the
//! other, 发现2处不合格 under a count of faults, 不合格率3% under a rate of what is sound, 超过95%.
//!
//! An answer stands in the place of the actual as it was read by itself. How it was read hangs on its words, so no formula
//! may follow its cell. Where several numbers may be meant, all of them must earn the same.

mod amounts;
mod approximate;
mod change;
mod counts;
mod gravity;
mod late;
mod parts;

use crate::notation::{Notation, Quantity};

use super::graded::Graded;
use super::measure::{Measure, Subject};
use super::{Facts, Refusal};

/// What an actual may mean.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// As a notation.
    pub(super) actual: Notation,
    /// The words of the criterion that it comes to, where it comes to one of them.
    pub(super) words: Option<String>,
}

impl Answer {
    fn of(actual: Notation) -> Self {
        Self { actual, words: None }
    }

    /// A number that was worked out from the words.
    fn number(quantity: Quantity) -> Self {
        Self::of(Notation::Quantity(Quantity { inferred: true, ..quantity }))
    }

    fn word(label: &str) -> Self {
        Self { actual: Notation::Text(label.to_owned()), words: Some(label.to_owned()) }
    }
}

/// All that the actual may mean to this rule; nothing where it means what it says by itself.
pub(super) fn answers(rule: &Graded, facts: &Facts) -> Result<Vec<Answer>, Refusal> {
    let one = |answer: Option<Answer>| answer.map(|answer| vec![answer]);
    if let Some(found) = one(change::state(rule, facts)) {
        return Ok(found);
    }
    if rule.bands.is_empty() && !rule.has_moving_part() {
        return Ok(Vec::new());
    }
    let found = match rule.measure {
        Measure::Count(_) | Measure::Missing => one(counts::answer(rule, facts)?),
        Measure::Lateness(_) => one(late::answer(facts)?),
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
