//! A rate that its indicator cannot have: 290 % of satisfaction, as what remains of a misread `≥90%`.

use super::Facts;
use crate::model::{Finding, FindingId};
use crate::notation::facts::is_rate_out_of_range;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for promise in facts.all_rows() {
        let indicator = promise.indicator;
        let beyond = |title: &str, shown: String| {
            format!("“{}”的{title}“{shown}”超出比率可能的范围。", indicator.name)
        };
        if promise.row.target.as_ref().is_some_and(is_rate_out_of_range) {
            let message = beyond("指标值", indicator.target_shown());
            findings.push(promise.at_target(FindingId::RateOutOfRange, message));
        }
        if promise.row.actual.as_ref().is_some_and(is_rate_out_of_range) {
            let message = beyond("实际完成值", indicator.actual_shown());
            findings.push(promise.at_actual(FindingId::RateOutOfRange, message));
        }
    }
    findings
}
