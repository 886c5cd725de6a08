//! Deposits (押金, 保证金): what was paid and came back is no spending.
//!
//! A returned deposit and a paid one of the same amount cancel. A return without a payment gives back an earlier
//! year's money and is not subtracted; a payment without a return is money out and counts. Where both are left
//! over, part of one may belong to the other, and nothing is guessed.

use super::line::LedgerLine;
use super::pairs::EntryPlace;
use crate::base::Yuan;
use crate::model::YearMonth;

/// A deposit row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deposit {
    /// Where it stands.
    pub place: EntryPlace,
    /// Its account's number in the tally.
    pub account: usize,
    /// Its month.
    pub month: Option<YearMonth>,
    /// Paid above zero, returned below.
    pub net: Yuan,
}

/// Deposit rows of all ledgers.
#[derive(Debug, Default)]
pub struct Deposits {
    rows: Vec<Deposit>,
    overflow: bool,
}

/// What becomes of the deposit rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Rows that do not count.
    pub excluded: Vec<Deposit>,
    /// Payments that did not come back: they count.
    pub counted: Vec<Deposit>,
    /// The first row where payments and returns of different amounts are left over.
    pub unclear: Option<EntryPlace>,
}

/// Deposit rows of a ledger that are told apart at most; more is no ledger of spending.
const MAX_DEPOSITS: usize = 100_000;

impl Deposits {
    /// Takes a deposit row; `None` when its amount leaves the exact range.
    pub fn take(&mut self, line: &LedgerLine<'_>, ledger: usize, account: usize) -> Option<()> {
        let net = line.net()?;
        if self.rows.len() >= MAX_DEPOSITS {
            self.overflow = true;
        } else {
            self.rows.push(Deposit { place: (ledger, line.row), account, month: line.month, net });
        }
        Some(())
    }

    /// Settles the deposits of the accounts that count.
    pub fn pair_returns(self, counts: impl Fn(usize) -> bool) -> Settled {
        let mut settled = Settled::default();
        let (mut paid, mut returned): (Vec<Deposit>, Vec<Deposit>) =
            self.rows.into_iter().filter(|row| counts(row.account)).partition(|row| !row.net.is_negative());
        let size = |row: &Deposit| row.net.number().abs();
        paid.sort_by_key(|row| (size(row), row.place));
        returned.sort_by_key(|row| (size(row), row.place));
        let mut returned = returned.into_iter().peekable();
        let mut loose: Vec<Deposit> = Vec::new();
        for payment in paid {
            while let Some(back) = returned.next_if(|back| size(back) < size(&payment)) {
                loose.push(back);
            }
            if let Some(back) = returned.next_if(|back| size(back) == size(&payment)) {
                settled.excluded.push(back);
                settled.excluded.push(payment);
            } else {
                settled.counted.push(payment);
            }
        }
        loose.extend(returned);
        if self.overflow || (!loose.is_empty() && !settled.counted.is_empty()) {
            settled.unclear = settled.counted.iter().map(|row| row.place).min().or(Some((0, 0)));
        }
        settled.excluded.extend(loose);
        settled.excluded.sort_by_key(|row| row.place);
        settled.counted.sort_by_key(|row| row.place);
        settled
    }
}
