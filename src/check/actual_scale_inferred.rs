//! A bare actual beside a target in 万: it was taken to count as the target does, and nobody wrote that it does.

use super::Facts;
use crate::model::{Finding, FindingId};
use crate::notation::Notation;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.scored_rows().filter_map(|promise| {
        let actual = promise.row.actual().and_then(Notation::quantity).filter(|actual| actual.inferred)?;
        let indicator = promise.indicator;
        let (done, promised) = (indicator.actual_shown(), indicator.target_shown());
        let message = format!(
            "“{}”的实际完成值“{done}”没有写单位，指标值是“{promised}”，按 {}{} 计算。",
            indicator.name, actual.number, actual.unit
        );
        Some(promise.at_actual(FindingId::ActualScaleInferred, message))
    });
    findings.collect()
}
