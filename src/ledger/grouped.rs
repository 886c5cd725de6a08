//! Sums by a key whose equal values mostly stand together, as the months of a ledger do.

use std::collections::BTreeMap;

use crate::base::Yuan;

/// Sums by key. The sum of the last key is at hand; the others are looked up only when the key changes.
#[derive(Debug)]
pub(super) struct Grouped<K> {
    last: Option<(K, Yuan)>,
    others: BTreeMap<K, Yuan>,
}

impl<K> Default for Grouped<K> {
    fn default() -> Self {
        Self { last: None, others: BTreeMap::new() }
    }
}

impl<K: Ord + Copy> Grouped<K> {
    /// Adds to the key's sum; `None` when it leaves the exact range.
    pub(super) fn add(&mut self, key: K, amount: Yuan) -> Option<()> {
        match &mut self.last {
            Some((last, sum)) if *last == key => *sum = sum.plus(amount)?,
            last => {
                let before = self.others.remove(&key).unwrap_or_default();
                if let Some((key, sum)) = last.replace((key, before.plus(amount)?)) {
                    self.others.insert(key, sum);
                }
            }
        }
        Some(())
    }

    /// The sum of a key that was met.
    pub(super) fn get(&self, key: &K) -> Option<Yuan> {
        match self.last {
            Some((last, sum)) if last == *key => Some(sum),
            _ => self.others.get(key).copied(),
        }
    }

    /// All keys with their sums, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (K, Yuan)> {
        self.last.into_iter().chain(self.others.iter().map(|(key, sum)| (*key, *sum)))
    }
}
