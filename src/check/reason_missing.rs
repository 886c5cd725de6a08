//! Points off in a self-evaluation, and no reason beside them.

use super::Facts;
use crate::mapping::title::normalise;
use crate::model::{Entry, Finding, FindingId, FormKind, State};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let Some((form, _)) = facts.scored() else { return Vec::new() };
    // The evaluator's score sheet gets its reasons from us.
    if form.kind != FormKind::SelfEvaluation {
        return Vec::new();
    }
    let missing = facts.indicators().filter_map(|(indicator, result)| {
        let reason = indicator.reason.as_ref()?;
        let lost = result.deduction().is_some_and(|lost| !lost.is_zero() && !lost.is_negative());
        let (taken, judged) = if result.state == State::Judged {
            ("扣", "")
        } else {
            ("应扣", "（按计分规则计算）")
        };
        (lost && says_nothing(facts, reason)).then(|| {
            let lost = result.deduction().unwrap_or_default();
            let message = format!("“{}”{taken} {lost} 分{judged}，没有说明原因。", result.name);
            Finding::new(FindingId::ReasonMissing, reason.at.clone(), message)
        })
    });
    missing.collect()
}

/// Whether a reason cell is blank or holds a word that is no reason.
pub(super) fn says_nothing(facts: &Facts, reason: &Entry) -> bool {
    let words = normalise(&reason.shown());
    let words = words.trim_end_matches('。');
    words.is_empty() || facts.case.checks.limits.empty_reasons.iter().any(|empty| empty == words)
}
