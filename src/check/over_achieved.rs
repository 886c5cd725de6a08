//! An actual so far above its target that the target may have been set too low, and nothing explains it.

use super::Facts;
use super::reason_missing::says_nothing;
use crate::base::{Number, Ratio};
use crate::model::{Finding, FindingId, FormKind};

/// Actual ÷ target from which an explanation is due, in percent (domain rules §2; one province's threshold).
const LIMIT_PERCENT: u32 = 130;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    if facts.case.score_form.as_ref().is_none_or(|form| form.kind != FormKind::SelfEvaluation) {
        return Vec::new();
    }
    let over = facts.indicators().filter_map(|(indicator, result)| {
        let percent = percent(result.observed.reached?)?;
        let silent = indicator.reason.as_ref().is_none_or(says_nothing);
        (percent >= Number::from(LIMIT_PERCENT) && silent).then(|| {
            let message = format!("“{}”完成指标值的 {}%，没有说明原因。", result.name, percent.round(0));
            let at = indicator.actual.as_ref().and_then(|entry| entry.at.clone());
            Finding::new(FindingId::OverAchieved, at, message)
        })
    });
    over.collect()
}

fn percent(ratio: Ratio) -> Option<Number> {
    ratio.number().times(Number::from(100))
}
