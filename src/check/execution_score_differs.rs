//! A typed score of the budget block against points × rate.

use super::Facts;
use crate::model::{Finding, FindingId, State};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    facts
        .execution()
        .and_then(|result| {
            let computed = result.state == State::Computed;
            let (stated, score) =
                result.stated.zip(result.score).filter(|(stated, score)| computed && stated != score)?;
            let reading = result.reading.as_ref().map(|reading| format!("按“{reading}”")).unwrap_or_default();
            let message = format!("“{}”填报 {stated} 分，{reading}应得 {score} 分。", result.name);
            Some(Finding::new(FindingId::ExecutionScoreDiffers, result.cell.clone(), message))
        })
        .into_iter()
        .collect()
}
