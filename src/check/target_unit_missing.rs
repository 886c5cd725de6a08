//! A number as target without a unit anywhere: in its cell, in a column of its own, or in the name. Where the form has a
//! column of units, its blank cell is what is wrong.

use super::Facts;
use crate::mapping::Column;
use crate::model::{Finding, FindingId};
use crate::notation::facts::is_unit_missing;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let bare = facts.all_rows().filter(|promise| {
        promise.row.target().is_some_and(|target| is_unit_missing(target, &promise.indicator.name))
    });
    let findings = bare.map(|promise| {
        let indicator = promise.indicator;
        let message = format!("“{}”的指标值“{}”没有写计量单位。", indicator.name, indicator.target_shown());
        match facts.cell_beside(indicator, Column::Unit) {
            Some(at) => Finding::new(FindingId::UnitMissingForQuantity, Some(at), message),
            None => promise.at_target(FindingId::TargetUnitMissing, message),
        }
    });
    findings.collect()
}
