//! Sums that nothing above comes to: a total may stand over its entries, and is held against what is booked below it until
//! the next sum, the next account or the end.

use super::verify::{Expected, Running, Stated, Verifier};
use crate::base::CellAt;

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
    pub(super) fn settle(&mut self, verifier: &Verifier) -> u64 {
        let before = self.waiting.len();
        self.waiting.retain(|sum| !verifier.came_to(sum.stated, &sum.since));
        u64::try_from(before.saturating_sub(self.waiting.len())).unwrap_or(0)
    }

    /// Those that did not come true, from top to bottom.
    pub(super) fn left(self) -> impl Iterator<Item = Awaited> {
        self.given_up.into_iter().chain(self.waiting)
    }
}
