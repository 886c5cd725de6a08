//! Entries whose state says that their money was not spent (已退回, 作废), beside entries that take money back: what was
//! returned may be said both ways, and would then be taken off twice.

use std::collections::BTreeSet;

use crate::base::Yuan;

/// Amounts of a kind that are compared; with more of them nothing is certain.
const MOST: usize = 100_000;

/// The amounts that were not spent, and those that were taken back.
#[derive(Debug, Default)]
pub(super) struct Voids {
    voided: BTreeSet<Yuan>,
    taken_back: BTreeSet<Yuan>,
}

impl Voids {
    /// Hears of an entry that does not count.
    pub(super) fn voided(&mut self, amount: Yuan) {
        if self.voided.len() <= MOST {
            self.voided.insert(amount);
        }
    }

    /// Hears of an entry that counts.
    pub(super) fn posted(&mut self, net: Yuan) {
        if net.is_negative() && self.taken_back.len() <= MOST {
            self.taken_back.extend(Yuan::ZERO.minus(net));
        }
    }

    /// An amount that may be off twice: by its state and by an entry.
    pub(super) fn doubtful(&self) -> Option<Yuan> {
        let full = |amounts: &BTreeSet<Yuan>| amounts.len() > MOST;
        let both = self.voided.intersection(&self.taken_back).next().copied();
        let too_many = (full(&self.voided) || full(&self.taken_back)) && !self.taken_back.is_empty();
        both.or_else(|| self.voided.first().copied().filter(|_| too_many))
    }
}
