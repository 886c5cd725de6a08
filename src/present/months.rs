//! Spending by month, on 账务核对.

use super::accounts::{header, put};
use super::known_cells::KnownCells;
use super::sheet::{AddedSheet, Axis, Content, Drawing, Look};
use crate::base::Number;
use crate::expr::{Expr, Value};
use crate::model::{LedgerTotals, Reconciliation, YearMonth};

/// Months that are listed with those in which nothing was spent; dates further apart are faults of dates.
const MAX_MONTHS: usize = 60;

/// Spending by month, and what has been spent so far, which is drawn.
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
    for (month, spending) in without_gaps(totals) {
        let name = month.map_or_else(|| "月份不明".to_owned(), |m| format!("{}年{}月", m.year, m.month));
        sheet.text(row, 0, Look::Centre, name);
        sheet.put(row, 1, Look::Money, Content::Number(spending));
        if let Some(spent) = sheet.address(row, 1) {
            book.know(spent.clone(), Value::Number(spending));
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
        let ten_thousands = budget.and_then(|budget| budget.number().over(Number::from(10_000)));
        let beside = ten_thousands.map(|budget| format!("；预算{budget}万元")).unwrap_or_default();
        let drawing = Drawing {
            title: format!("累计支出（万元{beside}）"),
            axis: Axis::Money,
            labels,
            series: range(2).map(|spent| ("累计支出".to_owned(), spent)).into_iter().collect(),
            height: bars.saturating_mul(22).clamp(120, 480).saturating_add(80),
        };
        sheet.drawings.push(drawing);
    }
    row.saturating_add(1)
}

/// The months from the first to the last, also those in which nothing was spent: a month that is missing looks like one that
/// was not read.
fn without_gaps(totals: &LedgerTotals) -> Vec<(Option<YearMonth>, Number)> {
    let mut all: Vec<(Option<YearMonth>, Number)> = Vec::new();
    for one in &totals.by_month {
        let mut next = all.last().and_then(|(month, _)| *month).and_then(following);
        while let Some(month) = next.filter(|next| one.month.is_some_and(|month| *next < month)) {
            if all.len() >= MAX_MONTHS {
                break;
            }
            all.push((Some(month), Number::ZERO));
            next = following(month);
        }
        all.push((one.month, one.spending.number()));
    }
    all
}

/// The month behind one.
fn following(month: YearMonth) -> Option<YearMonth> {
    match month {
        YearMonth { year, month: 12 } => Some(YearMonth { year: year.checked_add(1)?, month: 1 }),
        YearMonth { year, month } => Some(YearMonth { year, month: month.checked_add(1)? }),
    }
}
