//! An actual that repeats its target, operator included: a promise in place of a measured value.

use super::Facts;
use crate::model::{Finding, FindingId};
use crate::notation::facts::copies_target;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.scored_rows().filter_map(|promise| {
        let (target, actual) = (promise.row.target()?, promise.row.actual()?);
        copies_target(target, actual).then(|| {
            let indicator = promise.indicator;
            let shown = indicator.actual_shown();
            let message = format!(
                "“{}”的实际完成值“{shown}”与指标值相同，带有“≥”一类的符号，没有填写实际完成的数。",
                indicator.name
            );
            promise.at_actual(FindingId::ActualCopiesTarget, message)
        })
    });
    findings.collect()
}
