//! What came off on 评分结果单, and what waits: an indicator a row.

use super::{LOST, REASON, SCORE, WEIGHT, formula_across, span, words};
use crate::base::{CellRef, RangeAt, RangeRef};
use crate::expr::{Expr, Func, Value, join};
use crate::model::TO_DECIDE;
use crate::present::accounts::{put, section};
use crate::present::detail::Layout;
use crate::present::known_cells::KnownCells;
use crate::present::pages::Pages;
use crate::present::sheet::{AddedSheet, Look};
use crate::present::view::View;
use crate::present::waiting::Waiting;

/// What came off, and what waits; and what comes off by a change after the run.
pub(super) fn deductions(
    sheet: &mut AddedSheet,
    view: &View,
    layout: &Layout,
    (book, open, pages): (&mut KnownCells, &Waiting, &mut Pages),
    row: u32,
) -> u32 {
    let results = view.scored.card.indicators.iter().enumerate();
    let lost = results.filter(|(index, result)| {
        result.score.is_none()
            || open.holds(*index)
            || result.deduction().is_some_and(|lost| !lost.is_zero() && !lost.is_negative())
    });
    let lost: Vec<usize> = lost.map(|(index, _)| index).collect();
    let waits =
        view.scored.card.indicators.iter().any(|result| result.score.is_none()) || open.points().0 > 0;
    let heading = if waits { format!("扣分和{TO_DECIDE}的指标") } else { "扣分的指标".to_owned() };
    let mut row = section(sheet, row, &heading);
    let all = layout.deductions().map(|range| Expr::call(Func::Sum, [Expr::Range(range)]).round(2));
    let all = all.unwrap_or_else(|| Expr::from(0));
    let later =
        |points: Expr| join([Expr::text("评分以后的改动另扣"), points, Expr::text("分，见“评分明细”。")]);
    if lost.is_empty() {
        let none = all.clone().equals(0).choose(Expr::text("评分时没有扣分和待核定的指标。"), later(all));
        formula_across(sheet, book, row, Look::Text, none);
        return row.saturating_add(2);
    }
    let head = row.saturating_sub(1);
    titles_of_lost(sheet, book, row);
    let first = row.saturating_add(1);
    for index in lost {
        row = row.saturating_add(1);
        lost_row(sheet, view, layout, book, (row, index));
        if pages.ends(sheet, (head, head.saturating_add(2)), row) {
            titles_of_lost(sheet, book, row);
            row = row.saturating_add(1);
            lost_row(sheet, view, layout, book, (row, index));
        }
    }
    let listed = CellRef::new(first, LOST).zip(CellRef::new(row, LOST)).map(|(first, last)| {
        let range = RangeAt { sheet: sheet.name.clone().into(), range: RangeRef::new(first, last) };
        Expr::call(Func::Sum, [Expr::Range(range)]).round(2)
    });
    row = row.saturating_add(1);
    let Some(listed) = listed else { return row };
    span(sheet, row, (0, 3), Look::TotalLabel, words("扣分合计"));
    put(sheet, book, row, LOST, Look::Total, listed.clone());
    let more = all.clone().equals(listed.clone());
    let more = more.choose(Expr::text(""), later(all.minus(listed).round(2)));
    span(sheet, row, REASON, Look::Text, book.formula(more));
    row.saturating_add(2)
}

fn titles_of_lost(sheet: &mut AddedSheet, book: &mut KnownCells, row: u32) {
    for (column, title) in (0_u32..).zip(["指标", "", "分值", "得分", "扣分"]) {
        sheet.text(row, column, Look::Header, title);
        if let Some(at) = sheet.address(row, column) {
            book.know(at, Value::Text(title.to_owned()));
        }
    }
    sheet.merge_row(row, 0, 1);
    span(sheet, row, REASON, Look::Header, words("原因"));
}

/// What came off an indicator, or why it waits.
fn lost_row(
    sheet: &mut AddedSheet,
    view: &View,
    layout: &Layout,
    book: &mut KnownCells,
    (row, index): (u32, usize),
) {
    let name = view.scored.card.indicators.get(index).map(|result| result.name.clone()).unwrap_or_default();
    span(sheet, row, (0, 1), Look::Text, words(&name));
    let columns = [(WEIGHT, Look::Points), (SCORE, Look::Points), (LOST, Look::Deduction)];
    for ((column, look), cell) in columns.into_iter().zip(layout.figures(index)) {
        put(sheet, book, row, column, look, cell.map_or_else(|| Expr::text(""), Expr::Cell));
    }
    let note = layout.note(index).map_or_else(|| Expr::text(""), Expr::Cell);
    let note = note.clone().equals(Expr::text("")).choose(Expr::text(""), note);
    span(sheet, row, REASON, Look::Text, book.formula(note));
}
