//! The execution is low and nothing says why.

use super::explained;
use crate::check::{Facts, amounts};
use crate::model::{Finding, FindingId};
use crate::words::Class;

const ID: FindingId = FindingId::ExecutionBelow90Unexplained;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(limit) = facts.limit(ID, 0) else { return Vec::new() };
    let Some(rate) = amounts::rate(facts).filter(|rate| *rate < limit && facts.is_self_evaluation()) else {
        return Vec::new();
    };
    if explained::is_explained(facts, Class::ExecutionReasons) || amounts::total_is_bare(facts) {
        return Vec::new();
    }
    let block = facts.case.score_form.as_ref().and_then(|form| form.budget.first());
    let cell = block.and_then(|row| row.reason.as_ref().or(row.rate.as_ref()).or(row.spent.as_ref()));
    let at = cell.and_then(|entry| entry.at.clone());
    let at = at.or_else(|| facts.form_at(crate::model::FormKind::SelfEvaluation));
    let message = format!("预算执行率 {}%，低于 {limit}%，没有说明原因。", rate.round(2));
    vec![Finding::new(ID, at, message)]
}
