//! What a project may spend and has spent, in 元, as its forms state it.

use super::Facts;
use crate::base::Number;
use crate::model::{AmountKind, BudgetBlock, Entry, MoneyUnit};
use crate::notation::money;

/// A stated amount.
#[derive(Debug, Clone)]
pub(super) struct Stated {
    /// In 元.
    pub(super) yuan: Number,
    /// What rounding may have taken from it, or given to it.
    pub(super) slack: Number,
    /// What it is called.
    pub(super) label: &'static str,
    /// As it is shown, with its unit.
    pub(super) shown: String,
}

/// The budget of the whole year: as it was adjusted, else as it was set.
pub(super) fn budget(facts: &Facts) -> Option<Stated> {
    adjusted(facts).or_else(|| initial(facts))
}

/// The budget as it was adjusted.
pub(super) fn adjusted(facts: &Facts) -> Option<Stated> {
    of_block(facts, "全年预算数", |row| &row.adjusted)
        .or_else(|| of_amounts(facts, "全年预算数", AmountKind::AdjustedBudget))
}

/// The budget as it was set first.
pub(super) fn initial(facts: &Facts) -> Option<Stated> {
    of_block(facts, "年初预算数", |row| &row.budget)
        .or_else(|| of_amounts(facts, "年度资金总额", AmountKind::Budget))
}

/// What was spent.
pub(super) fn spent(facts: &Facts) -> Option<Stated> {
    of_block(facts, "全年执行数", |row| &row.spent)
        .or_else(|| of_amounts(facts, "全年执行数", AmountKind::Spent))
}

/// What was spent of the budget that counts, in percent.
pub(super) fn rate(facts: &Facts) -> Option<Number> {
    let row = facts.case.score_form.as_ref()?.budget.first();
    if let Some((row, base)) = row.and_then(|row| Some((row, row.base.as_ref()?))) {
        let execution = money::execution(row, base).filter(|execution| !execution.far)?;
        return execution.spent.number.times(Number::from(100))?.over(execution.base.number);
    }
    spent(facts)?.yuan.times(Number::from(100))?.over(budget(facts)?.yuan)
}

/// How a budget was changed in the year.
#[derive(Debug, Clone)]
pub(super) struct Change {
    /// By how much, in percent of what it was first; `None` where it was nothing.
    pub(super) percent: Option<Number>,
    /// What it was first, as shown.
    pub(super) initial: String,
    /// What it became.
    pub(super) adjusted: String,
}

/// How the budget was changed, where both are stated and differ.
pub(super) fn change(facts: &Facts) -> Option<Change> {
    let (first, now) = (initial(facts)?, adjusted(facts)?);
    let by = now.yuan.minus(first.yuan)?.abs();
    if by <= first.slack.plus(now.slack)? {
        return None;
    }
    let percent = by.times(Number::from(100))?.over(first.yuan);
    Some(Change { percent, initial: first.shown, adjusted: now.shown })
}

/// Whether a row below the total has an amount, where the total itself has none: then the total says nothing.
pub(super) fn total_is_bare(facts: &Facts) -> bool {
    let rows = facts.case.score_form.as_ref().map(|form| form.budget.as_slice()).unwrap_or_default();
    let spent = |row: &BudgetBlock| {
        row.spent.as_ref().and_then(|entry| money::amount(&entry.cell)).is_some_and(|it| !it.number.is_zero())
    };
    rows.first().is_some_and(|total| !spent(total)) && rows.iter().any(spent)
}

fn of_block(facts: &Facts, label: &'static str, of: fn(&BudgetBlock) -> &Option<Entry>) -> Option<Stated> {
    let row = facts.case.score_form.as_ref()?.budget.first()?;
    stated(of(row).as_ref()?, row.unit, label)
}

fn of_amounts(facts: &Facts, label: &'static str, kind: AmountKind) -> Option<Stated> {
    let mut found =
        facts.case.amounts.iter().filter(|amount| amount.kind == kind && amount.written.is_none());
    let first = found.next()?;
    stated(&first.entry, Some(first.unit), label)
}

fn stated(entry: &Entry, unit: Option<MoneyUnit>, label: &'static str) -> Option<Stated> {
    let shown = money::amount(&entry.cell)?;
    let unit = shown.unit.or(unit)?;
    let factor = Number::from(unit.factor());
    let place = (0..shown.places).try_fold(Number::ONE, |place, _| place.over(Number::from(10)))?;
    Some(Stated {
        yuan: shown.number.times(factor)?,
        slack: place.times(factor)?.over(Number::from(2))?,
        label,
        shown: format!("{}{}", shown.number, unit.name()),
    })
}
