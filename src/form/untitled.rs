//! A sheet without titles that goes on with the ledger of a sheet before it: programs that write old workbooks begin a new
//! sheet where one is full.

use super::almost_form::NearSheet;
use super::view::{Item, View};
use crate::base::CellRef;
use crate::model::{Case, Finding, FindingId, LedgerColumns};
use crate::sheet::{Sheet, Value};

/// Rows that are looked at.
const LOOKED_AT: usize = 200;
/// Cells that a row has which is more than a remark.
const FEW: usize = 3;

/// What is to be said of the sheet; `None` where it is no more of a ledger of these cases than anything else.
pub(super) fn sheet(sheet: &Sheet, cases: &[Case]) -> Option<NearSheet> {
    let view = View::new(sheet);
    let ledgers = cases.iter().flat_map(|case| &case.ledgers);
    let before = ledgers.rev().find(|ledger| goes_on(&view, &ledger.columns))?;
    let first = view.rows(0, view.last_row()).flat_map(|(_, items)| items).map(|item| item.at).next();
    let at = first.or(CellRef::new(0, 0))?;
    let message = format!(
        "工作表“{}”没有标题行，各列却与“{}”的明细账相同，像是它的续页。没有读取，没有用它对账。",
        sheet.id, before.sheet
    );
    let finding = Finding::new(FindingId::SheetNotRecognised, Some(view.address(at)), message);
    Some(NearSheet::of_ledger(sheet.id.clone(), finding))
}

/// Whether the rows of a sheet are entries in the columns of a ledger: an amount, and when or on which voucher.
fn goes_on(view: &View<'_>, columns: &LedgerColumns) -> bool {
    let (mut rows, mut entries) = (0_usize, 0_usize);
    for (_, items) in view.rows(0, view.last_row()).filter(|(_, items)| items.len() >= FEW).take(LOOKED_AT) {
        rows = rows.saturating_add(1);
        entries = entries.saturating_add(usize::from(is_entry(items, columns)));
    }
    entries > 0 && entries.saturating_mul(2) >= rows
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
