//! An amount of money that stands as quantity indicator: spending is no output.

use super::Facts;
use crate::model::{Finding, FindingId};
use crate::notation::facts::is_amount_as_quantity;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.all_rows().filter_map(|promise| {
        let indicator = promise.indicator;
        is_amount_as_quantity(&indicator.level2, &indicator.name, promise.row.target()?).then(|| {
            let shown = indicator.target_shown();
            let message = format!("“{}”的指标值“{shown}”是金额，不能说明产出的数量。", indicator.name);
            promise.at_target(FindingId::AmountAsQuantityIndicator, message)
        })
    });
    findings.collect()
}
