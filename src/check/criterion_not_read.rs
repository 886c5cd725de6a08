//! An indicator whose criterion, target or actual could not be read with certainty: a person decides.

use super::Facts;
use super::promise::Promise;
use crate::model::{Actuals, Finding, FindingId, Indicator, IndicatorScore, State};
use crate::notation::direction::decide;
use crate::notation::facts::{copies_target, days_late, is_missing, is_status_for_number};
use crate::notation::{Notation, Unread, Why};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    if let Some(pointless) = pointless(facts) {
        return pointless;
    }
    let unread = facts.scored_rows().filter_map(|promise| {
        let result = promise.result?;
        // What is wrong with its cells has a finding of its own.
        if promise.indicator.doubt.is_some() {
            return None;
        }
        // What of a survey waits for a person has one, too.
        if result.waits_for_survey {
            return None;
        }
        // Points beyond the whole are a person's to give: where they are given, there is nothing to say.
        if promise.indicator.extra.is_some() && result.state == State::Judged && !promise.has_criterion() {
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

/// A form without points says what was done and is not scored: it is said once, and what could not be read.
fn pointless(facts: &Facts) -> Option<Vec<Finding>> {
    let pointed =
        |(row, _): (&Indicator, &IndicatorScore)| row.weight.is_some() || row.weight_entry.is_some();
    // Where the weights' column could not be told, there is one.
    if facts.case.findings.iter().any(|finding| finding.id == FindingId::HeaderAmbiguous) {
        return None;
    }
    let (first, _) = facts.indicators().next().filter(|_| !facts.indicators().any(pointed))?;
    let message =
        "这张表没有写明各指标的分值，只核对指标值与完成情况，不评分。需要评分的，请增加“分值”一列。";
    let at = first.name_entry.at.clone();
    let mut findings = vec![Finding::new(FindingId::CriterionNotRead, at, message.to_owned())];
    findings.extend(facts.scored_rows().filter_map(|promise| {
        let left = |title: &str, why: &dyn std::fmt::Display| {
            format!("“{}”未能核对：{title}{why}", promise.indicator.name)
        };
        if let Some(unread) = unread(promise.row.target.as_ref()) {
            return Some(promise.at_target(FindingId::CriterionNotRead, left("指标值", unread)));
        }
        let unread = unread(promise.row.actual.as_ref())?;
        Some(promise.at_actual(FindingId::CriterionNotRead, left("实际完成值", unread)))
    }));
    Some(findings)
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
    let target = promise.row.target()?;
    // Of a form without a column of actuals it is said where they would be read from.
    let blank = Notation::Blank;
    let nowhere = facts.case.score_form.as_ref().is_some_and(|form| form.actuals != Actuals::Column);
    let actual = promise.row.actual().or(Some(&blank).filter(|_| nowhere))?;
    let measured = matches!(target, Notation::Quantity(_) | Notation::Range { .. }) || target.is_date();
    // What is qualitative waits for a person by right; what has a finding of its own needs no second one.
    let said = (is_missing(actual) && !nowhere)
        || copies_target(target, actual)
        || is_status_for_number(target, actual)
        || days_late(target, actual).is_some()
        || result.observed.unit_mismatch.is_some();
    if !measured || said {
        return None;
    }
    let indicator = promise.indicator;
    let undecided = decide(target, &indicator.name, &indicator.level2, &facts.case.words).is_err();
    let message = left("", refusal);
    Some(if undecided {
        promise.at_target(FindingId::CriterionNotRead, message)
    } else if let Some(place) = promise.indicator.stand_in().filter(|_| indicator.actual.is_none()) {
        Finding::new(FindingId::CriterionNotRead, place.at.clone(), message)
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
