//! Sums of an account over the ledgers' own sheets, as formulas.

use super::ledger_cells::Condensed;
use super::view::View;
use crate::base::Number;
use crate::expr::{Expr, Func, Value, literal};
use crate::model::{AccountRole, AccountTotal, LedgerLocator, LedgerTotals};

/// Cells that all live sums together look at; beyond that a person waits for the workbook to open.
const MAX_LOOKED_AT: u64 = 100_000_000;
/// Rows that are left out of an account's sum are named one by one in its formula, up to so many.
const MAX_NAMED_ROWS: usize = 40;

/// Debits and credits of an account as formulas over the sheets of the ledgers, less the rows that are left out.
/// Whether they give what reconciling found is for the caller to see.
pub(super) fn live_sums(
    view: &View,
    totals: &LedgerTotals,
    account: &AccountTotal,
) -> Option<[Option<Expr>; 2]> {
    if !is_quick(view, totals) || !is_exact_in_doubles(account) {
        return None;
    }
    let mut sides = [None, None];
    for (number, locator) in view.case.ledgers.iter().enumerate() {
        let ledger = view.ledger_cells.get(number)?;
        if !may_hold(locator, ledger, account) {
            continue;
        }
        let out: Vec<u32> = totals
            .excluded
            .iter()
            .filter(|row| row.ledger == number && ledger.is_of(row.row, &account.code))
            .map(|row| row.row)
            .collect();
        if out.len() > MAX_NAMED_ROWS {
            return None;
        }
        let columns = ledger.columns;
        let amounts = match columns.direction {
            Some(_) => [Some((columns.debit, Some("借"))), Some((columns.debit, Some("贷")))],
            None => [Some((columns.debit, None)), columns.credit.map(|col| (col, None))],
        };
        for (side, amounts) in sides.iter_mut().zip(amounts) {
            let Some((col, direction)) = amounts else { continue };
            let sum = side_of(ledger, account, &out, col, direction)?;
            let sum = if locator.unit.factor() == 1 { sum } else { sum.times(locator.unit.factor()) };
            *side = Some(match side.take() {
                Some(before) => Expr::plus(before, sum),
                None => sum,
            });
        }
    }
    Some(sides.map(|side| side.map(|sum: Expr| sum.round(2))))
}

/// The sum of a column for an account, by direction where that says the side, less the rows that are left out.
fn side_of(
    ledger: &Condensed,
    account: &AccountTotal,
    out: &[u32],
    col: u32,
    direction: Option<&str>,
) -> Option<Expr> {
    let columns = ledger.columns;
    let key = if columns.is_code { Expr::text(literal(&account.code)) } else { Expr::text("<>") };
    let mut criteria = vec![Expr::Range(ledger.column(col)?), Expr::Range(ledger.column(columns.key)?), key];
    if let Some((of, word)) = columns.direction.zip(direction) {
        criteria.extend([Expr::Range(ledger.column(of)?), Expr::text(word)]);
    }
    let on_side = |row: u32| match columns.direction.zip(direction) {
        Some((of, word)) => *ledger.single(row, of) == Value::Text(word.to_owned()),
        None => true,
    };
    let mut sum = Expr::call(Func::SumIfs, criteria);
    for row in out.iter().copied().filter(|row| on_side(*row) && *ledger.single(*row, col) != Value::Blank) {
        sum = sum.minus(Expr::Cell(ledger.at(row, col)?));
    }
    Some(sum)
}

/// Whether the account may have entries in the ledger.
fn may_hold(locator: &LedgerLocator, ledger: &Condensed, account: &AccountTotal) -> bool {
    match &locator.account {
        _ if ledger.columns.is_code => ledger.has(&account.code),
        Some((code, _)) => *code == account.code,
        None => true,
    }
}

/// Whether a spreadsheet program adds all sums up without its user waiting.
fn is_quick(view: &View, totals: &LedgerTotals) -> bool {
    let accounts = totals.by_account.iter().filter(|account| account.role == AccountRole::Spending).count();
    let ledgers = (0..view.case.ledgers.len()).filter_map(|number| view.ledger_cells.get(number));
    let rows = ledgers.map(Condensed::height).fold(0, u64::saturating_add);
    let sums = u64::try_from(accounts).unwrap_or(u64::MAX).saturating_mul(2);
    rows.saturating_mul(sums) <= MAX_LOOKED_AT
}

/// Whether doubles, added one by one as a spreadsheet program may, come to the same 分. Each addition errs by half a
/// unit of the sum's last place at most, either way; ten times what so many errors usually come to must be less than
/// half a 分: sum × √entries < 4.5 × 10¹².
fn is_exact_in_doubles(account: &AccountTotal) -> bool {
    let largest = account.sums.debit.number().abs().max(account.sums.credit.number().abs());
    let root = u32::try_from(account.sums.count.isqrt().saturating_add(1)).map(Number::from);
    let limit = Number::from(4_500_000).times(Number::from(1_000_000));
    let size = root.ok().and_then(|root| largest.times(root));
    size.zip(limit).is_some_and(|(size, limit)| size < limit)
}
