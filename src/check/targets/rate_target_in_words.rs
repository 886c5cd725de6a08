//! An output that is a rate by its name is promised by an adjective.

use super::target_word_vague::is_vague;
use crate::check::Facts;
use crate::model::{Finding, FindingId};
use crate::notation::is_rate_name;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let worded = facts.promises().filter(|promise| is_rate_name(&promise.key()) && is_vague(promise));
    let findings = worded.map(|promise| {
        let message =
            format!("“{}”是比率，指标值“{}”不是百分比，无法衡量。", promise.name(), promise.shown());
        promise.at_target(FindingId::RateTargetInWords, message)
    });
    findings.collect()
}
