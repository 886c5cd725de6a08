//! A reviewer's typed score against the one that the rule gives: nobody is wrong for certain, a person says which counts.

use super::Facts;
use crate::model::{Finding, FindingId, Verdict};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let Some((form, card)) = facts.scored() else { return Vec::new() };
    let differing = card.indicators.iter().filter_map(|result| {
        let typed = result.overriding.as_ref().filter(|typed| typed.verdict == Verdict::Disputed)?;
        let message = format!(
            "“{}”{}填 {} 分，按计分规则应得 {} 分。请复核人员确认以哪个为准，确认前不定等级。",
            result.name,
            form.score_title.trim(),
            typed.score?,
            typed.computed?
        );
        Some(Finding::new(FindingId::ReviewScoreDiffers, typed.at.clone(), message))
    });
    differing.collect()
}
