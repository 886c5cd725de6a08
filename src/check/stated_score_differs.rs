//! A typed score against the one that the rule gives.

use super::Facts;
use crate::model::{Finding, FindingId, State};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let differing = facts.indicators().filter(|(_, result)| result.state == State::Computed);
    let differing = differing.filter_map(|(indicator, result)| {
        let (stated, score) = result.stated.zip(result.score).filter(|(stated, score)| stated != score)?;
        let entry = indicator.stated_score.as_ref().or(indicator.score.as_ref());
        let reading = result.reading.as_ref().map(|reading| format!("按“{reading}”")).unwrap_or_default();
        let message = format!("“{}”填报 {stated} 分，{reading}应得 {score} 分。", result.name);
        Some(Finding::new(FindingId::StatedScoreDiffers, entry.and_then(|e| e.at.clone()), message))
    });
    differing.collect()
}
