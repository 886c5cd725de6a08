//! A self-evaluation that does not say what was done; or a review that began and does not say what it found.

use super::Facts;
use crate::model::{Finding, FindingId, Indicator};
use crate::notation::facts::{is_missing, is_status};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    if !facts.is_self_evaluation() {
        return Vec::new();
    }
    let missing = facts.scored_rows().filter(|promise| {
        let asked = promise.result.is_some_and(|result| {
            // A checklist may be answered by ticks, a survey answers for itself.
            let by_survey = promise.indicator.satisfaction.is_some() || promise.indicator.binding.is_some();
            let elsewhere = by_survey || result.rule == Some("checklist");
            // A row without a name has a graver finding.
            let counts = promise.indicator.weight.is_none_or(|weight| !weight.number().is_zero());
            !elsewhere && counts && !result.name.is_empty()
        });
        asked && promise.row.actual().is_some_and(is_missing)
    });
    let found =
        |one: &Indicator| one.stated_actual.is_some() && one.actual.as_ref().is_some_and(|a| !a.is_blank());
    let begun = facts.indicators().any(|(indicator, _)| found(indicator));
    let findings = missing.map(|promise| {
        // What the agency filled in and the reviewer did not is no fault of the agency.
        if begun && promise.indicator.waits_for_reviewer() {
            let message = format!("“{}”的复核完成值空着，单位已填报。", promise.indicator.name);
            return promise.at_actual(FindingId::ReviewScoreBlank, message);
        }
        let mut message = format!("“{}”没有填写实际完成值。", promise.indicator.name);
        // 已完成 written one cell too far to the right.
        let reason = promise.indicator.reason.as_ref().map(crate::model::Entry::shown).unwrap_or_default();
        if is_status(&reason) {
            message.push_str(&format!("原因一栏写的是“{}”，可能填错了列。", reason.trim()));
        }
        promise.at_actual(FindingId::ActualMissing, message)
    });
    findings.collect()
}
