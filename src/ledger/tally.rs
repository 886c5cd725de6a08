//! Adds up all ledgers of a case, row by row.

use std::collections::{BTreeMap, BTreeSet};

use super::awaited::{Awaited, Awaiting};
use super::chart::Chart;
use super::deposit::Deposits;
use super::grouped::Grouped;
use super::line::{Kind, LedgerLine};
use super::pairs::{Pairs, hash};
use super::remarked::Remarking;
use super::report::Report;
use super::roles::Class;
use super::running::Stated;
use super::scope::exclusion;
use super::verify::{Subtotal, Verifier};
use super::void::Voids;
use crate::base::{CellAt, CellRef, Yuan};
use crate::model::{ExcludedRow, Exclusion, FindingId, LedgerLocator, YearMonth};

/// Excluded rows that are listed one by one.
const MAX_EXCLUDED: usize = 100_000;

/// One ledger's spending by class and month, with the number of its entries.
#[derive(Debug, Default)]
pub(super) struct LedgerSpending {
    pub(super) months: Grouped<(Class, Option<YearMonth>)>,
    pub(super) entries: u64,
    /// What all entries come to whatever their order: by amount, by day and amount.
    pub(super) marks: (u64, u64),
    /// Whether an entry has no day.
    pub(super) dayless: bool,
}

impl LedgerSpending {
    fn mark(&mut self, line: &LedgerLine<'_>, net: Yuan) {
        let (by_amount, by_day) = &mut self.marks;
        *by_amount = by_amount.wrapping_add(hash(net.number()));
        *by_day = by_day.wrapping_add(hash((line.day, net.number())));
        self.dayless |= line.day.is_none();
    }

    /// Whether the entries of both are for certain not the same, though their amounts are: they were booked on other days.
    pub(super) fn differs_in_days(&self, other: &Self) -> bool {
        let known = !self.dayless && !other.dayless && self.entries == other.entries;
        known && self.marks.0 == other.marks.0 && self.marks.1 != other.marks.1
    }
}

/// The state while rows come in.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Tally {
    year: Option<i16>,
    pub(super) projects: Option<BTreeSet<String>>,
    pub(super) chart: Chart,
    pub(super) has_economic: bool,
    pub(super) excluded: Vec<ExcludedRow>,
    pub(super) by_reason: BTreeMap<Exclusion, (u64, Yuan)>,
    pub(super) deposits: Deposits,
    pub(super) pairs: Pairs,
    pub(super) remarked: Remarking,
    /// What each ledger has by class and month, where there are several.
    pub(super) by_ledger: Vec<LedgerSpending>,
    pub(super) verifier: Verifier,
    pub(super) awaited: Awaiting,
    pub(super) void: Voids,
    /// Whether there are several ledgers, which may hold the same entries.
    several: bool,
    pub(super) report: Report,
    pub(super) opening: Option<Yuan>,
    pub(super) verified: u64,
    pub(super) in_year: u64,
    pub(super) outside_year: u64,
    /// Why no total can be vouched for.
    pub(super) broken: bool,
    pub(super) inherited: bool,
    ledger: usize,
    locator: Option<LedgerLocator>,
}

impl Tally {
    /// An empty tally; entries of another year than `year` do not count, nor those of other `projects` than these.
    pub fn new(year: Option<i16>, projects: Option<BTreeSet<String>>, several: bool) -> Self {
        Self {
            year,
            projects,
            chart: Chart::default(),
            has_economic: false,
            excluded: Vec::new(),
            by_reason: BTreeMap::new(),
            deposits: Deposits::default(),
            pairs: Pairs::default(),
            remarked: Remarking::default(),
            by_ledger: Vec::new(),
            verifier: Verifier::default(),
            awaited: Awaiting::default(),
            void: Voids::default(),
            several,
            report: Report::default(),
            opening: None,
            verified: 0,
            in_year: 0,
            outside_year: 0,
            broken: false,
            inherited: false,
            ledger: 0,
            locator: None,
        }
    }

    /// Begins the ledger of that number.
    pub fn begin(&mut self, number: usize, locator: &LedgerLocator) {
        let continues = self
            .locator
            .as_ref()
            .is_none_or(|before| before.account == locator.account && before.unit == locator.unit);
        self.look_below();
        self.verifier.begin(continues, locator.unit);
        self.has_economic |= locator.columns.economic.is_some();
        if let Some(refusal) = &locator.refusal {
            let at = refusal.at.as_ref().unwrap_or(&locator.at);
            self.refuse(Some(at.clone()), &refusal.why);
        }
        self.ledger = number;
        self.locator = Some(locator.clone());
        self.by_ledger.resize_with(number.saturating_add(1), LedgerSpending::default);
    }

    /// Takes the next row.
    pub fn take(&mut self, line: &LedgerLine<'_>) {
        if self.take_checked(line).is_none() {
            self.unclear(line, "金额超出可精确计算的范围");
        }
    }

    fn take_checked(&mut self, line: &LedgerLine<'_>) -> Option<()> {
        match line.kind {
            Kind::Entry | Kind::Reversal | Kind::Deposit | Kind::Closing => self.posted(line)?,
            Kind::Opening | Kind::CarriedIn => {
                self.look_below();
                self.opening = self.opening.or(line.balance);
                self.verifier.open(line.balance);
                let carried = line.kind == Kind::CarriedIn;
                self.exclude(line, if carried { Exclusion::Carried } else { Exclusion::Opening })?;
            }
            Kind::CarriedOut => self.exclude(line, Exclusion::Carried)?,
            Kind::Balance => self.exclude(line, Exclusion::Balance)?,
            Kind::Void => {
                self.verifier.void(line)?;
                self.void.voided(line.net()?);
                self.exclude(line, Exclusion::Void)?;
            }
            Kind::MonthTotal => self.subtotal(line, Exclusion::MonthTotal)?,
            Kind::YearTotal => self.subtotal(line, Exclusion::YearTotal)?,
            Kind::OtherTotal | Kind::PerhapsTotal | Kind::SumByFormula => {
                self.subtotal(line, Exclusion::OtherTotal)?;
            }
            Kind::Pending => self.exclude(line, Exclusion::PendingPeriod)?,
            Kind::WithoutAmount => {
                self.verifier.restate(line.balance);
                self.exclude(line, Exclusion::WithoutAmount)?;
            }
            Kind::AccountLine => {
                self.look_below();
                let unit = self.locator.as_ref().map(|locator| locator.unit).unwrap_or_default();
                self.verifier.begin(false, unit);
            }
            Kind::Unclear(reason) => self.unclear(line, reason),
            Kind::RepeatedHeader | Kind::Note => {}
        }
        Some(())
    }

    fn posted(&mut self, line: &LedgerLine<'_>) -> Option<()> {
        if line.bare
            && line.kind == Kind::Entry
            && line.balance.is_none()
            && self.verifier.adds_up_above(line)
        {
            self.unclear(line, "没有日期、凭证和科目，金额正好是上面几笔之和，不能确定是合计还是支出");
            return Some(());
        }
        let Some(account) = self.chart.account(line.code, line.name) else {
            self.unclear(line, "科目超过两万个，科目列可能识别有误");
            return Some(());
        };
        self.inherited |= line.account_inherited;
        self.void.posted(line.net()?);
        if line.date_unread {
            let cell = self.cell(line, |c| c.date.or(c.month));
            self.report.add(FindingId::EntryDateNotRead, cell, "日期无法识别，未能判断所属年月".to_owned());
        }
        if !self.verifier.post(line, account)? {
            let cell = self.cell(line, |c| c.balance);
            let balance = line.balance.unwrap_or_default();
            self.report.add(
                FindingId::LedgerBalanceBreaks,
                cell,
                format!("余额 {balance} 元与上一行余额加本行发生额不符"),
            );
        }
        match self.why_not(line) {
            Some(why) => self.exclude(line, why)?,
            None if line.kind == Kind::Deposit => self.deposits.take(line, self.ledger, account)?,
            None => {
                self.in_year = self.in_year.saturating_add(1);
                // The other side of an entry mirrors it, negatives and all; only spending is paired.
                if self.chart.accounts.get(account).is_some_and(|a| a.class != Class::Counter) {
                    self.pairs.take(line, self.ledger, account);
                    if let Some(locator) = &self.locator {
                        self.remarked.take(line, self.ledger, account, &locator.words);
                    }
                }
                self.add(line, account)?;
            }
        }
        Some(())
    }

    /// Why a posted row is no spending of the project in the year, reported where a person must look.
    fn why_not(&mut self, line: &LedgerLine<'_>) -> Option<Exclusion> {
        let why = exclusion(line, self.locator.as_ref()?, self.year, self.projects.as_ref())?;
        let year = self.year.unwrap_or_default();
        match why {
            Exclusion::OutsideYear => {
                self.outside_year = self.outside_year.saturating_add(1);
                let cell = self.cell(line, |c| c.date.or(c.month).or(c.period));
                let net = line.net().unwrap_or_default();
                let month = line.month.map(|m| format!("{}年{}月", m.year, m.month)).unwrap_or_default();
                let message = format!("{month}的分录（{net} 元）不属于{year}年度，未计入支出");
                self.report.add(FindingId::EntryOutsideYear, cell, message);
            }
            Exclusion::OutsideProject => {
                let message = format!("科目 {} 不在本账页的科目之下，未计入支出", line.code);
                let cell = self.cell(line, |c| c.account_code);
                self.report.add(FindingId::AccountOutsideProject, cell, message);
            }
            _ => {}
        }
        Some(why)
    }

    fn add(&mut self, line: &LedgerLine<'_>, account: usize) -> Option<()> {
        let economic =
            if self.has_economic { Some(self.chart.economic_number(&line.economic)?) } else { None };
        let net = line.net()?;
        let account = self.chart.accounts.get_mut(account)?;
        for (sum, side) in [(&mut account.sums.debit, line.debit), (&mut account.sums.credit, line.credit)] {
            if let Some(side) = side.filter(|side| !side.is_zero()) {
                *sum = sum.plus(side)?;
            }
        }
        account.sums.count = account.sums.count.saturating_add(1);
        account.months.add(line.month, net)?;
        if let Some(part) = self.by_ledger.get_mut(self.ledger) {
            part.months.add((account.class, line.month), net)?;
            part.entries = part.entries.saturating_add(1);
            if self.several {
                part.mark(line, net);
            }
        }
        if let Some(economic) = economic {
            account.economic.add(economic, net)?;
        }
        Some(())
    }

    fn subtotal(&mut self, line: &LedgerLine<'_>, why: Exclusion) -> Option<()> {
        self.look_below();
        let verdict = self.verifier.subtotal(line);
        let cell = self.cell(line, |c| c.debit.or(c.amount).or(c.credit));
        let since = self.verifier.everything();
        match verdict {
            Subtotal::Holds => self.verified = self.verified.saturating_add(1),
            _ if line.kind == Kind::SumByFormula => {}
            Subtotal::Nothing if line.kind != Kind::PerhapsTotal => {}
            Subtotal::Nothing => {
                self.awaited.add(Awaited { cell, stated: Stated::of(line), since, expected: None });
            }
            Subtotal::Differs(expected) => {
                let expected = Some(expected).filter(|_| line.kind != Kind::PerhapsTotal);
                self.awaited.add(Awaited { cell, stated: Stated::of(line), since, expected });
            }
        }
        if !self.verifier.balance_holds(line) {
            let cell = self.cell(line, |c| c.balance);
            let balance = line.balance.unwrap_or_default();
            self.report.add(
                FindingId::LedgerBalanceBreaks,
                cell,
                format!("合计行的余额 {balance} 元与上一行余额不符"),
            );
        }
        self.exclude(line, why)
    }

    /// No total can be vouched for, for this reason (Chinese).
    pub(super) fn refuse(&mut self, at: Option<CellAt>, reason: &str) {
        self.broken = true;
        self.report.add(FindingId::LedgerNotSummed, at, format!("{reason}，因此不能给出明细账合计"));
    }

    fn unclear(&mut self, line: &LedgerLine<'_>, reason: &str) {
        self.broken = true;
        let cell = self.cell(line, |c| c.debit.or(c.amount).or(c.credit));
        self.report.add(FindingId::LedgerRowNotRead, cell, format!("{reason}，因此不能给出明细账合计"));
    }

    fn exclude(&mut self, line: &LedgerLine<'_>, why: Exclusion) -> Option<()> {
        let amount = line.net()?;
        let (count, sum) = self.by_reason.entry(why).or_default();
        *count = count.saturating_add(1);
        *sum = sum.plus(amount)?;
        if self.excluded.len() < MAX_EXCLUDED {
            self.excluded.push(ExcludedRow { ledger: self.ledger, row: line.row, why, amount });
        }
        Some(())
    }

    fn cell(
        &self,
        line: &LedgerLine<'_>,
        column: impl Fn(&crate::model::LedgerColumns) -> Option<u32>,
    ) -> Option<CellAt> {
        let locator = self.locator.as_ref()?;
        let parts = locator.columns.parts.first().copied();
        let col = column(&locator.columns).or(parts).or(locator.columns.summary).unwrap_or(0);
        Some(CellAt::new(locator.sheet.clone(), CellRef::new(line.row, col)?))
    }
}
