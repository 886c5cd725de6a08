//! Spending by month against the budget, on 账务核对.

use super::accounts::{header, put};
use super::known_cells::KnownCells;
use super::sheet::{AddedSheet, Axis, Content, Drawing, Look};
use crate::expr::{Expr, Value};
use crate::model::{LedgerTotals, Reconciliation};

/// Spending by month, and what has been spent so far against the budget, which is drawn.
pub(super) fn months(
    sheet: &mut AddedSheet,
    book: &mut KnownCells,
    reconciliation: &Reconciliation,
    totals: &LedgerTotals,
    row: u32,
) -> u32 {
    if totals.by_month.is_empty() {
        return row;
    }
    let budget =
        reconciliation.funds.iter().find(|check| check.name.contains("预算")).map(|check| check.limit);
    let mut titles = vec!["月份", "支出（元）", "累计支出（元）"];
    titles.extend(budget.map(|_| "预算（元）"));
    let first = header(sheet, row, "各月支出", &titles);
    let mut row = first;
    for month in &totals.by_month {
        let name =
            month.month.map_or_else(|| "月份不明".to_owned(), |m| format!("{}年{}月", m.year, m.month));
        sheet.text(row, 0, Look::Centre, name);
        sheet.put(row, 1, Look::Money, Content::Number(month.spending.number()));
        if let Some(spent) = sheet.address(row, 1) {
            book.know(spent.clone(), Value::Number(month.spending.number()));
            let before =
                row.checked_sub(1).filter(|above| *above >= first).and_then(|above| sheet.address(above, 2));
            let so_far = match before {
                Some(before) => Expr::Cell(before).plus(Expr::Cell(spent)).round(2),
                None => Expr::Cell(spent),
            };
            put(sheet, book, row, 2, Look::Money, so_far);
        }
        if let Some(budget) = budget {
            sheet.put(row, 3, Look::Money, Content::Number(budget.number()));
        }
        row = row.saturating_add(1);
    }
    let last = row.saturating_sub(1);
    let bars = last.saturating_sub(first).saturating_add(1);
    let range = |column: u32| sheet.column(column, first, last);
    if let Some(labels) = range(0) {
        let series = budget.map(|_| ("预算", 3)).into_iter().chain([("累计支出", 2)]);
        let drawing = Drawing {
            title: if budget.is_some() { "累计支出与预算（元）" } else { "累计支出（元）" }.to_owned(),
            axis: Axis::Money,
            labels,
            series: series.filter_map(|(name, col)| Some((name.to_owned(), range(col)?))).collect(),
            height: bars.saturating_mul(30).clamp(150, 480).saturating_add(80),
        };
        sheet.drawings.push(drawing);
    }
    row.saturating_add(1)
}
