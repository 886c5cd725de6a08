//! The money of a monitoring form: its rate, what is expected, and, where an office wants that, how far spending is behind
//! the time elapsed.

use super::{by_when, month};
use crate::base::Number;
use crate::check::Facts;
use crate::model::{Entry, Finding, FindingId, MonitoredForm};

/// Of a hundred: how far a rate that is printed in whole percent may be from the one that the amounts give.
const HALF: u32 = 200;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    facts.case.monitored.iter().flat_map(|form| of(facts, form)).collect()
}

fn of(facts: &Facts, form: &MonitoredForm) -> Vec<Finding> {
    let money = &form.money;
    let number = |entry: &Option<Entry>| entry.as_ref().and_then(Entry::number);
    let (Some(budget), Some(spent)) = (number(&money.budget), number(&money.spent)) else {
        return Vec::new();
    };
    let at = |entry: &Option<Entry>| entry.as_ref().and_then(|entry| entry.at.clone());
    let Some(rate) = spent.over(budget).filter(|_| !budget.is_zero() && !budget.is_negative()) else {
        return Vec::new();
    };
    let percent = |rate: Number| rate.times(Number::from(100)).map(|n| n.round(2)).unwrap_or_default();
    let mut found = Vec::new();
    if let Some((stated, shown)) = money.rate.as_ref().and_then(stated_rate) {
        let apart = stated.minus(rate).map(Number::abs).and_then(|n| n.times(Number::from(HALF)));
        if apart.is_some_and(|apart| apart > Number::ONE) {
            let message =
                format!("执行率填报{shown}，按执行数{spent}÷预算数{budget}应为{}%。", percent(rate));
            found.push(Finding::new(FindingId::MonitoredRateDiffers, at(&money.rate), message));
        }
    }
    if let Some(expected) = number(&money.expected) {
        if expected > budget {
            let message = format!("全年预计执行{expected}，超过预算数{budget}，请说明资金来源或核对。");
            found.push(Finding::new(FindingId::MonitoredSpendingAboveBudget, at(&money.expected), message));
        } else if expected < spent {
            let message =
                format!("全年预计执行{expected}，少于{}已执行的{spent}，请核对。", by_when(facts, form));
            found.push(Finding::new(FindingId::MonitoredContradiction, at(&money.expected), message));
        }
    }
    let behind = || {
        let limit = facts.case.checks.limits.monitoring_behind_points?;
        let month = month(facts, form)?;
        let elapsed = Number::from(u32::from(month)).over(Number::from(12))?;
        let behind = elapsed.minus(rate)?.times(Number::from(100))?;
        (behind > limit).then(|| {
            let message = format!(
                "{month}月底执行率{}%，落后时间进度（{}%）{}个百分点，请说明原因和后续支出安排。",
                percent(rate),
                percent(elapsed),
                behind.round(2)
            );
            Finding::new(FindingId::MonitoredSpendingBehind, at(&money.spent), message)
        })
    };
    found.extend(behind());
    found
}

/// The rate as the form states it, as a ratio and as it is shown; `None` where it is no number.
fn stated_rate(entry: &Entry) -> Option<(Number, String)> {
    let shown = entry.shown().trim().to_owned();
    let hundredth = |number: Number| number.over(Number::from(100));
    let stated = match entry.number() {
        Some(number) if number > Number::from(2) => hundredth(number)?,
        Some(number) => number,
        None => hundredth(shown.trim_end_matches('%').trim_end_matches('％').parse().ok()?)?,
    };
    Some((stated, shown))
}
