//! Done after the day it was to be done by.

use super::Facts;
use crate::model::{Finding, FindingId};
use crate::notation::facts::days_late;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    if !facts.is_self_evaluation() {
        return Vec::new();
    }
    let findings = facts.scored_rows().filter_map(|promise| {
        let days = days_late(promise.row.target()?, promise.row.actual()?)?;
        let indicator = promise.indicator;
        let (done, promised) = (indicator.actual_shown(), indicator.target_shown());
        let message = format!("“{}”应于“{promised}”完成，实际“{done}”，至少晚了 {days} 天。", indicator.name);
        Some(promise.at_actual(FindingId::DateLate, message))
    });
    findings.collect()
}
