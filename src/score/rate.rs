//! The completion rate of an indicator (完成率): how much of what was promised was done.

use crate::base::{Number, Ratio};
use crate::notation::direction::{Direction, decide};
use crate::notation::{Notation, Quantity};
use crate::rule::IndicatorFacts;
use crate::words::Words;

/// A completion rate, and the target's value where the rule itself did not ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Reached {
    /// Actual ÷ target.
    pub(super) rate: Option<Ratio>,
    /// The target in the unit in which the rule takes the actual.
    pub(super) base: Option<Number>,
}

/// Actual ÷ target, of percentages too: 92% of ≥90% is 102.22 %. None of a cap or of a date, of which less is better. A
/// fraction beside which no rate is promised is its own completion rate (59.27/61.2 is 96.85 %). `by_rule` is what the rule
/// found.
pub(super) fn reached(
    facts: &IndicatorFacts,
    by_rule: Option<Ratio>,
    category: &str,
    words: &Words,
) -> Reached {
    if is_of_cap(facts, category, words) {
        return Reached::default();
    }
    let Some(actual) = facts.actual.and_then(Notation::quantity).filter(|actual| actual.unit.is_ratio())
    else {
        return Reached { rate: by_rule, base: None };
    };
    let target = facts.target.and_then(Notation::quantity);
    match target.filter(|target| target.unit.is_ratio()) {
        Some(target) => of_rates(actual, target).unwrap_or_default(),
        None if actual.fraction.is_some() || target.is_some() => Reached { rate: actual.ratio(), base: None },
        // What was promised is not known.
        None => Reached { rate: by_rule.filter(|_| facts.indicator.contains("完成")), base: None },
    }
}

fn of_rates(actual: &Quantity, target: &Quantity) -> Option<Reached> {
    let promised = target.in_base().filter(|promised| !promised.is_zero() && !promised.is_negative())?;
    // Multiplied first, a fraction stays exact as long as it can.
    let rate = match actual.fraction {
        Some((part, whole)) => part.over(whole.times(promised)?)?,
        None => actual.in_base()?.over(promised)?,
    };
    Some(Reached { rate: Some(Ratio::new(rate.get())), base: Some(promised) })
}

/// Whether less is better, or a day is asked for.
fn is_of_cap(facts: &IndicatorFacts, category: &str, words: &Words) -> bool {
    if let Some(cap) = facts.cap {
        return cap;
    }
    let Some(target) = facts.target else { return false };
    decide(target, facts.indicator, category, words).is_ok_and(|decision| {
        matches!(decision.direction, Direction::AtMost | Direction::ZeroTolerance | Direction::OnTime)
    })
}
