//! What target and actual say of each other, whatever rule gives the points.

use crate::base::{Number, Score, Weight};
use crate::model::{Observed, ScoreBand};
use crate::notation::direction::{Direction, decide};
use crate::notation::{Notation, StatusWord};
use crate::rule::{IndicatorFacts, platform};
use crate::words::Words;

/// Looks at the facts of an indicator.
pub(super) fn observe(facts: &IndicatorFacts, category: &str, words: &Words) -> Observed {
    let mut observed = Observed { unit_mismatch: unit_mismatch(facts), ..Observed::default() };
    let Some(target) = facts.target else { return observed };
    let one = IndicatorFacts { weight: Weight::from(1), ..*facts };
    let Ok(decision) = decide(target, facts.indicator, category, words) else {
        // What is exactly as promised meets it either way.
        observed.met = platform::apply(&one, category, words).ok().map(|given| given.met);
        return observed;
    };
    observed.equals_on_cost = decision.is_equals_on_cost();
    observed.inferred_cap = decision.is_inferred() && decision.direction == Direction::AtMost;
    if decision.direction == Direction::AtLeast && target.quantity().is_some_and(|q| q.number.is_zero()) {
        observed.above_zero = facts.actual.and_then(Notation::quantity).map(|quantity| quantity.number);
    }
    if let Ok(given) = platform::apply(&one, category, words) {
        observed.met = Some(given.met);
        let counts = decision.direction == Direction::AtLeast;
        observed.reached = given.applied.rate.filter(|_| counts);
    }
    observed
}

/// Target and actual with units of different dimensions.
fn unit_mismatch(facts: &IndicatorFacts) -> Option<(String, String)> {
    let (target, actual) = (facts.target?.quantity()?, facts.actual?.quantity()?);
    let plain = actual.fraction.is_none() && !target.unit.is_bare() && !actual.unit.is_bare();
    (plain && !target.unit.comparable(&actual.unit))
        .then(|| (target.unit.word.clone(), actual.unit.word.clone()))
}

/// The scores that the grade of a qualitative indicator allows (财预〔2020〕10号): 100–80 %, 80 included; 80–60 %, 60
/// included; below 60 %. `None` where the actual is no such grade.
pub(super) fn band(facts: &IndicatorFacts) -> Option<ScoreBand> {
    let Some(Notation::Status(status)) = facts.actual else { return None };
    // A rate beside the word, or a target that is a number, is no qualitative indicator.
    if status.rate.is_some() || facts.target.and_then(Notation::quantity).is_some() {
        return None;
    }
    let (low, high) = match status.word {
        StatusWord::Done => (80, 100),
        StatusWord::Partly => (60, 80),
        StatusWord::NotDone => (0, 60),
        StatusWord::Mostly | StatusWord::OnTime | StatusWord::Late => return None,
    };
    let share = |percent: u32| {
        let points = facts.weight.number().times(Number::from(percent))?.over(Number::from(100))?;
        // Platforms keep two places of a bound: of 3.33 points 80 % are 2.66.
        Some(Score::new(points.get()).round(2))
    };
    Some(ScoreBand {
        low: share(low)?,
        high: share(high)?,
        high_included: high == 100,
        grade: facts.actual_text.trim().to_owned(),
    })
}
