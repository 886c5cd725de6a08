//! Entries whose words or amounts ask a question: they are counted all the same, and told.

use std::collections::BTreeMap;

use super::line::LedgerLine;
use crate::base::Yuan;
use crate::model::{Remarked, RemarkedRow, Remarks};
use crate::words::{self, Class, Words};

/// Entries that are kept of all kinds together; more are counted nowhere.
const MOST: usize = 2_000;
/// What a round amount is a multiple of, in 元.
const ROUND: u32 = 10_000;
/// Summaries by which entries are added up; a ledger with more has none that say what was paid for.
const SUMMARIES: usize = 24;
/// An entry and the red one that takes it back.
const PAIR: usize = 2;
/// The first month of the last quarter.
const LAST_QUARTER: i8 = 10;

/// The entries so far, each with the number of its account: whether that is one of spending is known at the end.
#[derive(Debug, Default)]
pub(super) struct Remarking {
    rows: Vec<(usize, RemarkedRow)>,
    round: Vec<(Yuan, u64)>,
    /// Of each account what red entries took back.
    out: Vec<(usize, Remarks, String)>,
    /// What entries of one summary come to, by account.
    by_summary: BTreeMap<String, BTreeMap<usize, Yuan>>,
    /// How many sums these are.
    sums: usize,
    /// Whether there are too many summaries, or some that say nothing.
    given_up: bool,
    /// The summary that is looked at, without what is not kept of it: nearly every entry's is known already, and costs no text
    /// of its own.
    plain: String,
}

impl Remarking {
    /// Looks at an entry that counts.
    pub(super) fn take(&mut self, line: &LedgerLine<'_>, ledger: usize, account: usize, words: &Words) {
        let Some(amount) = line.net().filter(|net| !net.is_zero()) else { return };
        self.add_up(account, &line.summary, amount);
        if amount.is_negative() {
            self.take_back(account, amount);
            return;
        }
        if is_round(amount) {
            self.add_round(account, amount);
        }
        let summary: &str = &line.summary;
        if self.rows.len() >= MOST || words.of(Class::EntriesTakenBack).within(summary) {
            return;
        }
        let late = line.month.is_some_and(|month| month.month >= LAST_QUARTER);
        for (kind, class, asked) in [
            (Remarks::OffPurpose, Class::EntriesOffPurpose, true),
            (Remarks::Basic, Class::EntriesOfBasicExpenditure, true),
            (Remarks::Prepaid, Class::EntriesPrepaid, late),
        ] {
            if let Some((_, word)) = words.of(class).find(summary).filter(|_| asked) {
                let word = word.to_owned();
                self.rows.push((account, RemarkedRow { kind, ledger, row: line.row, amount, word }));
            }
        }
    }

    /// 红字冲销重复入账: the entry that a red one takes back whole asks nothing any more.
    fn take_back(&mut self, account: usize, red: Yuan) {
        let is_whole = |row: &RemarkedRow| row.amount.plus(red).is_some_and(Yuan::is_zero);
        let mut all = self.rows.iter().rev().filter(|(own, _)| *own == account).map(|(_, row)| row);
        if let Some(taken) = all.find(|row| is_whole(row)).map(|row| (row.ledger, row.row)) {
            let is_taken = |row: &RemarkedRow| (row.ledger, row.row) == taken;
            let out = self.rows.iter().filter(|(_, row)| is_taken(row));
            self.out.extend(out.map(|(own, row)| (*own, row.kind, row.word.clone())));
            self.rows.retain(|(_, row)| !is_taken(row));
        }
    }

    /// Adds an entry to those of its summary, but for who paid and the month.
    fn add_up(&mut self, account: usize, summary: &str, amount: Yuan) {
        if self.given_up {
            return;
        }
        self.plain.clear();
        self.plain.extend(summary.chars().filter(|sign| !sign.is_ascii() && !sign.is_whitespace()));
        let what = words::of(Class::EntryOpenings).trim_start(&self.plain);
        if let Some(sum) = self.by_summary.get_mut(what).and_then(|sums| sums.get_mut(&account)) {
            *sum = sum.plus(amount).unwrap_or(*sum);
        } else if what.is_empty() || self.sums >= SUMMARIES {
            self.given_up = true;
            self.by_summary.clear();
        } else {
            self.by_summary.entry(what.to_owned()).or_default().insert(account, amount);
            self.sums = self.sums.saturating_add(1);
        }
    }

    fn add_round(&mut self, account: usize, amount: Yuan) {
        if self.round.len() <= account {
            self.round.resize(account.saturating_add(1), (Yuan::ZERO, 0));
        }
        if let Some((sum, count)) = self.round.get_mut(account) {
            *sum = sum.plus(amount).unwrap_or(*sum);
            *count = count.saturating_add(1);
        }
    }

    /// Those of the accounts that count.
    pub(super) fn finish(self, counts: impl Fn(usize) -> bool) -> Remarked {
        let rows = self.rows.into_iter().filter(|(account, _)| counts(*account)).map(|(_, row)| row);
        let mut remarked = Remarked { rows: rows.collect(), ..Remarked::default() };
        for (what, sums) in self.by_summary {
            let counting = sums.into_iter().filter(|(account, _)| counts(*account)).map(|(_, sum)| sum);
            if let Some(sum) = counting.reduce(|all, sum| all.plus(sum).unwrap_or(all)) {
                remarked.by_summary.insert(what, sum);
            }
        }
        for (_, kind, word) in self.out.into_iter().filter(|(account, ..)| counts(*account)) {
            let count = remarked.out.entry((kind, word)).or_insert(0);
            *count = count.saturating_add(PAIR);
        }
        for (_, (sum, entries)) in self.round.iter().enumerate().filter(|(account, _)| counts(*account)) {
            remarked.round = remarked.round.plus(*sum).unwrap_or(remarked.round);
            remarked.round_entries = remarked.round_entries.saturating_add(*entries);
        }
        remarked
    }
}

/// Whether an amount is a whole number of ten thousands.
fn is_round(amount: Yuan) -> bool {
    amount.number().is_multiple_of(ROUND)
}
