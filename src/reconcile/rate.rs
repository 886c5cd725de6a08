//! The execution rate, recomputed from the ledger as well as from the rounded figures.

use super::stated::Stated;
use crate::base::{CellAt, Number, Ratio, Yuan};
use crate::model::{AmountKind, Case, Entry, ExecutionRate, Finding, FindingId, Reconciliation};
use crate::notation::money;
use crate::sheet::{NumberFormat, Value};
use crate::words::{self, Class};

/// Recomputes the rate and compares the stated one.
pub fn compare(case: &Case, stated: &[Stated], ledger: Option<Yuan>, result: &mut Reconciliation) {
    let first = |kind| stated.iter().find(|amount| amount.kind == kind);
    let block = case.score_form.as_ref().and_then(|form| form.budget.first());
    let base = block.and_then(|block| block.base.as_ref()).and_then(|base| base.at.as_ref());
    let funds = stated
        .iter()
        .find(|amount| base.is_some() && amount.at.as_ref() == base)
        .or_else(|| first(AmountKind::AdjustedBudget))
        .or_else(|| first(AmountKind::Received))
        .or_else(|| first(AmountKind::Budget))
        .and_then(Stated::yuan);
    let over = |spent: Option<Yuan>| {
        let ratio = spent?.number().over(funds?.number())?;
        Some(Ratio::new(ratio.get()))
    };
    let found = stated_rate(case);
    result.rate = ExecutionRate {
        from_ledger: over(ledger),
        from_stated: over(first(AmountKind::Spent).and_then(Stated::yuan)),
        stated: found.as_ref().map(|f| f.rate),
        places: found.as_ref().map_or(0, |f| f.places),
        stated_at: found.and_then(|f| f.at),
    };
    // A rate of the budget block that its own row contradicts is an error of its own, found by a check.
    if let Some(finding) = finding(&result.rate).filter(|_| !contradicted(case)) {
        result.findings.push(finding);
    }
}

/// Whether the budget block's stated rate cannot be that of its amounts, however they are rounded.
fn contradicted(case: &Case) -> bool {
    let block = case.score_form.as_ref().and_then(|form| form.budget.first());
    let agrees = block.and_then(|block| {
        let money::Execution { spent, base, .. } = money::execution(block, block.base.as_ref()?)?;
        money::rate_agrees(&block.rate.as_ref()?.cell, spent, base)
    });
    agrees == Some(false)
}

fn finding(rate: &ExecutionRate) -> Option<Finding> {
    let shown = |ratio: Ratio| {
        let percent = ratio.number().times(Number::from(100))?.round(rate.places).get();
        Some(format!("{percent:.*}%", usize::try_from(rate.places).ok()?))
    };
    let stated = shown(rate.stated?)?;
    let from_stated = shown(rate.from_stated?)?;
    if stated == from_stated {
        return None;
    }
    let from_ledger = rate.from_ledger.and_then(shown);
    let support = match from_ledger {
        Some(ledger) if ledger == stated => format!("；按明细账计算为{ledger}，与填报数一致"),
        Some(ledger) => format!("；按明细账计算为{ledger}，也与填报数不同"),
        None => String::new(),
    };
    let message = format!("填报执行率{stated}，按填报的（已舍入）金额重算为{from_stated}{support}");
    Some(Finding::new(FindingId::StatedRateDiffers, rate.stated_at.clone(), message))
}

struct Found {
    rate: Ratio,
    places: u32,
    at: Option<CellAt>,
}

/// The rate that the submission states: the budget block's, else the one an execution-rate indicator speaks of.
fn stated_rate(case: &Case) -> Option<Found> {
    let form = case.score_form.as_ref()?;
    if let Some(entry) = form.budget.first().and_then(|block| block.rate.as_ref())
        && let Some(found) = cell_rate(entry)
    {
        return Some(found);
    }
    let indicator = form.indicators.iter().find(|i| i.name.contains("执行率"))?;
    let cells = [indicator.actual.as_ref(), indicator.situation.as_ref()];
    cells.into_iter().flatten().find_map(|entry| cell_rate(entry).or_else(|| spoken_rate(entry)))
}

/// A cell that holds nothing but a percentage.
fn cell_rate(entry: &Entry) -> Option<Found> {
    match &entry.cell.value {
        Value::Number(number) => match entry.cell.format {
            NumberFormat::Percent(places) => Some(Found {
                rate: Ratio::new(number.get()),
                places: u32::from(places),
                at: entry.at.clone(),
            }),
            _ => None,
        },
        Value::Text(text) => percentage(text.trim().strip_suffix(['%', '％'])?, entry),
        _ => None,
    }
}

/// `预算执行率96.84%，…`: the percentage right behind the word.
fn spoken_rate(entry: &Entry) -> Option<Found> {
    let Value::Text(text) = &entry.cell.value else { return None };
    let (_, after) = text.split_once("执行率")?;
    let after = words::of(Class::RateLeads).trim_start(after.trim_start());
    let (digits, _) = after.split_once(['%', '％'])?;
    percentage(digits, entry)
}

fn percentage(digits: &str, entry: &Entry) -> Option<Found> {
    let digits = digits.trim();
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number: Number = digits.parse().ok()?;
    let places = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let rate = number.over(Number::from(100))?;
    Some(Found { rate: Ratio::new(rate.get()), places: u32::try_from(places).ok()?, at: entry.at.clone() })
}
