//! The actual misses the target: in a self-evaluation, or a declared target.

use super::Facts;
use crate::model::{DeclaredStatus, Finding, FindingId, FormKind, Indicator};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let self_evaluated =
        facts.case.score_form.as_ref().is_some_and(|form| form.kind == FormKind::SelfEvaluation);
    // An evaluator's score sheet answers for itself: its criteria say what a missed target costs.
    let scored = facts
        .indicators()
        .filter(|(_, result)| self_evaluated && result.observed.met == Some(false))
        .map(|(indicator, _)| (indicator, Some(indicator)));
    let declared = facts.declared().filter(|(_, result)| result.status == DeclaredStatus::NotMet).map(
        |(declared, result)| {
            let matched = result.matched.and_then(|at| facts.case.score_form.as_ref()?.indicators.get(at));
            (&declared.indicator, matched)
        },
    );
    let findings = scored.chain(declared).filter_map(|(indicator, answer)| {
        let target = indicator.target.as_ref()?;
        let done = answer.map(Indicator::actual_shown).unwrap_or_default();
        let message =
            format!("“{}”实际完成 {done}，未达到指标值“{}”。", indicator.name, indicator.target_shown());
        let at = indicator.actual.as_ref().and_then(|entry| entry.at.clone()).or_else(|| target.at.clone());
        Some(Finding::new(FindingId::TargetNotMet, at, message))
    });
    findings.collect()
}
