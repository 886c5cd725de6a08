//! Holds subtotal rows and running balances against what the entries add up to.
//!
//! A package prints subtotals for the month, the year, one account or all of them; a row is right when it equals
//! any sum that its label can mean. Sums go on from sheet to sheet, so a ledger split over sheets verifies as one.

use std::collections::HashMap;

use super::line::{Kind, Line};
use crate::base::Yuan;
use crate::model::YearMonth;

/// Debits and credits so far, closing entries apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Running {
    debit: Yuan,
    credit: Yuan,
    closing_debit: Yuan,
    closing_credit: Yuan,
    count: u64,
}

impl Running {
    fn add(&mut self, debit: Yuan, credit: Yuan, closing: bool) -> Option<()> {
        self.debit = self.debit.plus(debit)?;
        self.credit = self.credit.plus(credit)?;
        if closing {
            self.closing_debit = self.closing_debit.plus(debit)?;
            self.closing_credit = self.closing_credit.plus(credit)?;
        }
        self.count = self.count.saturating_add(1);
        Some(())
    }
}

/// A subtotal's amounts where they are not what the entries add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// 借方 that the entries give.
    pub debit: Yuan,
    /// 贷方 that the entries give.
    pub credit: Yuan,
}

/// The verdict on a subtotal row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subtotal {
    /// It equals a running sum.
    Holds,
    /// It has no amounts to verify.
    Nothing,
    /// It differs; this is what its label most likely means.
    Differs(Expected),
}

#[derive(Debug, Default)]
struct AccountRun {
    month: Option<YearMonth>,
    in_month: Running,
    in_all: Running,
    balance: Option<Yuan>,
    stated: Option<Yuan>,
}

/// The running sums and balances.
#[derive(Debug, Default)]
pub struct Verifier {
    since_month: Running,
    since_other: Running,
    section: Running,
    chain: Running,
    month: Option<YearMonth>,
    in_month: Running,
    first_month: Option<YearMonth>,
    /// What the year had before the first entry, where the export begins later than January.
    before: Option<(Yuan, Yuan)>,
    accounts: HashMap<usize, AccountRun>,
    account: Option<usize>,
    balance: Option<Yuan>,
    stated: Option<Yuan>,
    overall: bool,
    reversed: bool,
    oriented: bool,
    /// How far rounding alone may put a subtotal off, per entry (ledgers kept in 万元).
    pub rounding: Yuan,
}

impl Verifier {
    /// Begins a ledger sheet. Without an account of its own, or with the same one, it continues the sheet before.
    pub fn begin(&mut self, continues: bool) {
        if !continues {
            let rounding = self.rounding;
            *self = Self { rounding, ..Self::default() };
        }
    }

    /// Begins a section: an opening row. A sheet may print one for each month, so the year's sum goes on.
    pub fn open(&mut self, balance: Option<Yuan>) {
        self.section = Running::default();
        self.since_other = Running::default();
        self.since_month = Running::default();
        self.balance = balance;
        self.stated = balance;
        self.overall = false;
        for run in self.accounts.values_mut() {
            run.balance = None;
            run.stated = None;
        }
    }

    /// Takes a posted row. `account` is its number in the tally. Returns whether its balance holds, or `None`
    /// when a sum leaves the exact range.
    pub fn post(&mut self, line: &Line<'_>, account: usize) -> Option<bool> {
        let debit = line.debit.unwrap_or_default();
        let credit = line.credit.unwrap_or_default();
        let closing = line.kind == Kind::Closing;
        if line.month != self.month {
            self.month = line.month;
            self.in_month = Running::default();
        }
        self.first_month = self.first_month.or(line.month);
        self.account = Some(account);
        let run = self.accounts.entry(account).or_default();
        if run.month != line.month {
            run.month = line.month;
            run.in_month = Running::default();
        }
        run.in_month.add(debit, credit, closing)?;
        run.in_all.add(debit, credit, closing)?;
        for running in [
            &mut self.since_month,
            &mut self.since_other,
            &mut self.section,
            &mut self.chain,
            &mut self.in_month,
        ] {
            running.add(debit, credit, closing)?;
        }
        Some(self.follow_balance(line, account, debit.minus(credit)?))
    }

    /// Whether the stated balance follows from an earlier one: from our own sum, or from the one stated before (so
    /// that one wrong balance is one finding), over all rows or over those of the same account.
    fn follow_balance(&mut self, line: &Line<'_>, account: usize, net: Yuan) -> bool {
        let signed = if self.reversed { Yuan::ZERO.minus(net).unwrap_or(net) } else { net };
        let run = self.accounts.entry(account).or_default();
        let known = self.balance.is_some();
        let new_account = run.balance.is_none();
        let then = |base: Option<Yuan>| base.and_then(|b| b.plus(signed));
        let overall = [then(self.balance), then(self.stated)];
        let own = [then(run.balance), then(run.stated)];
        self.balance = overall[0];
        run.balance = own[0];
        let Some(stated) = line.balance else {
            self.stated = overall[1];
            run.stated = own[1];
            return true;
        };
        self.stated = Some(stated);
        run.stated = Some(stated);
        if overall.contains(&Some(stated)) {
            self.overall |= !own.contains(&Some(stated));
            self.oriented |= !net.is_zero();
            run.balance = Some(stated);
            return true;
        }
        if own.contains(&Some(stated)) {
            self.oriented |= !net.is_zero();
            return true;
        }
        // A credit account without a direction column counts the other way round.
        if !self.oriented && known {
            let other = self.balance.and_then(|b| b.minus(net)).and_then(|b| b.minus(net));
            if other == Some(stated) {
                (self.reversed, self.oriented) = (true, true);
                self.balance = Some(stated);
                run.balance = Some(stated);
                return true;
            }
        }
        let adopt = !known || (new_account && !self.overall);
        if !known {
            self.balance = Some(stated);
        }
        if new_account {
            run.balance = Some(stated);
        }
        adopt
    }

    /// Whether the balance of a subtotal row is the running one (0 and blank say nothing).
    pub fn balance_holds(&self, line: &Line<'_>) -> bool {
        let Some(stated) = line.balance.filter(|b| !b.is_zero()) else { return true };
        let known: Vec<Yuan> = [self.balance, self.stated]
            .into_iter()
            .chain(
                self.account
                    .and_then(|a| self.accounts.get(&a))
                    .into_iter()
                    .flat_map(|r| [r.balance, r.stated]),
            )
            .flatten()
            .collect();
        known.is_empty() || known.contains(&stated)
    }

    /// Verifies a subtotal row and begins what comes after it.
    pub fn subtotal(&mut self, line: &Line<'_>) -> Subtotal {
        let run = self.account.and_then(|account| self.accounts.get(&account));
        let (own_month, own_all) = run.map_or((self.in_month, self.chain), |run| (run.in_month, run.in_all));
        let same_month = line.month.is_none() || line.month == self.month;
        let in_month = if same_month { self.in_month } else { Running::default() };
        let candidates: &[Running] = match line.kind {
            Kind::MonthTotal => &[self.since_month, in_month, own_month],
            Kind::YearTotal => &[self.chain, self.section, own_all],
            _ => {
                &[self.since_other, self.since_month, self.section, self.chain, in_month, own_month, own_all]
            }
        };
        let mut verdict = if line.debit.is_none() && line.credit.is_none() {
            Subtotal::Nothing
        } else if candidates.iter().any(|running| self.equals(line, running)) {
            Subtotal::Holds
        } else {
            let first = candidates.first().copied().unwrap_or_default();
            Subtotal::Differs(Expected { debit: first.debit, credit: first.credit })
        };
        if line.kind == Kind::YearTotal
            && matches!(verdict, Subtotal::Differs(_))
            && self.holds_with_earlier(line)
        {
            verdict = Subtotal::Holds;
        }
        match line.kind {
            Kind::MonthTotal => {
                self.since_month = Running::default();
                self.since_other = Running::default();
            }
            Kind::OtherTotal | Kind::PerhapsTotal if verdict == Subtotal::Holds => {
                self.since_other = Running::default();
            }
            _ => {}
        }
        verdict
    }

    /// An export that begins after January has months before it in 本年累计; the first such row says how much, and
    /// the later ones are held against it.
    fn holds_with_earlier(&mut self, line: &Line<'_>) -> bool {
        if self.first_month.is_none_or(|first| first.month == 1) {
            return false;
        }
        let stated = (line.debit.unwrap_or_default(), line.credit.unwrap_or_default());
        let before = stated.0.minus(self.chain.debit).zip(stated.1.minus(self.chain.credit));
        match (self.before, before) {
            (None, Some((debit, credit))) if !debit.is_negative() && !credit.is_negative() => {
                self.before = Some((debit, credit));
                true
            }
            (Some(known), Some(now)) => known == now,
            _ => false,
        }
    }

    fn equals(&self, line: &Line<'_>, running: &Running) -> bool {
        let near = |stated: Option<Yuan>, sum: Option<Yuan>| match (stated, sum) {
            (None, _) => true,
            (Some(stated), Some(sum)) => stated == sum || self.within_rounding(stated, sum, running.count),
            (Some(_), None) => false,
        };
        let net = running.debit.minus(running.credit);
        (near(line.debit, Some(running.debit)) && near(line.credit, Some(running.credit)))
            || (near(line.debit, running.debit.minus(running.closing_debit))
                && near(line.credit, running.credit.minus(running.closing_credit)))
            || (line.credit.is_none_or(Yuan::is_zero) && line.debit.is_some() && near(line.debit, net))
    }

    fn within_rounding(&self, stated: Yuan, sum: Yuan, count: u64) -> bool {
        if self.rounding.is_zero() {
            return false;
        }
        let entries = u32::try_from(count.saturating_add(1)).unwrap_or(u32::MAX);
        let allowed = self.rounding.number().times(crate::base::Number::from(entries));
        let apart = stated.minus(sum).map(|d| d.number().abs());
        apart.zip(allowed).is_some_and(|(apart, allowed)| apart <= allowed)
    }
}
