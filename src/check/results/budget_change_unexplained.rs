//! The budget was changed by much and nothing says why.

use super::explained;
use crate::check::{Facts, amounts};
use crate::model::{Finding, FindingId};
use crate::words::Class;

const ID: FindingId = FindingId::BudgetChangeUnexplained;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(limit) = facts.limit(ID, 0) else { return Vec::new() };
    let Some(change) = amounts::change(facts).filter(|_| facts.is_self_evaluation()) else {
        return Vec::new();
    };
    let large = change.percent.is_none_or(|percent| percent >= limit);
    if !large || explained::is_explained(facts, Class::BudgetChanges) {
        return Vec::new();
    }
    let block = facts.case.score_form.as_ref().and_then(|form| form.budget.first());
    let at = block.and_then(|row| row.adjusted.as_ref()).and_then(|entry| entry.at.clone());
    let at = at.or_else(|| facts.form_at(crate::model::FormKind::SelfEvaluation));
    let by = change
        .percent
        .map_or_else(|| "年初未安排".to_owned(), |percent| format!("变动 {}%", percent.round(2)));
    let message =
        format!("年初预算数 {}，全年预算数 {}，{by}，没有说明调整原因。", change.initial, change.adjusted);
    vec![Finding::new(ID, at, message)]
}
