//! An indicator whose criterion, target or actual could not be read with certainty: a person decides.

use super::Facts;
use super::facts::Promise;
use crate::model::{Finding, FindingId, IndicatorScore};
use crate::notation::direction::decide;
use crate::notation::facts::{copies_target, days_late, is_missing, is_status_for_number};
use crate::notation::{Notation, Unread, Why};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let unread = facts.scored_rows().filter_map(|promise| {
        let result = promise.result?;
        // What is wrong with its cells has a finding of its own.
        if promise.indicator.doubt.is_some() {
            return None;
        }
        if promise.has_criterion() {
            by_criterion(&promise, result)
        } else {
            by_platform(facts, &promise, result)
        }
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
fn by_platform(facts: &Facts, promise: &Promise, result: &IndicatorScore) -> Option<Finding> {
    let left =
        |title: &str, why: &dyn std::fmt::Display| format!("“{}”未能自动评分：{title}{why}", result.name);
    if let Some(unread) = unread(promise.row.target.as_ref()) {
        return Some(promise.at_target(FindingId::CriterionNotRead, left("指标值", unread)));
    }
    if let Some(unread) = unread(promise.row.actual.as_ref()) {
        return Some(promise.at_actual(FindingId::CriterionNotRead, left("实际完成值", unread)));
    }
    let refusal = result.refusal.as_ref()?;
    let (target, actual) = (promise.row.target()?, promise.row.actual()?);
    let measured = matches!(target, Notation::Quantity(_) | Notation::Range { .. }) || target.is_date();
    // What is qualitative waits for a person by right; what has a finding of its own needs no second one.
    let said = is_missing(actual)
        || copies_target(target, actual)
        || is_status_for_number(target, actual)
        || days_late(target, actual).is_some()
        || result.observed.unit_mismatch.is_some();
    if !measured || said {
        return None;
    }
    let indicator = promise.indicator;
    let undecided = decide(target, &indicator.name, &indicator.level2, &facts.case.direction).is_err();
    let message = left("", refusal);
    Some(if undecided {
        promise.at_target(FindingId::CriterionNotRead, message)
    } else {
        promise.at_actual(FindingId::CriterionNotRead, message)
    })
}

/// Why a cell was not read, unless a finding of its own says so.
fn unread(read: Option<&Result<Notation, Unread>>) -> Option<&Unread> {
    read?
        .as_ref()
        .err()
        .filter(|unread| !matches!(unread.why, Why::RateOutOfRange | Why::FormulaWithoutValue))
}
