//! A column of what was taken off (扣分): of each indicator the points less it are its score, and its sums are those of
//! their own rows.

use super::Facts;
use crate::base::Number;
use crate::model::{BudgetBlock, Entry, Finding, FindingId, Indicator, ScoreForm};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(form) = &facts.case.score_form else { return Vec::new() };
    let rows = form.indicators.iter().filter_map(row);
    rows.chain(form.subtotals.iter().filter_map(|sum| {
        let inside = |one: &&Indicator| one.name_entry.at.as_ref().is_some_and(|at| sum.addends.contains(at));
        let rows: Vec<&Indicator> = form.indicators.iter().filter(inside).collect();
        differs(&sum.label, sum.deduction.as_ref()?, added(&rows)?, None)
    }))
    .chain(total(form))
    .collect()
}

/// What was taken off, with or without its sign (-2 is 2).
fn number(entry: &Entry) -> Option<Number> {
    Some(entry.number()?.abs())
}

fn finding(entry: &Entry, message: String) -> Finding {
    Finding::new(FindingId::DeductionDiffers, entry.at.clone(), message)
}

/// An indicator of which something else was taken off than points and score leave: of each score that is typed for it.
fn row(indicator: &Indicator) -> Option<Finding> {
    let entry = indicator.deduction.as_ref()?;
    let off = number(entry)?;
    let weight = indicator.weight?.number();
    // Points that were converted are of another scale than what was taken off.
    let converted = indicator.weight_entry.as_ref().and_then(Entry::number) != Some(weight);
    let typed = [&indicator.stated_score, &indicator.score].into_iter().flatten();
    let typed: Vec<Number> = typed.filter_map(Entry::number).collect();
    let left = weight.minus(off)?;
    let first = typed.first().filter(|_| indicator.extra.is_none() && !converted && !indicator.rescaled)?;
    if typed.contains(&left) {
        return None;
    }
    let message = format!(
        "“{}”分值 {weight} 分，扣分栏填 {off} 分，得分栏填 {first} 分，分值减扣分是 {left} 分，请核对。",
        indicator.name
    );
    Some(finding(entry, message))
}

/// What was taken off of all rows; `None` where one of them says it in words, or none says anything.
fn added(rows: &[&Indicator]) -> Option<Number> {
    let filled = rows.iter().filter_map(|one| one.deduction.as_ref()).filter(|entry| !entry.is_blank());
    let numbers: Option<Vec<Number>> = filled.map(number).collect();
    let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
    rows.iter().all(|one| one.extra.is_none()).then(|| Number::sum(numbers))?
}

/// A sum that is not that of its rows, nor that and `beside`.
fn differs(label: &str, entry: &Entry, sum: Number, beside: Option<Number>) -> Option<Finding> {
    let stated = number(entry)?;
    let with = beside.and_then(|beside| sum.plus(beside));
    if stated == sum || Some(stated) == with {
        return None;
    }
    Some(finding(entry, format!("“{label}”扣分栏填 {stated} 分，各项扣分合计 {sum} 分，请核对。")))
}

/// The total of the form, which may count what the execution lost.
fn total(form: &ScoreForm) -> Option<Finding> {
    let rows: Vec<&Indicator> = form.indicators.iter().collect();
    let beside = form.budget.first().and_then(lost);
    differs("合计", form.total.deduction.as_ref()?, added(&rows)?, beside)
}

fn lost(row: &BudgetBlock) -> Option<Number> {
    row.weight.as_ref()?.number()?.minus(row.score.as_ref()?.number()?)
}
