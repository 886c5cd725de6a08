//! A typed execution rate that the amounts beside it do not give, however they are rounded.

use super::Facts;
use crate::base::Number;
use crate::model::{BudgetBlock, Finding, FindingId};
use crate::notation::money;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let rows = facts.case.score_form.as_ref().map(|form| form.budget.as_slice()).unwrap_or_default();
    rows.iter().filter_map(differs).collect()
}

fn differs(row: &BudgetBlock) -> Option<Finding> {
    let (rate, spent, base) = (row.rate.as_ref()?, row.spent.as_ref()?, row.base.as_ref()?);
    let (out, of) = (money::amount(&spent.cell)?, money::amount(&base.cell)?);
    // Some state the rate that counts: at most 100 %.
    let capped = out.number >= of.number && money::rate_agrees(&rate.cell, of, of)?;
    if capped || money::rate_agrees(&rate.cell, out, of)? {
        return None;
    }
    let percent = out.number.times(Number::from(100))?.over(of.number)?.round(2);
    let message = format!(
        "“{}”填报执行率 {}，按执行数 {} ÷ 预算数 {} 应为 {percent}%。",
        row.label,
        rate.shown().trim(),
        spent.shown().trim(),
        base.shown().trim()
    );
    Some(Finding::new(FindingId::ExecutionRateDiffers, rate.at.clone(), message))
}
