//! An actual that puts a figure of its own right: the right one was scored.

use super::Facts;
use crate::model::{Finding, FindingId, Laid};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.scored_rows().filter_map(|promise| {
        promise.result.filter(|result| result.laid == Laid::Corrected)?;
        let indicator = promise.indicator;
        let done = indicator.actual_shown();
        let message = format!(
            "“{}”的实际完成值“{done}”写明了更正，已按更正后的数计分，请核对更正的依据。",
            indicator.name
        );
        Some(promise.at_actual(FindingId::ActualCorrected, message))
    });
    findings.collect()
}
