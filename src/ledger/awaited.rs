//! Sums that nothing above comes to: a total may stand over its entries, and is held against what is booked below it until
//! the next sum, the next account or the end.

use super::running::{Expected, Running, Stated};
use super::tally::Tally;
use super::verify::Verifier;
use crate::base::CellAt;
use crate::model::FindingId;

/// Sums that are waited for at once; a ledger with more is wrong all over.
const MOST: usize = 100;

/// A sum that is not what the rows above it come to.
#[derive(Debug)]
pub(super) struct Awaited {
    /// Where it stands.
    pub(super) cell: Option<CellAt>,
    /// What it says.
    pub(super) stated: Stated,
    /// All that was booked before it.
    pub(super) since: Running,
    /// What the rows above come to; `None` where the row may be no sum at all.
    pub(super) expected: Option<Expected>,
}

impl Awaited {
    /// What the sum should be: of the rows above it, or of those below where there are none above.
    pub(super) fn expected(&self, everything: &Running) -> Option<Expected> {
        let above = self.expected?;
        Some(if self.since.is_empty() { everything.amounts() } else { above })
    }
}

/// The sums that are waited for.
#[derive(Debug, Default)]
pub(super) struct Awaiting {
    waiting: Vec<Awaited>,
    given_up: Vec<Awaited>,
}

impl Awaiting {
    /// Waits for one more; of too many the first is given up.
    pub(super) fn add(&mut self, sum: Awaited) {
        if self.waiting.len() >= MOST {
            self.given_up.push(self.waiting.remove(0));
        }
        self.waiting.push(sum);
    }

    /// Lets go those that came true, and says how many.
    pub(super) fn release_fulfilled(&mut self, verifier: &Verifier) -> u64 {
        let before = self.waiting.len();
        self.waiting.retain(|sum| !verifier.came_to(sum.stated, &sum.since));
        u64::try_from(before.saturating_sub(self.waiting.len())).unwrap_or(0)
    }

    /// Those that did not come true, from top to bottom.
    pub(super) fn left(self) -> impl Iterator<Item = Awaited> {
        self.given_up.into_iter().chain(self.waiting)
    }
}

impl Tally {
    /// Sums that stand above their entries: those that came true are right.
    pub(super) fn look_below(&mut self) {
        let came_true = self.awaited.release_fulfilled(&self.verifier);
        self.verified = self.verified.saturating_add(came_true);
    }

    /// What is left of sums that nothing above or below comes to.
    pub(super) fn finish_sums(&mut self) {
        self.look_below();
        let everything = self.verifier.everything();
        for sum in std::mem::take(&mut self.awaited).left() {
            let Some(expected) = sum.expected(&everything) else {
                self.broken = true;
                let message =
                    "像合计的金额行，与上下各笔之和都不符，也看不出是哪一笔支出，因此不能给出明细账合计";
                self.report.add(FindingId::LedgerRowNotRead, sum.cell, message.to_owned());
                continue;
            };
            self.report.add(
                FindingId::LedgerSubtotalDiffers,
                sum.cell,
                format!(
                    "合计行写的是借方 {}、贷方 {} 元，按分录累加应为借方 {}、贷方 {} 元",
                    sum.stated.debit.unwrap_or_default().in_cents(),
                    sum.stated.credit.unwrap_or_default().in_cents(),
                    expected.debit.in_cents(),
                    expected.credit.in_cents()
                ),
            );
        }
    }
}
