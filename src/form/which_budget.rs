//! Which of two budgets the execution rate is of, that of the beginning of the year or that of the whole year, and whether
//! the form says so itself.

use super::changes;
use super::header::{Header, HeaderColumn};
use super::view::View;
use crate::mapping::title::normalise;
use crate::mapping::{Column, Mapping};
use crate::model::{BudgetBlock, Entry, OtherTarget, RateBase};
use crate::notation::money;

/// The columns that the execution rate may be of, the first that is filled counts: what the mapping says, what the
/// titles say (执行率(B/A) and the one with (A)), else the amount of the whole year, else that of its beginning.
pub(super) fn columns(mapping: &Mapping, header: &Header) -> Vec<Column> {
    order(mapping, lettered(header))
}

/// The columns of budgets in the order in which they count; `stated` is the one that the form says.
pub(super) fn order(mapping: &Mapping, stated: Option<Column>) -> Vec<Column> {
    let usual = [Column::Adjusted, Column::Budget];
    match (mapping.budget.base, mapping.adjusted_target_counts) {
        (Some(RateBase::Budget), _) => vec![Column::Budget],
        (Some(RateBase::Adjusted), _) => vec![Column::Adjusted],
        (None, Some(false)) => vec![Column::Budget, Column::Adjusted],
        (None, Some(true)) => usual.to_vec(),
        (None, None) => stated.into_iter().chain(usual).collect(),
    }
}

/// The budget that does not count, where it and the one that does are both filled.
pub(super) fn other(cell: &impl Fn(Column) -> Option<Entry>, base: &Entry) -> Option<OtherTarget> {
    let filled = |column: Column| cell(column).filter(|entry| !entry.is_blank());
    let (initial, adjusted) = (filled(Column::Budget)?, filled(Column::Adjusted)?);
    let initial_counts = initial.at == base.at;
    let entry = if initial_counts { adjusted } else { initial };
    Some(OtherTarget { entry, adjusted: initial_counts, ruled_out: false })
        .filter(|other| other.entry.at != base.at)
}

/// The budget that the letters of the titles say: 执行率(B/A) and the column with (A), or the only budget with a letter
/// beside a spending with another.
fn lettered(header: &Header) -> Option<Column> {
    let letter = |column: &HeaderColumn| {
        let title = normalise(&column.title);
        Some(title.strip_suffix(')')?.rsplit_once('(')?.1.to_owned())
    };
    let rate = header.get(Column::Rate).and_then(letter);
    let divisor = rate.as_deref().and_then(|rate| rate.split_once('/')).map(|(_, divisor)| divisor);
    let own = |column: Column| header.get(column).and_then(letter);
    let budgets = [Column::Adjusted, Column::Budget];
    let divided = budgets.into_iter().find(|base| own(*base).is_some() && own(*base).as_deref() == divisor);
    let single = |letter: &String| letter.len() == 1 && letter.chars().all(|c| c.is_ascii_alphabetic());
    let is_lettered = |column: Column| own(column).as_ref().is_some_and(single);
    let mut lettered = budgets.into_iter().filter(|base| is_lettered(*base));
    let only = lettered.next().filter(|_| lettered.next().is_none() && is_lettered(Column::Spent));
    divided.or(only)
}

/// Says of the budgets that do not count whether the mapping or the form itself rules them out: by its letters, by changes
/// that make the other of each, or by a rate of another row that can only be of the other.
pub(super) fn rule_out(view: &View<'_>, mapping: &Mapping, header: &Header, rows: &mut [BudgetBlock]) {
    let set = mapping.budget.base.is_some() || mapping.adjusted_target_counts.is_some();
    let adjusted_counts =
        || rows.iter().filter_map(|row| row.other_base.as_ref()).all(|other| !other.adjusted);
    let added = || adjusted_counts() && changes::add_up(view, mapping, header, rows) == Some(true);
    let ruled_out = set || lettered(header).is_some() || added() || rows.iter().any(shows_its_base);
    for other in rows.iter_mut().filter_map(|row| row.other_base.as_mut()) {
        other.ruled_out = ruled_out;
    }
}

/// Whether the rate of a row is that of the budget that counts, and not of the other.
fn shows_its_base(row: &BudgetBlock) -> bool {
    let agrees = |base: &Entry| {
        let execution = money::execution(row, base)?;
        money::rate_agrees(&row.rate.as_ref()?.cell, execution.spent, execution.base)
    };
    let (Some(base), Some(other)) = (row.base.as_ref(), row.other_base.as_ref()) else { return false };
    agrees(base) == Some(true) && agrees(&other.entry) == Some(false)
}
