//! A sheet whose titles nobody knows, with a day and a number in each row: it may be a ledger, so it is not passed over
//! without a word.

use super::almost_form::NearSheet;
use super::view::{Item, View};
use crate::mapping::looks::Look;
use crate::model::{Finding, FindingId};
use crate::sheet::{Sheet, Value};

/// Rows that are looked at.
const LOOKED_AT: usize = 200;
/// Titles that such a table has at least.
const MIN_TITLES: usize = 3;
/// Rows that it has at least.
const MIN_ROWS: usize = 3;

/// What is to be said of the sheet; `None` where its rows are not of days and numbers.
pub(super) fn sheet(sheet: &Sheet) -> Option<NearSheet> {
    let view = View::new(sheet);
    let is_title = |item: &Item<'_>| matches!(item.look(), Some(Look::Text | Look::Kind | Look::Answer));
    let (top, titles) = view
        .rows(0, view.last_row())
        .take(LOOKED_AT)
        .find(|(_, items)| items.len() >= MIN_TITLES && items.iter().all(is_title))?;
    let rows: Vec<&[Item<'_>]> =
        view.rows(top.checked_add(1)?, view.last_row()).map(|(_, items)| items).take(LOOKED_AT).collect();
    let column = |look: Look| titles.iter().find(|title| is_of(&rows, title.at.col(), look));
    let (day, number) = (column(Look::Day)?, column(Look::Number)?);
    let message = format!(
        "工作表“{}”每行有日期（“{}”列）和数字（“{}”列），标题却没有认出，不能判断是不是明细账。没有采用，没有用它对账。",
        sheet.id,
        day.cell.shown().trim(),
        number.cell.shown().trim()
    );
    let finding = Finding::new(FindingId::SheetNotRecognised, Some(view.address(day.at)), message);
    Some(NearSheet::of_nothing_known(sheet.id.clone(), finding))
}

/// What a cell looks like; one that holds a day is a day.
fn looks(item: &Item<'_>) -> Option<Look> {
    if matches!(item.cell.value, Value::Date(_)) { Some(Look::Day) } else { item.look() }
}

/// Whether most rows hold something of the kind in a column, and no running number.
fn is_of(rows: &[&[Item<'_>]], col: u32, look: Look) -> bool {
    let cells: Vec<&Item<'_>> = rows
        .iter()
        .filter_map(|items| items.iter().find(|item| item.at.col() == col))
        .filter(|item| looks(item) == Some(look))
        .collect();
    let numbers = cells.iter().enumerate().filter(|(at, item)| match &item.cell.value {
        Value::Number(number) => u32::try_from(at.saturating_add(1)).is_ok_and(|at| *number == at.into()),
        _ => false,
    });
    let counts = !cells.is_empty() && numbers.count() == cells.len();
    cells.len() >= MIN_ROWS && cells.len().saturating_mul(2) > rows.len() && !counts
}
