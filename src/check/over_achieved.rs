//! An actual so far above its target that the target may have been set too low, and nothing explains it.

use super::Facts;
use super::reason_missing::says_nothing;
use crate::base::{Number, Ratio};
use crate::model::{Finding, FindingId, FormKind};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    if facts.case.score_form.as_ref().is_none_or(|form| form.kind != FormKind::SelfEvaluation) {
        return Vec::new();
    }
    let limits = &facts.case.checks.limits;
    let over = facts.indicators().filter_map(|(indicator, result)| {
        let observed = &result.observed;
        let words = if let Some(actual) = observed.above_zero {
            limits.over_achieved_at_zero.filter(|limit| actual >= *limit)?;
            format!("指标值为 0，实际完成 {actual}")
        } else {
            let percent = percent(observed.reached?)?;
            limits.over_achieved_percent.filter(|limit| percent >= *limit)?;
            format!("完成指标值的 {}%", percent.round(0))
        };
        let silent = indicator.reason.as_ref().is_none_or(|reason| says_nothing(facts, reason));
        silent.then(|| {
            let message = format!("“{}”{words}，没有说明原因。", result.name);
            let at = indicator.actual.as_ref().and_then(|entry| entry.at.clone());
            Finding::new(FindingId::OverAchieved, at, message)
        })
    });
    over.collect()
}

fn percent(ratio: Ratio) -> Option<Number> {
    ratio.number().times(Number::from(100))
}
