//! Target and actual in units that measure different things.

use super::Facts;
use crate::model::{Finding, FindingId};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let mismatched = facts.indicators().filter_map(|(indicator, result)| {
        let (target, actual) = result.observed.unit_mismatch.as_ref()?;
        let at = indicator.actual.as_ref().and_then(|entry| entry.at.clone());
        let message =
            format!("“{}”的指标值单位是“{target}”，实际完成值单位是“{actual}”，不能比较。", result.name);
        Some(Finding::new(FindingId::UnitMismatch, at, message))
    });
    mismatched.collect()
}
