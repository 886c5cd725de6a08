//! Little of the budget was spent and all outputs have full points.

use crate::check::category::Group;
use crate::check::{Facts, amounts};
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::LowExecutionFullOutputs;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(limit) = facts.limit(ID, 0) else { return Vec::new() };
    let Some(rate) = amounts::rate(facts).filter(|rate| *rate < limit && !rate.is_zero()) else {
        return Vec::new();
    };
    let rows = facts.own_rows();
    let outputs: Vec<_> =
        rows.iter().filter(|row| row.group() == Some(Group::Output) && row.weight().is_some()).collect();
    let Some(first) = outputs.first().filter(|_| outputs.iter().all(|row| row.is_full())) else {
        return Vec::new();
    };
    let message = format!(
        "预算执行率只有 {}%，“{}”等 {} 个产出指标都填了满分，请说明资金来源（上年结转、先行垫付或财政尚未拨付）。",
        rate.round(2),
        first.name(),
        outputs.len()
    );
    vec![first.at_actual(ID, message)]
}
