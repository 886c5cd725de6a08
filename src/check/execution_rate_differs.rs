//! A typed execution rate that the amounts beside it do not give, however they are rounded.

use super::Facts;
use super::budget_adjusted::with_unit;
use crate::base::Number;
use crate::model::{BudgetBlock, Entry, Finding, FindingId};
use crate::notation::money;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let rows = facts.case.score_form.as_ref().map(|form| form.budget.as_slice()).unwrap_or_default();
    // Amounts and a rate that labels state are a row, too.
    let labelled = facts.case.funds.iter().flatten().filter(|row| row.rate.is_some());
    rows.iter().chain(labelled).filter_map(|row| unlike(row).or_else(|| differs(row))).collect()
}

/// Amounts so far apart that one of them is rather of another unit: no rate is computed of them.
fn unlike(row: &BudgetBlock) -> Option<Finding> {
    let (spent, base) = (row.spent.as_ref()?, row.base.as_ref()?);
    money::execution(row, base).filter(|execution| execution.far)?;
    let message = format!(
        "“{}”执行数 {} 与预算数 {} 相差悬殊，可能不是同一金额单位（元、万元），没有核对执行率。请写明各自的单位。",
        row.label,
        spent.shown().trim(),
        base.shown().trim()
    );
    Some(Finding::new(FindingId::MoneyUnitUnknown, spent.at.clone(), message))
}

/// Whether a typed rate is that of a budget.
fn agrees(row: &BudgetBlock, rate: &Entry, base: &Entry) -> Option<bool> {
    let money::Execution { spent, base, .. } = money::execution(row, base)?;
    // Some state the rate that counts: at most 100 %.
    let capped = spent.number >= base.number && money::rate_agrees(&rate.cell, base, base)?;
    Some(capped || money::rate_agrees(&rate.cell, spent, base)?)
}

fn differs(row: &BudgetBlock) -> Option<Finding> {
    let (rate, spent, base) = (row.rate.as_ref()?, row.spent.as_ref()?, row.base.as_ref()?);
    if agrees(row, rate, base)? {
        return None;
    }
    let amounts = money::execution(row, base)?;
    let percent = amounts.spent.number.times(Number::from(100))?.over(amounts.base.number)?.round(2);
    let (label, stated) = (&row.label, rate.shown());
    let other = row.other_base.as_ref().filter(|other| agrees(row, rate, &other.entry) == Some(true));
    let by_other = other.map(|other| {
        let (by, not_by) = other.names("预算数");
        (by, format!("{not_by}{}", with_unit(row, &other.entry)))
    });
    let (id, message) = match by_other {
        Some((by, not_by)) if other.is_some_and(|other| !other.ruled_out) => {
            let message = format!(
                "“{label}”填报执行率 {}，是按{not_by}计算的；按{by}{}计算是 {percent}%，请核对以哪一个为准。",
                stated.trim(),
                with_unit(row, base)
            );
            (FindingId::ByOtherBase, message)
        }
        by_other => {
            let said = by_other.map(|(_, not_by)| format!("填报数是按{not_by}计算的。")).unwrap_or_default();
            let message = format!(
                "“{label}”填报执行率 {}，按执行数 {} ÷ 预算数 {} 应为 {percent}%。{said}",
                stated.trim(),
                spent.shown().trim(),
                base.shown().trim()
            );
            (FindingId::ExecutionRateDiffers, message)
        }
    };
    Some(Finding::new(id, rate.at.clone(), message))
}
