//! An indicator with a target has no points.

use crate::check::Facts;
use crate::model::{Finding, FindingId};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.promises().filter_map(|promise| {
        let indicator = promise.indicator;
        let cell = indicator.weight_entry.as_ref()?;
        let zero = cell.number().is_some_and(crate::base::Number::is_zero) && indicator.extra.is_none();
        let target = indicator.target.as_ref().is_some_and(|target| !target.is_blank());
        (zero && target).then(|| {
            let message = format!("“{}”的分值是 0。", promise.name());
            promise.at(Some(cell), FindingId::WeightZero, message)
        })
    });
    findings.collect()
}
