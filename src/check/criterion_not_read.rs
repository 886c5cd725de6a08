//! An indicator whose criterion, target or actual could not be read with certainty: a person decides.

use super::Facts;
use super::facts::Promise;
use crate::model::{Finding, FindingId, IndicatorScore};
use crate::notation::{Notation, Unread, Why};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let unread = facts.scored_rows().filter_map(|promise| {
        let result = promise.result?;
        if promise.has_criterion() { by_criterion(&promise, result) } else { by_platform(&promise, result) }
    });
    unread.collect()
}

/// Where a criterion says how points are earned, everything hangs on it.
fn by_criterion(promise: &Promise, result: &IndicatorScore) -> Option<Finding> {
    let refusal = result.refusal.as_ref()?;
    let message = format!("“{}”未能自动评分：{refusal}", result.name);
    let criterion = promise.indicator.criterion.as_ref().filter(|entry| !entry.is_blank());
    match criterion {
        Some(entry) => Some(Finding::new(FindingId::CriterionNotRead, entry.at.clone(), message)),
        None => Some(promise.at_actual(FindingId::CriterionNotRead, message)),
    }
}

/// Where there is none, target and actual speak for themselves, each at its cell.
fn by_platform(promise: &Promise, result: &IndicatorScore) -> Option<Finding> {
    let left =
        |title: &str, why: &dyn std::fmt::Display| format!("“{}”未能自动评分：{title}{why}", result.name);
    if let Some(unread) = unread(promise.row.target.as_ref()) {
        return Some(promise.at_target(FindingId::CriterionNotRead, left("指标值", unread)));
    }
    if let Some(unread) = unread(promise.row.actual.as_ref()) {
        return Some(promise.at_actual(FindingId::CriterionNotRead, left("实际完成值", unread)));
    }
    let undecided = result.observed.undecided.as_ref()?;
    Some(promise.at_target(FindingId::CriterionNotRead, left("", &format!("{undecided}。"))))
}

/// Why a cell was not read, unless a finding of its own says so.
fn unread(read: Option<&Result<Notation, Unread>>) -> Option<&Unread> {
    read?
        .as_ref()
        .err()
        .filter(|unread| !matches!(unread.why, Why::RateOutOfRange | Why::FormulaWithoutValue))
}
