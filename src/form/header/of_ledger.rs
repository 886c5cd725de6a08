//! Whether the content of a ledger's column bears out a title that was read from its words; what a mapping lists is tried
//! row by row where the ledger is read.

use super::{Header, HeaderColumn, Search};
use crate::base::Number;
use crate::form::figures::figure;
use crate::form::view::Item;
use crate::mapping::looks::Look;
use crate::mapping::{COMPOSED, Column};
use crate::words::{self, Class};

/// Rows below a header that are looked at.
const ROWS: u32 = 200;
/// Digits that no amount has without a point, and codes have.
const CODE_DIGITS: usize = 12;

impl Search<'_, '_> {
    /// Takes the composed columns of a ledger out whose content contradicts their title. A balance that does not run with
    /// the entries is another one (可用余额): it contradicts nothing, and is not read.
    pub(super) fn without_contradicted_of_ledger(&self, header: &mut Header) {
        let balance = header.get(Column::Balance).filter(|column| column.rank >= COMPOSED);
        let apart = balance.filter(|column| !self.runs(header, column)).map(|column| column.at);
        let (kept, out): (Vec<HeaderColumn>, Vec<HeaderColumn>) = std::mem::take(&mut header.columns)
            .into_iter()
            .partition(|column| column.rank < COMPOSED || !self.contradicts(header.bottom, column));
        let (aside, kept) = kept.into_iter().partition(|column| Some(column.at) == apart);
        header.columns = kept;
        header.contradicted = out;
        header.aside.extend::<Vec<HeaderColumn>>(aside);
    }

    fn contradicts(&self, bottom: u32, column: &HeaderColumn) -> bool {
        let cells = self.filled(bottom, column);
        let mostly = |like: &dyn Fn(&Item<'_>) -> bool| {
            let count = cells.iter().filter(|item| like(item)).count();
            count >= 2 && count.saturating_mul(2) > cells.len()
        };
        let no_digits = |item: &Item<'_>| !item.cell.shown().chars().any(|c| c.is_ascii_digit());
        match column.column {
            Column::Date => mostly(&no_digits) || mostly(&is_broken),
            Column::Month | Column::Period | Column::AccountCode => mostly(&no_digits) || mostly(&is_broken),
            Column::Debit | Column::Credit | Column::Amount => {
                mostly(&|item| figure(item).is_none()) || mostly(&is_code)
            }
            Column::Direction => mostly(&|item| !words::of(Class::EntrySides).begins(&item.key)),
            Column::Summary | Column::AccountName | Column::Economic | Column::Project => mostly(&is_broken),
            _ => false,
        }
    }

    /// Whether a balance is the one before plus what its row adds, on most rows where that can be told.
    fn runs(&self, header: &Header, balance: &HeaderColumn) -> bool {
        let col = |column: Column| header.get(column).map(|column| column.col);
        let sides = [col(Column::Debit), col(Column::Credit)];
        let amount = if sides == [None, None] { col(Column::Amount) } else { None };
        let at = |row: u32, col: Option<u32>| col.and_then(|col| self.view.shown(row, col)).and_then(figure);
        let (mut before, mut held, mut tried) = (None, 0_usize, 0_usize);
        let below = header.bottom.saturating_add(1);
        for (row, _) in self.view.rows(below, below.saturating_add(ROWS)) {
            let Some(now) = at(row, Some(balance.col)) else { continue };
            let [debit, credit] = sides.map(|side| at(row, side));
            let net = match (debit.or(at(row, amount)), credit) {
                (None, None) => None,
                (debit, credit) => debit.unwrap_or_default().minus(credit.unwrap_or_default()),
            };
            if let Some((before, net)) = before.zip(net).filter(|(_, net): &(Number, Number)| !net.is_zero())
            {
                tried = tried.saturating_add(1);
                held = held.saturating_add(usize::from(before.plus(net) == Some(now)));
            }
            before = Some(now);
        }
        held >= 2 && held.saturating_mul(2) > tried
    }

    fn filled(&self, bottom: u32, column: &HeaderColumn) -> Vec<&Item<'_>> {
        let below = bottom.saturating_add(1);
        let rows = self.view.rows(below, below.saturating_add(ROWS));
        let cells = rows.flat_map(|(_, items)| items).filter(|item| item.at.col() == column.col);
        // A page repeats its titles.
        cells.filter(|item| item.look().is_some() && item.cell.shown() != column.title).collect()
    }
}

/// A number with a broken part, as amounts are and days are not.
fn is_broken(item: &Item<'_>) -> bool {
    item.look() == Some(Look::Number) && figure(item).is_some_and(|number| !number.get().is_integer())
}

/// An account or card number.
fn is_code(item: &Item<'_>) -> bool {
    figure(item).is_some_and(|number| {
        number.get().is_integer() && number.get().abs().to_string().len() >= CODE_DIGITS
    })
}
