//! What there was to spend and what was spent of it, in a sentence.

use crate::base::Number;
use crate::mapping::title::normalise;
use crate::model::{Amount, AmountKind, BudgetBlock, Case, Entry, Finding, FindingId};
use crate::words::{self, Class};

/// What there was to spend and what was spent, as the forms state it.
pub(super) fn funds(case: &Case, findings: &[Finding]) -> Option<String> {
    let row = case.score_form.as_ref().and_then(|form| form.budget.first());
    // A figure as it is said, whatever format its cell has.
    let plain = |shown: &str, unit: &str| match shown.trim().parse::<Number>() {
        Ok(number) => format!("{number}{unit}"),
        Err(_) => shown.trim().to_owned(),
    };
    let of_row = |row: &BudgetBlock| {
        let unit = row.unit?;
        let amount = |entry: &Option<Entry>| {
            let shown = entry.as_ref().filter(|entry| !entry.is_blank())?.shown();
            Some(plain(&shown, unit.name()))
        };
        Some((amount(&row.adjusted).or_else(|| amount(&row.budget))?, amount(&row.spent)?))
    };
    let stated = |kinds: [AmountKind; 2]| {
        let of = |kind| case.amounts.iter().find(move |amount: &&Amount| amount.kind == kind);
        let amount = kinds.into_iter().find_map(of)?;
        let shown = amount.written.clone().unwrap_or_else(|| amount.entry.shown());
        Some(plain(&shown, amount.unit.name()))
    };
    let (budget, spent) = row.and_then(of_row).or_else(|| {
        let budget = stated([AmountKind::AdjustedBudget, AmountKind::Budget])?;
        Some((budget, stated([AmountKind::Spent, AmountKind::Spent])?))
    })?;
    // Of amounts that were rounded the rate is another one: then it says what it is of.
    let rounded = findings.iter().any(|finding| finding.id == FindingId::StatedRateDiffers);
    let whole = if rounded { "（按未取整的金额计算）" } else { "" };
    let rate = rate(case).map(|rate| format!("，执行率{rate}{whole}")).unwrap_or_default();
    Some(format!("项目预算{budget}，支出{spent}{rate}。"))
}

/// The rate of execution as the form states it: amounts that were rounded give another one.
fn rate(case: &Case) -> Option<String> {
    let form = case.score_form.as_ref()?;
    let of_block = form.budget.first().and_then(|row| row.rate.as_ref()).map(Entry::shown);
    let rates = words::of(Class::ExecutionRates);
    let named = form.indicators.iter().filter(|one| rates.ends(&normalise(&one.name)));
    let mut cells = named.flat_map(|one| [&one.situation, &one.actual]).flatten().map(Entry::shown);
    let stated = of_block.into_iter().chain(cells.by_ref()).find_map(|text| percent(&text));
    stated.map(|percent| format!("{percent}%"))
}

/// The first figure in percent of a text.
fn percent(text: &str) -> Option<Number> {
    let (before, _) = text.split_once(['%', '％'])?;
    let figure = before.trim_end().rsplit(|sign: char| !sign.is_ascii_digit() && sign != '.').next()?;
    figure.parse().ok()
}
