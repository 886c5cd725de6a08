//! Spending by month against the budget, on 账务核对.

use super::accounts::{header, put};
use super::known_cells::KnownCells;
use super::sheet::{AddedSheet, BarChart, Content, Look};
use crate::base::{CellRef, RangeRef};
use crate::expr::{Expr, Value};
use crate::model::{LedgerTotals, Reconciliation};

/// Spending by month, and what has been spent so far against the budget, with a chart.
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
    let range =
        |col: u32| CellRef::new(first, col).zip(CellRef::new(last, col)).map(|(a, b)| RangeRef::new(a, b));
    let chart_at = CellRef::new(first.saturating_sub(1), 5);
    if let (Some(at), Some(labels)) = (chart_at, range(0)) {
        let series = budget.map(|_| ("预算", 3)).into_iter().chain([("累计支出", 2)]);
        sheet.charts.push(BarChart {
            at,
            title: if budget.is_some() { "累计支出与预算（元）" } else { "累计支出（元）" }.to_owned(),
            labels,
            series: series.filter_map(|(name, col)| Some((name.to_owned(), range(col)?))).collect(),
            size: (560, bars.saturating_mul(30).clamp(150, 480).saturating_add(80)),
        });
    }
    // The chart needs room beside a short list of months.
    row.max(first.saturating_add(bars.clamp(6, 20)).saturating_add(6)).saturating_add(1)
}
