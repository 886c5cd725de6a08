//! Done after the day it was to be done by.

use super::Facts;
use crate::model::{Finding, FindingId};
use crate::notation::Notation;
use crate::notation::facts::days_late;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    if !facts.is_self_evaluation() {
        return Vec::new();
    }
    let findings = facts.scored_rows().filter_map(|promise| {
        let days = days_late(promise.row.target()?, promise.row.actual()?)?;
        let indicator = promise.indicator;
        let (done, promised) = (indicator.actual_shown(), indicator.target_shown());
        let least = if is_a_day(promise.row.actual()?) { "" } else { "至少" };
        let name = &indicator.name;
        let message = format!("“{name}”的指标值是“{promised}”，实际是“{done}”，{least}晚了 {days} 天。");
        Some(promise.at_actual(FindingId::DateLate, message))
    });
    findings.collect()
}

/// Whether it is known to the day when something was done.
fn is_a_day(actual: &Notation) -> bool {
    matches!(actual, Notation::Date(days) if days.first == days.last)
}
