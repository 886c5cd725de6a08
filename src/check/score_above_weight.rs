//! A typed score above the points that the indicator can earn.

use super::Facts;
use crate::model::{Finding, FindingId};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let above = facts.indicators().filter_map(|(indicator, result)| {
        let weight = indicator.weight?;
        let stated = result.stated.filter(|stated| stated.number() > weight.number())?;
        let entry = indicator.stated_score.as_ref().or(indicator.score.as_ref());
        let message = format!("“{}”填报得分 {stated} 分，超过分值 {} 分。", result.name, result.weight);
        Some(Finding::new(FindingId::ScoreAboveWeight, entry.and_then(|e| e.at.clone()), message))
    });
    above.collect()
}
