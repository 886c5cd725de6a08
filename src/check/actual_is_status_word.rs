//! A status word (完成, 达成预期指标, 已完成100%) where a number or a date was promised.

use super::Facts;
use crate::model::{Finding, FindingId, State};
use crate::notation::facts::is_status_for_number;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    // Where a criterion gives points for the word, it is what was asked.
    let open = facts.scored_rows().filter(|p| p.result.is_none_or(|result| result.state != State::Computed));
    let findings = open.filter_map(|promise| {
        let (target, actual) = (promise.row.target()?, promise.row.actual()?);
        is_status_for_number(target, actual).then(|| {
            let indicator = promise.indicator;
            let (done, promised) = (indicator.actual_shown(), indicator.target_shown());
            let asked = if target.is_date() { "完成的日期" } else { "实际完成的数" };
            let message =
                format!("“{}”的指标值是“{promised}”，实际完成值“{done}”没有写{asked}。", indicator.name);
            promise.at_actual(FindingId::ActualIsStatusWord, message)
        })
    });
    findings.collect()
}
