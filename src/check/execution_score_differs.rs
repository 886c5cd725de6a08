//! A typed score of the budget block against points × rate.

use super::Facts;
use super::by_other_base::by_other;
use crate::model::{Finding, FindingId, State};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let found = facts.scored().zip(facts.execution()).and_then(|((form, _), result)| {
        let computed = result.state == State::Computed && !form.may_be_right(result);
        let (stated, score) =
            result.stated.zip(result.score).filter(|(stated, score)| computed && stated != score)?;
        let reading = result.reading.as_ref().map(|reading| format!("按“{reading}”")).unwrap_or_default();
        let other = by_other(form, result);
        let other = other.map(|other| format!("填报数是按{other}计算的。")).unwrap_or_default();
        let message = format!("“{}”填报 {stated} 分，{reading}应得 {score} 分。{other}", result.name);
        Some(Finding::new(FindingId::ExecutionScoreDiffers, result.cell.clone(), message))
    });
    found.into_iter().collect()
}
