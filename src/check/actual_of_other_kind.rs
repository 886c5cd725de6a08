//! An actual of another kind than the criterion counts (一般事故 under 重大事故): it was counted as none.

use super::Facts;
use crate::model::{Finding, FindingId, Laid};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.scored_rows().filter_map(|promise| {
        let result = promise.result.filter(|result| result.laid == Laid::OtherKind)?;
        let indicator = promise.indicator;
        let done = indicator.actual_shown();
        let reading = result.reading.as_deref().unwrap_or_default();
        let message = format!(
            "“{}”填报有“{done}”，不是评分标准所计的情形（{reading}），已按没有发生计分，请人工核对等级认定文件。",
            indicator.name
        );
        Some(promise.at_actual(FindingId::ActualOfOtherKind, message))
    });
    findings.collect()
}
