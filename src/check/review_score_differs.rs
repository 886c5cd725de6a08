//! A reviewer's typed score against the one that the rule gives: nobody is wrong for certain, a person says which counts.

use super::Facts;
use crate::model::{Finding, FindingId};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let Some((form, _)) = facts.scored() else { return Vec::new() };
    let differing = facts.indicators().filter_map(|(indicator, result)| {
        let typed = form.disputed(indicator, result)?;
        let score = result.score?;
        let message = format!(
            "“{}”{}填 {typed} 分，按评分规则应得 {score} 分。请复核人员确认以哪个为准，确认前不定等级。",
            result.name,
            form.score_title.trim()
        );
        Some(Finding::new(FindingId::ReviewScoreDiffers, indicator.score.as_ref()?.at.clone(), message))
    });
    differing.collect()
}
