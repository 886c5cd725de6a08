//! What one thing cost is many times, or a fraction, of what was planned.

use crate::base::Number;
use crate::check::category::Category;
use crate::check::{Facts, amounts};
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::UnitCostImplausible;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    implausible(facts).into_iter().collect()
}

fn implausible(facts: &Facts) -> Option<Finding> {
    let (low, high) = (facts.limit(ID, 0)?, facts.limit(ID, 1)?);
    let rate = amounts::rate(facts).filter(|rate| !rate.is_zero())?;
    let rows = facts.own_rows();
    let quantities: Vec<_> = rows
        .iter()
        .filter(|row| row.category() == Some(Category::Quantity) && row.percent().is_none())
        .filter_map(|row| Some((row, row.result?.observed.reached?.number())))
        .filter(|(_, reached)| !reached.is_zero())
        .collect();
    // Of several quantities each must say so: which of them the money is for is not known.
    let odd: Option<Vec<Number>> = quantities
        .iter()
        .map(|(_, reached)| rate.over(*reached).filter(|share| *share < low || *share > high))
        .collect();
    let (odd, (first, _)) = (odd?, quantities.first()?);
    let share = odd.first()?;
    let (spent, budget) = (amounts::spent(facts)?, amounts::budget(facts)?);
    let message = format!(
        "实际支出 {}完成“{}”{}，单位成本是按预算 {}和指标值“{}”计算的 {}%。",
        spent.shown,
        first.name(),
        first.indicator.actual_shown(),
        budget.shown,
        first.shown(),
        share.round(1)
    );
    Some(first.at_actual(ID, message))
}
