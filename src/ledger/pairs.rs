//! Duplicates and reversals, in 16 bytes an entry.
//!
//! Two entries are duplicates when account, amount, month and the essence of the text are the same. A reversal
//! cancels an entry of the same account and amount, first one with the same text. A duplicate that has been
//! reversed is none.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hash};

use foldhash::quality::FixedState;

use super::label::squeeze;
use super::line::{Kind, LedgerLine};

/// Where an entry stands: the ledger's number and its zero-based row.
pub type EntryPlace = (usize, u32);

/// An entry: 40 bits of hash over account and amount, 55 over month and text, one bit for a reversal, 32 for its
/// place. Sorted as numbers they stand in groups of account and amount, then of text, then in order of the ledger.
type Record = [u32; 4];

const ROW_BITS: u32 = 20;
const LEDGERS: usize = 1 << (32 - ROW_BITS);

/// Collects entries and pairs them at the end.
#[derive(Debug, Default)]
pub struct Pairs {
    /// By the first bit of their hash: halves that are sorted and paired each by itself.
    halves: [Vec<Record>; 2],
    /// How many entries each ledger has.
    taken: Vec<u64>,
    doubles: Vec<Record>,
}

/// What pairing found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Paired {
    /// Groups of entries that are the same and not reversed, each in order of the ledger; cut at a limit.
    pub duplicates: Vec<Vec<EntryPlace>>,
    /// Entries with their reversals; cut at a limit.
    pub cancelled: Vec<(EntryPlace, EntryPlace)>,
    /// Reversals that cancel nothing; cut at a limit.
    pub unmatched: Vec<EntryPlace>,
    /// By ledger, how many of its entries stand in another ledger too, and how many it has.
    pub shared: BTreeMap<usize, (u64, u64)>,
}

impl Paired {
    fn shared_in(&mut self, ledger: usize, more: u64) {
        let (shared, _) = self.shared.entry(ledger).or_default();
        *shared = shared.saturating_add(more);
    }
}

const LISTED: usize = 1_000;
const LISTED_IN_GROUP: usize = 20;
/// Entries whose sorting takes longer than starting a thread.
const WORTH_A_THREAD: usize = 50_000;

/// The same for the same parts in every run, so that a report can be made again.
pub(super) fn hash(parts: impl Hash) -> u64 {
    FixedState::default().hash_one(parts)
}

fn low(value: u64) -> u32 {
    u32::try_from(value & 0xFFFF_FFFF).unwrap_or(0)
}

impl Pairs {
    /// Takes an entry or reversal of the given account number.
    pub fn take(&mut self, line: &LedgerLine<'_>, ledger: usize, account: usize) {
        let Some(net) = line.net().filter(|net| !net.is_zero()) else { return };
        let reversal = line.kind == Kind::Reversal;
        if ledger >= LEDGERS || (!reversal && (line.kind != Kind::Entry || net.is_negative())) {
            return;
        }
        let same = hash((account, net.number().abs()));
        let text = if line.special {
            hash((line.month, line.words.essence(&line.summary)))
        } else {
            hash((line.month, squeeze(&line.summary)))
        };
        let place = u32::try_from(ledger).unwrap_or(0).wrapping_shl(ROW_BITS) | line.row;
        let record = [
            low(same >> 32),
            (low(same) & 0xFF00_0000) | low(text >> 40),
            (low(text) & !1) | u32::from(reversal),
            place,
        ];
        if line.special && !reversal && line.words.says_double(&line.summary) && self.doubles.len() < LISTED {
            self.doubles.push(record);
        }
        if self.taken.len() <= ledger {
            self.taken.resize(ledger.saturating_add(1), 0);
        }
        if let Some(count) = self.taken.get_mut(ledger).filter(|_| !reversal) {
            *count = count.saturating_add(1);
        }
        let [lower, upper] = &mut self.halves;
        let half = if record[0].leading_zeros() == 0 { upper } else { lower };
        half.push(record);
    }

    /// Pairs all entries.
    pub fn finish(mut self) -> Paired {
        self.doubles.sort_unstable();
        let doubles = &self.doubles;
        let [lower, upper] = self.halves;
        let mut paired = Paired::default();
        let mut rest = Paired::default();
        if lower.len() < WORTH_A_THREAD {
            pair(lower, doubles, &mut paired);
            pair(upper, doubles, &mut rest);
        } else {
            let mut upper = Some(upper);
            std::thread::scope(|scope| {
                // Where no thread can be begun, the upper half waits for the lower one.
                let beside = || {
                    if let Some(upper) = upper.take() {
                        pair(upper, doubles, &mut rest);
                    }
                };
                let _ = std::thread::Builder::new().spawn_scoped(scope, beside);
                pair(lower, doubles, &mut paired);
            });
            if let Some(left) = upper {
                pair(left, doubles, &mut rest);
            }
        }
        for (ledger, (shared, _)) in rest.shared {
            paired.shared_in(ledger, shared);
        }
        for (ledger, (_, all)) in &mut paired.shared {
            *all = self.taken.get(*ledger).copied().unwrap_or_default();
        }
        paired.duplicates.append(&mut rest.duplicates);
        paired.cancelled.append(&mut rest.cancelled);
        paired.unmatched.append(&mut rest.unmatched);
        paired.duplicates.sort_unstable();
        paired.cancelled.sort_unstable();
        paired.unmatched.sort_unstable();
        paired.duplicates.truncate(LISTED);
        paired.cancelled.truncate(LISTED);
        paired.unmatched.truncate(LISTED);
        paired
    }
}

/// Pairs entries of which no other is like any.
fn pair(mut records: Vec<Record>, doubles: &[Record], paired: &mut Paired) {
    records.sort_unstable();
    for group in records.chunk_by(|a, b| account_and_amount(a) == account_and_amount(b)) {
        if group.len() > 1 || group.first().is_some_and(is_reversal) {
            pair_group(group, doubles, paired);
        }
    }
}

fn account_and_amount(record: &Record) -> (u32, u32) {
    let [high, middle, ..] = record;
    (*high, middle & 0xFF00_0000)
}

fn text(record: &Record) -> (u32, u32) {
    let [_, middle, lower, _] = record;
    (middle & 0x00FF_FFFF, lower & !1)
}

fn is_reversal(record: &Record) -> bool {
    record[2] & 1 == 1
}

fn place(record: &Record) -> EntryPlace {
    let place = record[3];
    (usize::try_from(place >> ROW_BITS).unwrap_or(0), place & ((1 << ROW_BITS) - 1))
}

/// Pairs one group of account and amount; linear in its size, however many are equal.
fn pair_group(group: &[Record], doubles: &[Record], paired: &mut Paired) {
    let mut loose: Vec<Record> = Vec::new();
    let mut open: Vec<Vec<Record>> = Vec::new();
    for same_text in group.chunk_by(|a, b| text(a) == text(b)) {
        let mut in_order = same_text.to_vec();
        in_order.sort_unstable_by_key(|record| record[3]);
        let mut entries: Vec<Record> = Vec::new();
        let mut early: Vec<Record> = Vec::new();
        for record in in_order {
            if !is_reversal(&record) {
                entries.push(record);
            } else if let Some(entry) = entries.pop() {
                cancel(paired, &entry, &record);
            } else {
                early.push(record);
            }
        }
        // A reversal may stand before its entry.
        for reversal in early {
            match entries.pop() {
                Some(entry) => cancel(paired, &entry, &reversal),
                None => loose.push(reversal),
            }
        }
        if !entries.is_empty() {
            open.push(entries);
        }
    }
    // What is left cancels an entry of another text: a duplicated one first.
    let mut loose = loose.into_iter();
    for keep in [1, 0] {
        for entries in &mut open {
            while entries.len() > keep {
                let Some(reversal) = loose.next() else { break };
                if let Some(entry) = entries.pop() {
                    cancel(paired, &entry, &reversal);
                }
            }
        }
    }
    let room = LISTED.saturating_sub(paired.unmatched.len());
    paired.unmatched.extend(loose.take(room).map(|reversal| place(&reversal)));
    let left: usize = open.iter().map(Vec::len).sum();
    for entries in open {
        let (first, last) = (entries.first().map(place), entries.last().map(place));
        if first.map(|(ledger, _)| ledger) != last.map(|(ledger, _)| ledger) {
            for entry in &entries {
                paired.shared_in(place(entry).0, 1);
            }
        }
        let says_so = left > 1 && entries.iter().any(|entry| doubles.binary_search(entry).is_ok());
        if (entries.len() > 1 || says_so) && paired.duplicates.len() < LISTED {
            paired.duplicates.push(entries.iter().take(LISTED_IN_GROUP).map(place).collect());
        }
    }
}

fn cancel(paired: &mut Paired, entry: &Record, reversal: &Record) {
    if paired.cancelled.len() < LISTED {
        paired.cancelled.push((place(entry), place(reversal)));
    }
}
