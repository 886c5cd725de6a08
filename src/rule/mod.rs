//! Rules: how points are earned, as data that can be applied, printed as a formula and read aloud.
//!
//! One family a file. A rule is applied to [`IndicatorFacts`] and gives [`Applied`]: the expression over its inputs,
//! the score that `eval` gives for it, and what failed in the criterion's own words. What the facts do not
//! decide with certainty is a [`Refusal`].

mod answer;
mod applied;
mod arithmetic;
mod award;
mod checklist;
mod contradiction;
mod convert;
mod days;
mod deviation;
mod direction;
mod doubt;
mod facts;
mod formula;
mod graded;
mod help;
mod joint;
mod levels;
mod measure;
mod months;
pub mod platform;
mod rate;
mod reason;
mod reckon;
mod resolve;
mod rounding;
mod shortfall;
mod span;
mod standard;
mod state;
mod words;

pub use crate::model::PartialStep as Partial;
pub(crate) use answer::gravity::is_ranked;
pub use applied::{Applied, Compared, Failure, Input, Refusal};
pub(crate) use arithmetic::Arithmetic;
pub use award::{Award, FAMILIES, Family, Knot, Line, Per, Proportion, Side, Steps};
pub use checklist::{Checklist, ChecklistItem, CountBand, Scheme};
pub use direction::is_cap_name;
pub(crate) use doubt::plain_of;
pub use facts::{IndicatorFacts, Known};
pub use formula::Definition;
pub use graded::{Band, Graded, Otherwise};
pub(crate) use joint::{ELSE_BY, LEADS, VETO, of_kinds};
pub use joint::{Joint, Part, Tier, Together};
pub(crate) use levels::{Levels, levels};
pub use measure::{Measure, Subject};
pub use rounding::Rounding;
pub use span::{Amount, Bound, Point, Span, When};
pub(crate) use standard::missing as missing_standard;
pub use standard::{Against, told_last_year};
pub(crate) use state::CARRIED_OVER;
pub use state::StateBand;
pub use words::Words;
pub(crate) use words::mark;

use crate::base::Weight;

/// A rule that a criterion states.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// Conditions on one number or one word, each with its award.
    Graded(Graded),
    /// Items that are each satisfied or not.
    Checklist(Checklist),
    /// Several rules whose points come together.
    Joint(Joint),
    /// A rule that asks of the actual what another asks of it beside its target, beside the value of a standard.
    Against(Against),
}

/// What every kind of rule can do.
trait RuleKind {
    /// Scores the facts, or says what keeps a person's eye necessary.
    fn apply(&self, facts: &IndicatorFacts) -> Result<Applied, Refusal>;
    /// Whether the points it gives fit the weight.
    fn fits(&self, weight: Weight) -> Result<(), Refusal>;
    /// The canonical sentence.
    fn reading(&self) -> String;
    /// The family's name.
    fn family(&self) -> &'static str;
    /// Answers of the kinds that it reads, for whoever gave another one; not all need be scored for these facts.
    fn examples(&self, facts: &IndicatorFacts) -> Vec<String>;
    /// Whether it asks how often something occurred.
    fn counts(&self) -> bool;
    /// Whether it asks how late something was.
    fn is_dated(&self) -> bool;
    /// Whether it says what every answer earns.
    fn decides_all(&self) -> bool;
    /// Whether it is one condition on a number that is to be reached.
    fn is_threshold(&self) -> bool;
    /// Whether it asks how far the actual is from the target, whichever way.
    fn is_of_deviation(&self) -> bool;
    /// Refuses facts that contradict it, or that it leaves open, whatever it would make of them.
    fn checked(&self, _facts: &IndicatorFacts) -> Result<(), Refusal> {
        Ok(())
    }
    /// The items that a clerk can tick; cases are counted, not ticked.
    fn items(&self) -> &[ChecklistItem] {
        &[]
    }
}

impl Rule {
    /// The rule as what every kind can do: the one place that knows all of them.
    fn kind(&self) -> &dyn RuleKind {
        match self {
            Self::Graded(rule) => rule,
            Self::Checklist(rule) => rule,
            Self::Joint(rule) => rule,
            Self::Against(rule) => rule,
        }
    }

    /// Refuses facts that contradict each other, or that the rule leaves open.
    fn checked(&self, facts: &IndicatorFacts) -> Result<(), Refusal> {
        contradiction::checked_points(facts)?;
        self.kind().checked(facts)
    }

    /// Scores the facts, or says what keeps a person's eye necessary.
    pub fn apply(&self, facts: &IndicatorFacts) -> Result<Applied, Refusal> {
        let applied = self.checked(facts).and_then(|()| self.kind().apply(facts));
        applied.map_err(|refusal| help::helped(self, facts, refusal))
    }

    /// The items that a clerk can tick where the actual is blank; empty for other families.
    pub fn items(&self) -> &[ChecklistItem] {
        self.kind().items()
    }

    /// The canonical sentence, which the criterion room parses back to the same rule.
    pub fn reading(&self) -> String {
        self.kind().reading()
    }

    /// The family's name, as reports give it: `ratio`, `ladder`, `per-step`, `over-budget`, `binary`, `scale`,
    /// `date`, `checklist`, `joint`.
    pub fn family(&self) -> &'static str {
        self.kind().family()
    }

    /// Whether it counts how far the actual is from the target, whichever way.
    pub fn is_of_deviation(&self) -> bool {
        self.kind().is_of_deviation()
    }

    /// Whether it asks how often something occurred.
    pub(in crate::rule) fn counts(&self) -> bool {
        self.kind().counts()
    }

    /// Whether it asks how late something was.
    pub(in crate::rule) fn is_dated(&self) -> bool {
        self.kind().is_dated()
    }

    /// Whether it says what every answer earns.
    pub(crate) fn decides_all(&self) -> bool {
        self.kind().decides_all()
    }

    /// Whether it is one condition on a number that is to be reached.
    pub(crate) fn is_threshold(&self) -> bool {
        self.kind().is_threshold()
    }

    /// Whether the points it gives fit the indicator's weight. A criterion that promises more than the
    /// indicator is worth contradicts the form.
    pub fn fits(&self, weight: Weight) -> Result<(), Refusal> {
        self.kind().fits(weight)
    }
}
