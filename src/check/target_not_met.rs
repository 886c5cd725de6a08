//! The actual misses the target: in a self-evaluation, or a declared target.

use super::Facts;
use crate::model::{DeclaredResult, DeclaredStatus, Finding, FindingId, FormKind, Indicator};
use crate::notation::sign::Sign;
use crate::notation::{Notation, Row};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let self_evaluated =
        facts.case.score_form.as_ref().is_some_and(|form| form.kind == FormKind::SelfEvaluation);
    // An evaluator's score sheet answers for itself: its criteria say what a missed target costs.
    let scored = facts
        .indicators()
        .filter(|(_, result)| self_evaluated && result.observed.met == Some(false))
        .map(|(indicator, _)| (indicator, Some(indicator)));
    let declared = facts
        .declared()
        .filter(|(declared, result)| {
            result.status == DeclaredStatus::NotMet
                && !(self_evaluated && (is_answered(facts, result) || is_day(facts, &declared.indicator)))
        })
        .map(|(declared, result)| {
            let matched = result.matched.and_then(|at| facts.case.score_form.as_ref()?.indicators.get(at));
            (&declared.indicator, matched)
        });
    let findings = scored.chain(declared).filter_map(|(indicator, answer)| {
        let target = indicator.target.as_ref()?;
        let done = answer.map(Indicator::actual_shown).unwrap_or_default();
        // Who has more than he may have has reached too much.
        let missed = if is_cap(facts, indicator) { "超过" } else { "未达到" };
        let message =
            format!("“{}”实际完成 {done}，{missed}指标值“{}”。", indicator.name, indicator.target_shown());
        let at = indicator.actual.as_ref().and_then(|entry| entry.at.clone()).or_else(|| target.at.clone());
        Some(Finding::new(FindingId::TargetNotMet, at, message))
    });
    findings.collect()
}

/// Whether the self-evaluation answers it: where it misses its own target that is said there; where it keeps one of its own,
/// what was only declared may have been changed in the review, and that is asked.
fn is_answered(facts: &Facts, declared: &DeclaredResult) -> bool {
    let own = facts.indicators().find(|(_, result)| result.index == declared.matched);
    match own.and_then(|(_, result)| result.observed.met) {
        Some(true) => !facts.case.approved,
        Some(false) => true,
        None => false,
    }
}

/// Whether a target says what is not to be exceeded.
fn is_cap(facts: &Facts, indicator: &Indicator) -> bool {
    let row = Row::read(facts.case, indicator, None, None);
    let sign = row.target().and_then(Notation::quantity).and_then(|target| target.sign);
    matches!(sign, Some(Sign::AtMost | Sign::LessThan))
}

/// Whether a target is a day: how late something was done is said of the self-evaluation itself.
fn is_day(facts: &Facts, indicator: &Indicator) -> bool {
    Row::read(facts.case, indicator, None, None).target().is_some_and(Notation::is_date)
}
