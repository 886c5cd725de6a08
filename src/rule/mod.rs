//! Rules: how points are earned, as data that can be applied, printed as a formula and read aloud.
//!
//! One family a file. A rule is applied to [`Facts`] and gives [`Applied`]: the expression over its inputs,
//! the score that `eval` gives for it, and what failed in the criterion's own words. What the facts do not
//! decide with certainty is a [`Refusal`].

mod answer;
mod applied;
mod award;
mod checklist;
mod checklist_reason;
mod convert;
mod days;
mod direction;
mod doubt;
mod facts;
mod formula;
mod graded;
mod graded_reason;
mod item_words;
mod line;
mod measure;
mod months;
pub mod platform;
mod proportion;
mod rate;
mod reading;
mod reason;
mod reckon;
mod resolve;
mod span;
mod state;
mod steps;

pub use crate::model::PartialStep as Partial;
pub use applied::{Applied, Failure, Input, Refusal};
pub use award::{Award, Proportion};
pub use checklist::{Checklist, ChecklistItem, CountBand, Scheme};
pub use direction::is_cap_name;
pub(crate) use doubt::plain_of;
pub use facts::Facts;
pub use formula::Definition;
pub use graded::{Band, Graded, Otherwise};
pub use line::{Knot, Line};
pub use measure::{Measure, Subject};
pub use reading::Words;
pub(crate) use reading::mark;
pub use span::{Amount, Bound, Point, Span, When};
pub use state::StateBand;
pub use steps::{Per, Side, Steps};

use crate::base::Weight;

/// A rule that a criterion states.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// Conditions on one number or one word, each with its award.
    Graded(Graded),
    /// Items that are each satisfied or not.
    Checklist(Checklist),
}

impl Rule {
    /// Scores the facts, or says what keeps a person's eye necessary.
    pub fn apply(&self, facts: &Facts) -> Result<Applied, Refusal> {
        match self {
            Self::Graded(rule) => rule.apply(facts),
            Self::Checklist(rule) => rule.apply(facts),
        }
    }

    /// The items that a clerk can tick where the actual is blank; empty for other families.
    pub fn items(&self) -> &[ChecklistItem] {
        match self {
            Self::Graded(_) => &[],
            Self::Checklist(rule) => rule.tickable(),
        }
    }

    /// The canonical sentence, which the criterion room parses back to the same rule.
    pub fn reading(&self) -> String {
        match self {
            Self::Graded(rule) => rule.reading(),
            Self::Checklist(rule) => rule.reading(),
        }
    }

    /// The family's name, as reports give it: `ratio`, `ladder`, `per-step`, `over-budget`, `binary`, `scale`,
    /// `date`, `checklist`.
    pub fn family(&self) -> &'static str {
        match self {
            Self::Graded(rule) => rule.family(),
            Self::Checklist(_) => "checklist",
        }
    }

    /// Whether the points it gives fit the indicator's weight. A criterion that promises more than the
    /// indicator is worth contradicts the form.
    pub fn fits(&self, weight: Weight) -> Result<(), Refusal> {
        match self {
            Self::Graded(rule) => rule.fits(weight),
            Self::Checklist(rule) => rule.fits(weight),
        }
    }
}
