//! Cells of a form shown again on our sheets.

use super::known_cells::{KnownCells, original};
use super::sheet::{AddedSheet, Content, Look};
use super::view::View;
use crate::expr::{Expr, Func, Value, join};
use crate::model::{Entry, IndicatorScore};
use crate::sheet::NumberFormat;

/// What is said before and behind the number of a cell: sign and unit that stand in columns of their own, and the unit of the
/// whole budget block.
pub(super) fn around(
    view: &View,
    result: &IndicatorScore,
    entry: Option<&Entry>,
    whole: &str,
) -> (String, String) {
    let block = view.case.score_form.as_ref().and_then(|form| form.budget.first());
    if let Some(unit) = block.filter(|_| result.index.is_none()).and_then(|block| block.unit) {
        return (String::new(), unit.name().to_owned());
    }
    let number = entry.map(Entry::shown).unwrap_or_default();
    let parts = Some(number.trim()).filter(|number| !number.is_empty()).and_then(|n| whole.split_once(n));
    parts.map(|(sign, unit)| (sign.to_owned(), unit.to_owned())).unwrap_or_default()
}

/// A cell of the form shown again, which follows it live, a number with what is `around` it; a text of which only a part
/// counts is copied.
pub(super) fn put(
    sheet: &mut AddedSheet,
    book: &KnownCells,
    (row, column): (u32, u32),
    entry: Option<&Entry>,
    (before, behind): &(String, String),
) {
    let Some(entry) = entry.filter(|entry| !entry.is_blank()) else {
        sheet.put(row, column, Look::Centre, Content::Blank);
        return;
    };
    // What the form shows in another unit than it holds is copied as it is shown there.
    let scaled = matches!(entry.cell.format, NumberFormat::Scaled { .. });
    match entry.at.clone().filter(|_| entry.cell.is_numeric() && !scaled) {
        Some(cell) => {
            let look = match entry.cell.format {
                NumberFormat::Percent(_) => Look::Rate,
                NumberFormat::Date => Look::Day,
                _ => Look::Plain,
            };
            let cell = Expr::Cell(cell);
            let follows = if look == Look::Plain && !(before.is_empty() && behind.is_empty()) {
                let said = join([Expr::text(before.as_str()), cell.clone(), Expr::text(behind.as_str())]);
                cell.equals(Expr::text("")).choose(Expr::text(""), said)
            } else {
                cell
            };
            sheet.put(row, column, look, book.formula(follows));
        }
        None => {
            let whole = matches!(original(&entry.cell.value), Value::Text(text) if text == entry.shown());
            match entry.at.clone().filter(|_| whole).map(Expr::Cell) {
                Some(cell) => {
                    let blank = cell.clone().equals(Expr::text(""));
                    let follows =
                        book.formula(blank.choose(Expr::text(""), in_common_signs(cell, &entry.shown())));
                    sheet.put(row, column, Look::Centre, follows);
                }
                None => sheet.text(row, column, Look::Centre, entry.shown()),
            }
        }
    }
}

/// Signs that some programs type, and how they are printed everywhere else.
const SIGNS: [(&str, &str); 2] = [("≧", "≥"), ("≦", "≤")];

/// A text cell with the signs that all papers have.
fn in_common_signs(cell: Expr, shown: &str) -> Expr {
    let typed = SIGNS.iter().filter(|(typed, _)| shown.contains(typed));
    typed.fold(cell, |said, (typed, printed)| {
        Expr::call(Func::Substitute, [said, Expr::text(*typed), Expr::text(*printed)])
    })
}
