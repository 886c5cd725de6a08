//! The name of an indicator holds its target.

use crate::check::Facts;
use crate::model::{Finding, FindingId};
use crate::notation::facts::stated_in_name;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.promises().filter_map(|promise| {
        let stated = stated_in_name(&promise.indicator.name_entry.shown())?;
        let target = promise.quantity()?;
        let same = stated.unit.comparable(&target.unit) && stated.in_base() == target.in_base();
        same.then(|| {
            let message = format!("“{}”的名称中写了指标值。", promise.name());
            promise.at_name(FindingId::NameHoldsTarget, message)
        })
    });
    findings.collect()
}
