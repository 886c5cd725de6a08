//! What a target or an actual is held against: is it a number, and is the target worse than it was last year?

use super::Facts;
use super::promise::Promise;
use super::reason_missing::says_nothing;
use crate::base::Number;
use crate::model::{Benchmark, Entry, Finding, FindingId, Indicator, Standard};
use crate::notation::direction::{Direction, decide};
use crate::notation::{Hints, Notation, Quantity, Role, read};

/// The standards that a target is held against, the nearest first.
const BEFORE: [Standard; 2] = [Standard::LastYear, Standard::ThreeYears];

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    facts.all_rows().flat_map(|row| below(facts, &row).into_iter().chain(no_numbers(facts, &row))).collect()
}

/// A target that is worse than what was done before, by more than the setting allows.
fn below(facts: &Facts, row: &Promise<'_>) -> Option<Finding> {
    let indicator = row.indicator;
    let target = row.row.target().and_then(Notation::quantity)?;
    let decision = decide(row.row.target()?, &indicator.name, &indicator.level2, &facts.case.words).ok()?;
    let falls = match decision.direction {
        Direction::AtLeast => false,
        Direction::AtMost => true,
        _ => return None,
    };
    let limit = facts.case.checks.limits.target_below_history_percent?;
    let found = BEFORE.into_iter().find_map(|standard| {
        let benchmark = indicator.benchmark(standard)?;
        let before = number(facts, row, benchmark)?;
        let worse = worse(target, &before, falls)?;
        (worse > limit).then_some((benchmark, before, worse))
    })?;
    let (benchmark, before, worse) = found;
    let name = if benchmark.standard == Standard::LastYear { "上年完成" } else { "前三年平均" };
    let from = benchmark.taken.as_ref().map(|taken| format!("（取自{}）", taken.shown())).unwrap_or_default();
    let message = format!(
        "“{}”的指标值“{}”低于历史水平：{name}{}{}{from}，{}{}%",
        indicator.name,
        indicator.target_shown(),
        before.number,
        before.unit.word,
        if falls { "高出" } else { "低" },
        worse.round(1)
    );
    match reason(facts, indicator) {
        Some(reason) => {
            let message = format!("{message}；说明为：{reason}。");
            Some(row.at_target(FindingId::TargetBelowHistoryExplained, message))
        }
        None => Some(row.at_target(FindingId::TargetBelowHistory, format!("{message}，没有说明原因。"))),
    }
}

/// By how many percent of what was a target is worse; `None` where both cannot be compared.
fn worse(target: &Quantity, before: &Quantity, falls: bool) -> Option<Number> {
    let plain = target.fraction.is_none() && before.fraction.is_none() && before.sign.is_none();
    if !plain || !target.unit.comparable(&before.unit) {
        return None;
    }
    let (target, before) = (target.in_base()?, before.in_base()?);
    if before.is_zero() || before.is_negative() {
        return None;
    }
    let by = if falls { target.minus(before)? } else { before.minus(target)? };
    by.times(Number::from(100))?.over(before)
}

/// What the form says of why: beside the target, or of a deviation.
fn reason(facts: &Facts, indicator: &Indicator) -> Option<String> {
    let said = [&indicator.explanation, &indicator.remark].into_iter().flatten();
    let said = said.into_iter().find(|entry| !says_nothing(facts, entry));
    said.map(|entry| entry.shown().trim().trim_end_matches('。').to_owned())
}

/// 上年值: 较好 in a row with a number as target.
fn no_numbers(facts: &Facts, row: &Promise<'_>) -> Vec<Finding> {
    if row.row.target().and_then(Notation::quantity).is_none() {
        return Vec::new();
    }
    let typed = row.indicator.standards.iter().filter(|benchmark| benchmark.taken.is_none());
    let no_number = typed.filter(|benchmark| number(facts, row, benchmark).is_none());
    let finding = |benchmark: &Benchmark| {
        let message = format!(
            "“{}”的{}填写的是“{}”，不是一个确定的数，不能用来比较。",
            row.indicator.name,
            benchmark.standard.name(),
            benchmark.entry.shown().trim()
        );
        Finding::new(FindingId::HistoryValueNotNumber, benchmark.entry.at.clone(), message)
    };
    no_number.map(finding).collect()
}

/// The value of a standard as a number.
fn number(facts: &Facts, row: &Promise<'_>, benchmark: &Benchmark) -> Option<Quantity> {
    let unit = row.indicator.unit.as_ref().map(Entry::shown);
    let beside = row.row.actual().filter(|actual| actual.quantity().is_some()).or(row.row.target());
    let hints = Hints {
        role: Role::Actual,
        indicator: &row.indicator.name,
        category: &row.indicator.level2,
        unit: unit.as_deref(),
        year: facts.case.project.year,
        target: beside,
        words: Some(&facts.case.words),
        ..Hints::default()
    };
    let read = read(&benchmark.entry.cell, &hints).ok()?;
    read.quantity().filter(|value| value.sign.is_none()).cloned()
}
