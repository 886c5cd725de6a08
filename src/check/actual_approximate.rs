//! An actual that is only known to lie above or below a number, and earns the same whatever it is.

use super::Facts;
use crate::model::{Finding, FindingId, Laid};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.scored_rows().filter_map(|promise| {
        promise.result.filter(|result| result.laid == Laid::Approximate)?;
        let indicator = promise.indicator;
        let done = indicator.actual_shown();
        let message =
            format!("“{}”的实际完成值“{done}”是约数，它可能是的各个数得分相同，已按此计分。", indicator.name);
        Some(promise.at_actual(FindingId::ActualApproximate, message))
    });
    findings.collect()
}
