//! Sheets whose rows are like the entries of a ledger though no titles say so: one that goes on with a ledger of a sheet
//! before it (programs that write old workbooks begin a new sheet where one is full), and one whose titles nobody knows.
//! Neither is passed over without a word, and no total is given of a ledger of which it may be a part.

use super::almost_form::NearSheet;
use super::figures::figure;
use super::view::{Item, View};
use crate::base::{CellRef, Number};
use crate::mapping::looks::Look;
use crate::model::{Case, Finding, FindingId, LedgerColumns};
use crate::sheet::{Sheet, Value};

/// Rows that are looked at.
const LOOKED_AT: usize = 200;
/// Cells that a row has which is more than a remark.
const FEW: usize = 3;
/// Titles that a table has at least.
const MIN_TITLES: usize = 2;
/// Rows that it has at least.
const MIN_ROWS: usize = 3;
/// A whole number from which on it is rather money than a count, where nothing says what it is.
const LIKE_MONEY: u32 = 1_000;

/// What is to be said of a sheet in which nothing is recognised; `None` where its rows are like no entries.
pub(super) fn sheet(sheet: &Sheet, cases: &[Case]) -> Option<NearSheet> {
    let view = View::new(sheet);
    continuing(&view, cases).or_else(|| unknown(&view))
}

/// A sheet without titles in whose columns stands what stands in those of a ledger.
fn continuing(view: &View<'_>, cases: &[Case]) -> Option<NearSheet> {
    let ledgers = cases.iter().flat_map(|case| &case.ledgers);
    let rows = || view.rows(0, view.last_row()).map(|(_, items)| items);
    let full: Vec<&[Item<'_>]> = rows().filter(|items| items.len() >= FEW).take(LOOKED_AT).collect();
    let goes_on = |columns: &LedgerColumns| {
        let entries = full.iter().filter(|items| is_entry(items, columns)).count();
        entries > 0 && is_most(entries, full.len())
    };
    let before = ledgers.rev().find(|ledger| goes_on(&ledger.columns))?;
    let at = rows().flatten().map(|item| item.at).next().or(CellRef::new(0, 0))?;
    let message = format!(
        "工作表“{}”没有标题行，各列却与“{}”的明细账相同，像是它的续页。没有读取，没有用它对账。",
        view.sheet.id, before.sheet
    );
    let finding = Finding::new(FindingId::SheetNotRecognised, Some(view.address(at)), message);
    Some(NearSheet::of_ledger(view.sheet.id.clone(), finding, "像是明细账的续页"))
}

fn is_entry(items: &[Item<'_>], columns: &LedgerColumns) -> bool {
    let of = |col: Option<u32>| items.iter().find(|item| Some(item.at.col()) == col);
    let amounts = [columns.debit, columns.credit, columns.amount];
    let has_amount = amounts.into_iter().filter_map(of).any(|item| match &item.cell.value {
        Value::Number(_) => true,
        Value::Text(text) => text.contains(|c: char| c.is_ascii_digit()),
        _ => item.cell.formula.is_some(),
    });
    let dated = of(columns.date).or_else(|| of(columns.month)).or_else(|| of(columns.period));
    let has_date = dated.is_some_and(|item| match &item.cell.value {
        Value::Date(_) | Value::Number(_) => true,
        Value::Text(text) => text.contains(|c: char| c.is_ascii_digit()),
        _ => false,
    });
    let has_voucher = of(columns.voucher).or_else(|| of(columns.voucher_number)).is_some();
    has_amount && (has_date || has_voucher)
}

/// A sheet with titles of which nobody knows one that matters, and under them days with numbers, or amounts of money.
fn unknown(view: &View<'_>) -> Option<NearSheet> {
    let is_title = |item: &Item<'_>| matches!(item.look(), Some(Look::Text | Look::Kind | Look::Answer));
    let (top, titles) = view
        .rows(0, view.last_row())
        .take(LOOKED_AT)
        .find(|(_, items)| items.len() >= MIN_TITLES && items.iter().all(is_title))?;
    let below = view.rows(top.checked_add(1)?, view.last_row()).map(|(_, items)| items);
    let rows: Vec<&[Item<'_>]> = below.take(LOOKED_AT).collect();
    let column =
        |is_such: &dyn Fn(&Item<'_>) -> bool| titles.iter().find(|title| is_of(&rows, title, is_such));
    let day = column(&is_day);
    let money = titles.iter().find(|title| is_of(&rows, title, &is_number) && is_money(&rows, title));
    let number = money.or_else(|| column(&is_number));
    let name = &view.sheet.id;
    let title = |item: &Item<'_>| item.cell.shown().trim().to_owned();
    let (said, at) = match (day, number, money) {
        (Some(day), Some(number), _) => {
            let columns = format!("日期（“{}”列）和数字（“{}”列）", title(day), title(number));
            (format!("每行有{columns}，标题却没有认出，不能判断是不是明细账"), day.at)
        }
        (None, _, Some(money)) => {
            let column = format!("“{}”列", title(money));
            (format!("每行像是有金额（{column}），标题却没有认出，不能判断是不是支出的明细"), money.at)
        }
        _ => return None,
    };
    let message = format!("工作表“{name}”{said}。没有采用，没有用它对账。");
    let finding = Finding::new(FindingId::SheetNotRecognised, Some(view.address(at)), message);
    // With days and money it may be a part of any ledger beside it.
    Some(match day.zip(money) {
        Some(_) => NearSheet::of_ledger(name.clone(), finding, "可能也是明细账，标题没有认出"),
        None => NearSheet::of_nothing_known(name.clone(), finding),
    })
}

/// Whether a cell holds a day.
fn is_day(item: &Item<'_>) -> bool {
    matches!(item.cell.value, Value::Date(_)) || item.look() == Some(Look::Day)
}

/// Whether it holds a plain number, or a text that is one as amounts are written.
fn is_number(item: &Item<'_>) -> bool {
    !is_day(item)
        && match item.cell.value {
            Value::Number(_) => item.look() == Some(Look::Number),
            Value::Text(_) => figure(item).is_some() && item.key.contains(['.', ',']),
            _ => false,
        }
}

/// The cells of a column that hold something.
fn under<'r, 'a>(rows: &'r [&'r [Item<'a>]], title: &Item<'_>) -> impl Iterator<Item = &'r Item<'a>> {
    let col = title.at.col();
    rows.iter().filter_map(move |items| items.iter().find(|item| item.at.col() == col))
}

/// Whether most rows hold something of the kind in a column, and no running number.
fn is_of(rows: &[&[Item<'_>]], title: &Item<'_>, is_such: &dyn Fn(&Item<'_>) -> bool) -> bool {
    let cells: Vec<&Item<'_>> = under(rows, title).filter(|item| is_such(item)).collect();
    let counted = cells.iter().enumerate().filter(|(at, item)| match &item.cell.value {
        Value::Number(number) => u32::try_from(at.saturating_add(1)).is_ok_and(|at| *number == at.into()),
        _ => false,
    });
    let counts = !cells.is_empty() && counted.count() == cells.len();
    cells.len() >= MIN_ROWS && is_most(cells.len(), rows.len()) && !counts
}

/// Whether the numbers of a column are rather money than counts or years: most have cents, or are large.
fn is_money(rows: &[&[Item<'_>]], title: &Item<'_>) -> bool {
    let numbers: Vec<Number> = under(rows, title).filter_map(figure).collect();
    let years = numbers.iter().filter(|number| is_year(**number)).count();
    let large =
        |number: &&Number| number.abs() >= Number::from(LIKE_MONEY) || number.normalize().get().scale() == 2;
    let money = numbers.iter().filter(large).count();
    is_most(money, numbers.len()) && years.saturating_mul(2) < numbers.len().max(1)
}

fn is_year(number: Number) -> bool {
    number.get().is_integer() && number >= Number::from(1_990) && number <= Number::from(2_050)
}

fn is_most(some: usize, all: usize) -> bool {
    some > 0 && some.saturating_mul(2) >= all
}
