//! An indicator whose criterion, target or actual could not be read with certainty: a person decides.

use super::Facts;
use crate::model::{Finding, FindingId};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let unread = facts.indicators().filter_map(|(indicator, result)| {
        let criterion = indicator.criterion.as_ref().filter(|entry| !entry.is_blank())?;
        let refusal = result.refusal.as_ref()?;
        let message = format!("“{}”未能自动评分：{refusal}", result.name);
        Some(Finding::new(FindingId::CriterionNotRead, criterion.at.clone(), message))
    });
    unread.collect()
}
