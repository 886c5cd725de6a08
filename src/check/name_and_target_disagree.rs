//! An indicator whose name says another figure, unit or direction than its target.

use super::Facts;
use crate::model::{Finding, FindingId};
use crate::notation::facts::{NameDisagreement, name_disagrees};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.all_rows().filter_map(|promise| {
        // The name as written: what is taken off as numbering may be part of the figure.
        let name = promise.indicator.name_entry.shown();
        let disagreement = name_disagrees(&name, promise.row.target()?)?;
        let shown = promise.indicator.target_shown();
        let name = &promise.indicator.name;
        let message = match disagreement {
            NameDisagreement::Number(number) => {
                format!("“{name}”的名称中写的是 {number}，指标值却是“{shown}”。")
            }
            NameDisagreement::Unit(unit) => {
                format!("“{name}”的名称中写的单位是“{unit}”，与指标值“{shown}”不符。")
            }
            NameDisagreement::Sign(sign) => {
                format!("“{name}”的名称中写的是“{sign}”，与指标值“{shown}”的方向相反。")
            }
        };
        Some(promise.at_target(FindingId::NameAndTargetDisagree, message))
    });
    findings.collect()
}
