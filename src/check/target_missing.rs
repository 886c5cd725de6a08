//! Points to be earned, and no target that says for what.

use super::Facts;
use crate::model::{Finding, FindingId};
use crate::notation::facts::is_missing;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let self_evaluated = facts.is_self_evaluation();
    let missing = facts.all_rows().filter(|promise| {
        let asked = promise.result.is_none_or(|result| self_evaluated && !result.weight.number().is_zero());
        // A row without a name has a graver finding.
        let asked = asked && !promise.indicator.name.is_empty();
        asked && !promise.has_criterion() && promise.row.target().is_some_and(is_missing)
    });
    let findings = missing.map(|promise| {
        let message = format!("“{}”没有填写指标值，无法判断是否完成。", promise.indicator.name);
        promise.at_target(FindingId::TargetMissing, message)
    });
    findings.collect()
}
