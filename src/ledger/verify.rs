//! Holds subtotal rows and running balances against what the entries add up to.
//!
//! A package prints subtotals for the month, the year, one account or all of them; a row is right when it equals
//! any sum that its label can mean. Sums go on from sheet to sheet, so a ledger split over sheets verifies as one.

use super::line::{Kind, LedgerLine};
use super::running::{Expected, Running, Stated};
use crate::base::{Number, Yuan};
use crate::model::{MoneyUnit, YearMonth};

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

/// The sums of one account.
#[derive(Debug, Default)]
struct AccountRun {
    month: Option<YearMonth>,
    total: Running,
    /// The total when its month began.
    at_month: Running,
    balance: Option<Yuan>,
    stated: Option<Yuan>,
}

/// The running sums and balances. Sums since some row are the total less what it was at that row.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Verifier {
    total: Running,
    /// The totals of the accounts before this one.
    others: Running,
    /// The total at the last month total, at the last subtotal, at the last opening row, when the sheet and the month began.
    at_month_total: Running,
    at_other_total: Running,
    at_opening: Running,
    at_sheet: Running,
    at_month: Running,
    month: Option<YearMonth>,
    first_month: Option<YearMonth>,
    /// What the year had before the first entry, where the export begins later than January.
    before: Option<(Yuan, Yuan)>,
    accounts: Vec<AccountRun>,
    account: usize,
    balance: Option<Yuan>,
    stated: Option<Yuan>,
    overall: bool,
    reversed: bool,
    oriented: bool,
    /// Whether no balance of the sheet was seen yet.
    begins: bool,
    grain: Grain,
}

/// How finely a ledger in 万元 writes its amounts: its subtotals may be off by the rounding of each entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Grain {
    /// To the 分, or the ledger is in 元.
    #[default]
    Exact,
    /// All amounts so far are multiples of this many 元.
    Of(u32),
}

impl Verifier {
    /// Begins a ledger sheet. Without an account of its own, or with the same one, it continues the sheet before.
    pub fn begin(&mut self, continues: bool, unit: MoneyUnit) {
        if !continues {
            // A total below all accounts covers those before this one too.
            let others = self.others.with(&self.total).unwrap_or_default();
            *self = Self { others, ..Self::default() };
        }
        self.at_sheet = self.total;
        self.begins = true;
        self.grain = match unit {
            MoneyUnit::Yuan => Grain::Exact,
            // Two places after the point.
            _ => Grain::Of(unit.factor().checked_div(100).unwrap_or(1)),
        };
    }

    /// Begins a section: an opening row. A sheet may print one for each month, so the year's sum goes on.
    pub fn open(&mut self, balance: Option<Yuan>) {
        self.at_opening = self.total;
        self.at_other_total = self.total;
        self.at_month_total = self.total;
        self.balance = balance;
        self.stated = balance;
        self.overall = false;
        for run in &mut self.accounts {
            run.balance = None;
            run.stated = None;
        }
    }

    /// Takes the balance of a row without amounts of ours (the income column of a cash book): later balances may
    /// follow from it.
    pub fn restate(&mut self, balance: Option<Yuan>) {
        if balance.is_some() {
            self.stated = balance;
            self.overall = false;
        }
    }

    /// Takes a posted row. `account` is its number in the tally. Returns whether its balance holds, or `None`
    /// when a sum leaves the exact range.
    pub fn post(&mut self, line: &LedgerLine<'_>, account: usize) -> Option<bool> {
        let debit = line.debit.unwrap_or_default();
        let credit = line.credit.unwrap_or_default();
        let closing = line.kind == Kind::Closing;
        self.enter_month(line);
        if account >= self.accounts.len() {
            self.accounts.resize_with(account.checked_add(1)?, AccountRun::default);
        }
        let run = self.accounts.get_mut(account)?;
        if run.month != line.month {
            run.month = line.month;
            run.at_month = run.total;
        }
        run.total.add(debit, credit, closing)?;
        self.total.add(debit, credit, closing)?;
        self.account = account;
        if let Grain::Of(grain) = self.grain {
            self.refine(grain, debit, credit);
        }
        let net = if credit.is_zero() { debit } else { debit.minus(credit)? };
        self.follow_balance(line, account, net)
    }

    /// Begins the month of a row.
    fn enter_month(&mut self, line: &LedgerLine<'_>) {
        if line.month != self.month {
            self.month = line.month;
            self.at_month = self.total;
            self.first_month = self.first_month.or(line.month);
        }
    }

    /// Takes a row that was returned or void: the ledger's own sums and balances may be with it or without it.
    pub fn void(&mut self, line: &LedgerLine<'_>) -> Option<()> {
        self.enter_month(line);
        self.total.add_void(line.debit.unwrap_or_default(), line.credit.unwrap_or_default())?;
        self.restate(line.balance);
        Some(())
    }

    fn refine(&mut self, grain: u32, debit: Yuan, credit: Yuan) {
        let fits = |amount: Yuan| {
            let steps = amount.number().over(Number::from(grain));
            amount.is_zero() || steps.is_some_and(|steps| steps.floor() == steps)
        };
        if !(fits(debit) && fits(credit)) {
            let finer = grain.checked_div(10).unwrap_or(0);
            self.grain = if finer == 0 { Grain::Exact } else { Grain::Of(finer) };
            if let Grain::Of(finer) = self.grain {
                self.refine(finer, debit, credit);
            }
        }
    }

    /// Whether the stated balance follows from an earlier one: from our own sum, or from the one stated before (so
    /// that one wrong balance is one finding), over all rows or over those of the same account.
    fn follow_balance(&mut self, line: &LedgerLine<'_>, account: usize, net: Yuan) -> Option<bool> {
        let signed = if self.reversed { Yuan::ZERO.minus(net)? } else { net };
        let then = |base: Option<Yuan>| base.and_then(|base| base.plus(signed));
        let begins = line.balance.is_some() && std::mem::take(&mut self.begins);
        let run = self.accounts.get_mut(account)?;
        let sum = then(self.balance);
        if line.balance.is_some() && line.balance == sum && self.overall {
            (self.balance, self.stated) = (sum, sum);
            (run.balance, run.stated) = (sum, sum);
            return Some(true);
        }
        let known = self.balance.is_some();
        let new_account = run.balance.is_none();
        let overall = [sum, then(self.stated)];
        let own = [then(run.balance), then(run.stated)];
        self.balance = overall[0];
        run.balance = own[0];
        let Some(stated) = line.balance else {
            self.stated = overall[1];
            run.stated = own[1];
            return Some(true);
        };
        self.stated = Some(stated);
        run.stated = Some(stated);
        // A sheet may count from nothing again.
        if begins && stated == signed {
            (self.balance, run.balance) = (Some(stated), Some(stated));
            return Some(true);
        }
        if overall.contains(&Some(stated)) {
            self.overall |= !own.contains(&Some(stated));
            self.oriented |= !net.is_zero();
            run.balance = Some(stated);
            return Some(true);
        }
        if own.contains(&Some(stated)) {
            self.oriented |= !net.is_zero();
            return Some(true);
        }
        // A credit account without a direction column counts the other way round.
        if !self.oriented && known {
            let other = self.balance.and_then(|sum| sum.minus(net)).and_then(|sum| sum.minus(net));
            if other == Some(stated) {
                (self.reversed, self.oriented) = (true, true);
                self.balance = Some(stated);
                run.balance = Some(stated);
                return Some(true);
            }
        }
        let adopt = !known || (new_account && !self.overall);
        if !known {
            self.balance = Some(stated);
        }
        if new_account {
            run.balance = Some(stated);
        }
        Some(adopt)
    }

    /// Whether the balance of a subtotal row is the running one (0 and blank say nothing).
    pub fn balance_holds(&self, line: &LedgerLine<'_>) -> bool {
        let Some(stated) = line.balance.filter(|b| !b.is_zero()) else { return true };
        let own = self.accounts.get(self.account).map_or([None; 2], |run| [run.balance, run.stated]);
        let known: Vec<Yuan> = [self.balance, self.stated].into_iter().chain(own).flatten().collect();
        known.is_empty() || known.contains(&stated)
    }

    /// Verifies a subtotal row and begins what comes after it.
    pub fn subtotal(&mut self, line: &LedgerLine<'_>) -> Subtotal {
        let since = |earlier: &Running| self.total.since(earlier);
        let (own_month, own_all) = match self.accounts.get(self.account) {
            Some(run) => (run.total.since(&run.at_month), run.total),
            None => (since(&self.at_month), self.total),
        };
        let same_month = line.month.is_none() || line.month == self.month;
        let in_month = if same_month { since(&self.at_month) } else { Running::default() };
        let since_month_total = since(&self.at_month_total);
        let section = since(&self.at_opening);
        let everything = self.everything();
        let of_sheet = since(&self.at_sheet);
        // A month that the sheet before began may be summed up for each sheet.
        let in_sheet = if self.at_sheet.count > self.at_month.count { of_sheet } else { in_month };
        let candidates: &[Running] = match line.kind {
            Kind::MonthTotal => &[since_month_total, in_month, own_month, in_sheet],
            Kind::YearTotal => &[self.total, section, own_all, everything, of_sheet],
            _ => &[
                since(&self.at_other_total),
                since_month_total,
                section,
                self.total,
                in_month,
                own_month,
                own_all,
                everything,
                of_sheet,
            ],
        };
        let mut verdict = if line.debit.is_none() && line.credit.is_none() {
            Subtotal::Nothing
        } else if candidates.iter().any(|running| self.equals(Stated::of(line), running)) {
            Subtotal::Holds
        } else {
            // Nothing above: it stands over its entries, and what they come to is seen at the end.
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
                self.at_month_total = self.total;
                self.at_other_total = self.total;
            }
            Kind::OtherTotal | Kind::PerhapsTotal if verdict == Subtotal::Holds => {
                self.at_other_total = self.total;
            }
            _ => {}
        }
        verdict
    }

    /// All that was booked so far, whatever the account.
    pub(super) fn everything(&self) -> Running {
        self.others.with(&self.total).unwrap_or_default()
    }

    /// Whether a row above its entries says what was booked since.
    pub(super) fn came_to(&self, stated: Stated, since: &Running) -> bool {
        let booked = self.everything().since(since);
        booked.count > 0 && self.equals(stated, &booked)
    }

    /// Whether the amounts of a row are those of several rows above it.
    pub(super) fn adds_up_above(&self, line: &LedgerLine<'_>) -> bool {
        let stated = Stated::of(line);
        let sums =
            [self.at_other_total, self.at_month_total, self.at_opening, self.at_month, Running::default()];
        sums.iter()
            .map(|earlier| self.total.since(earlier))
            .any(|sum| sum.count > 1 && self.equals(stated, &sum))
    }

    /// An export that begins after January has months before it in 本年累计; the first such row says how much, and
    /// the later ones are held against it.
    fn holds_with_earlier(&mut self, line: &LedgerLine<'_>) -> bool {
        if self.first_month.is_none_or(|first| first.month == 1) {
            return false;
        }
        let stated = (line.debit.unwrap_or_default(), line.credit.unwrap_or_default());
        let before = stated.0.minus(self.total.debit).zip(stated.1.minus(self.total.credit));
        match (self.before, before) {
            (None, Some((debit, credit))) if !debit.is_negative() && !credit.is_negative() => {
                self.before = Some((debit, credit));
                true
            }
            (Some(known), Some(now)) => known == now,
            _ => false,
        }
    }

    fn equals(&self, line: Stated, running: &Running) -> bool {
        let near = |stated: Option<Yuan>, sum: Option<Yuan>| match (stated, sum) {
            (None, _) => true,
            (Some(stated), Some(sum)) => stated == sum || self.within_rounding(stated, sum, running.count),
            (Some(_), None) => false,
        };
        let net = running.debit.minus(running.credit);
        (near(line.debit, Some(running.debit)) && near(line.credit, Some(running.credit)))
            || (near(line.debit, running.debit.plus(running.void_debit))
                && near(line.credit, running.credit.plus(running.void_credit)))
            || (near(line.debit, running.debit.minus(running.closing_debit))
                && near(line.credit, running.credit.minus(running.closing_credit)))
            || (line.credit.is_none_or(Yuan::is_zero) && line.debit.is_some() && near(line.debit, net))
    }

    fn within_rounding(&self, stated: Yuan, sum: Yuan, count: u64) -> bool {
        let Grain::Of(grain) = self.grain else { return false };
        let entries = u32::try_from(count.saturating_add(1)).unwrap_or(u32::MAX);
        // Half a grain for each entry and for the sum itself.
        let allowed = Number::from(grain).times(Number::from(entries)).and_then(|a| a.over(Number::from(2)));
        let apart = stated.minus(sum).map(|d| d.number().abs());
        apart.zip(allowed).is_some_and(|(apart, allowed)| apart <= allowed)
    }
}
