//! A row of the budget block that spends more than its budget.

use super::Facts;
use crate::model::{BudgetBlock, Finding, FindingId};
use crate::notation::money;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let rows = facts.case.score_form.as_ref().map(|form| form.budget.as_slice()).unwrap_or_default();
    // The total says it for all its rows.
    match rows.split_first() {
        Some((total, parts)) => {
            exceeds(total).map_or_else(|| parts.iter().filter_map(exceeds).collect(), |f| vec![f])
        }
        None => Vec::new(),
    }
}

fn exceeds(row: &BudgetBlock) -> Option<Finding> {
    let (spent, base) = (row.spent.as_ref()?, row.base.as_ref()?);
    let money::Execution { spent: out, base: of, far } = money::execution(row, base)?;
    let slack = out.slack.plus(of.slack)?;
    if far || out.number.minus(of.number)? <= slack {
        return None;
    }
    let message = format!(
        "“{}”执行数 {} 超过预算数 {}；执行率最多按 100% 计分。",
        row.label,
        spent.shown().trim(),
        base.shown().trim()
    );
    Some(Finding::new(FindingId::SpentExceedsBudget, spent.at.clone(), message))
}
