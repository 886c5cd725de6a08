//! A form has a target as it was set and one as it was adjusted: by which it was scored, and what the other gives.

use super::Facts;
use crate::model::{Finding, FindingId};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let found = facts.indicators().filter_map(|(indicator, result)| {
        let other = indicator.other_target.as_ref()?;
        let (target, beside) = (indicator.target_shown(), indicator.other_target_shown());
        if target == beside {
            return None;
        }
        let (by, not_by) = other.names("指标值");
        let earned = match result.by_other_target {
            Some(score) if Some(score) == result.score => "得分相同".to_owned(),
            Some(score) => format!("应得{score}分"),
            None => "由人工评分".to_owned(),
        };
        let message = format!(
            "“{}”按{by}“{target}”评分（按{not_by}“{beside}”{earned}），请核对绩效目标调整是否已经批准，并注明批复文号。",
            indicator.name
        );
        let adjusted = if other.adjusted { Some(&other.entry) } else { indicator.target.as_ref() };
        Some(Finding::new(FindingId::TargetAdjusted, adjusted.and_then(|entry| entry.at.clone()), message))
    });
    found.collect()
}
