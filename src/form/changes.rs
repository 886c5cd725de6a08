//! Columns of a budget block of what was added to a budget or taken from it (追加, 收回, 上年结转): where another column has
//! the whole and each row adds up to it, the form says itself which budget counts, and they have no part in scoring; else
//! they may be what the rate is of.

use super::header::{Header, HeaderColumn};
use super::view::View;
use crate::base::Number;
use crate::mapping::title::normalise;
use crate::mapping::{Column, Mapping};
use crate::model::{BudgetBlock, Entry};
use crate::notation::money;
use crate::words::Class;

/// A part of an amount beside it (其中：上年结转) changes nothing.
pub(super) const PART: &str = "其中";

/// A column of changes.
#[derive(Debug, Clone, Copy)]
struct Change {
    col: u32,
    added: bool,
}

/// The change that a column states, if its title says so.
fn change(view: &View<'_>, mapping: &Mapping, header: &Header, col: u32) -> Option<Change> {
    // Columns that are read are budgets themselves (调整后预算数).
    let read = |column: &HeaderColumn| {
        column.column != Column::Other && (column.col..=column.last_col).contains(&col)
    };
    let title = normalise(&view.shown(header.bottom, col)?.cell.shown());
    let says = |class: Class| mapping.words.of(class).within(&title);
    if header.columns.iter().any(read) || title.contains(PART) || says(Class::BudgetLeft) {
        return None;
    }
    match (says(Class::BudgetTaken), says(Class::BudgetAdded)) {
        (false, false) => None,
        (taken, _) => Some(Change { col, added: !taken }),
    }
}

/// Whether a column states changes.
pub(super) fn is_one(view: &View<'_>, mapping: &Mapping, header: &Header, col: u32) -> bool {
    change(view, mapping, header, col).is_some()
}

/// Whether in each row of a block the budget of the beginning of the year and all changes are that of the whole year.
/// `None` where there are no changes.
pub(super) fn add_up(
    view: &View<'_>,
    mapping: &Mapping,
    header: &Header,
    rows: &[BudgetBlock],
) -> Option<bool> {
    let changes: Vec<Change> =
        (header.left()..=header.right()).filter_map(|col| change(view, mapping, header, col)).collect();
    let mut rows = rows.iter().filter(|row| row.budget.is_some() || row.adjusted.is_some());
    (!changes.is_empty()).then(|| rows.all(|row| row_adds_up(view, mapping, row, &changes) == Some(true)))
}

fn row_adds_up(view: &View<'_>, mapping: &Mapping, row: &BudgetBlock, changes: &[Change]) -> Option<bool> {
    let (initial, adjusted) = (row.budget.as_ref()?, row.adjusted.as_ref()?);
    if initial.is_blank() && adjusted.is_blank() {
        return Some(true);
    }
    let number = |entry: &Entry| Some(money::in_row(row, entry, row.unit)?.number);
    let mut sum = number(initial)?;
    for change in changes {
        let entry = view.entry(initial.at.as_ref()?.cell.row(), change.col)?;
        let blank = entry.is_blank() || mapping.missing_values.contains(&normalise(&entry.shown()));
        let amount = if blank { Number::ZERO } else { number(&entry)? };
        // What was taken may be written below zero.
        sum = if change.added { sum.plus(amount)? } else { sum.minus(amount.abs())? };
    }
    Some(sum == number(adjusted)?)
}
