//! Answers to a checklist: which of its items are met.

/// Whether an item of a checklist is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tick {
    /// Met (√, 符合, 是).
    Met,
    /// Not met (×, 不符合, 否).
    NotMet,
}

/// What an answer says about the items of a checklist.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Items {
    /// Named items, by number from 1, each at most once and in rising order; and what the others are. `None` for
    /// the others: the answer does not say, so an item not named is unknown.
    Named {
        /// The items named.
        ticks: Vec<(u32, Tick)>,
        /// What the items not named are.
        others: Option<Tick>,
    },
    /// How many are met, without saying which (`3/4`, `符合3项`); `of` when it is said.
    CountMet {
        /// Items met.
        met: u32,
        /// Items in all, if said.
        of: Option<u32>,
    },
    /// How many are not met, without saying which (`缺2项`).
    CountMissing(u32),
}

impl Items {
    /// More items than any checklist has.
    pub const MAX: u32 = 200;

    /// Everything met (均符合) or nothing (均不符合).
    pub fn all(tick: Tick) -> Self {
        Self::Named { ticks: Vec::new(), others: Some(tick) }
    }

    /// What item `number` of the checklist (from 1) is; `None` when the answer does not say.
    pub fn tick(&self, number: u32) -> Option<Tick> {
        match self {
            Self::Named { ticks, others } => {
                ticks.iter().find(|(item, _)| *item == number).map(|(_, tick)| *tick).or(*others)
            }
            Self::CountMet { met, of: Some(of) } if met == of => Some(Tick::Met),
            Self::CountMet { met: 0, .. } => Some(Tick::NotMet),
            Self::CountMissing(0) => Some(Tick::Met),
            _ => None,
        }
    }

    /// How many of `n` items are met; `None` when the answer does not say, or names items that the checklist has
    /// not got.
    pub fn met(&self, n: u32) -> Option<u32> {
        match self {
            Self::Named { ticks, .. } => {
                if ticks.iter().any(|(item, _)| *item == 0 || *item > n) {
                    return None;
                }
                if n > Self::MAX {
                    return None;
                }
                let mut met = 0_u32;
                for item in 1..=n {
                    if self.tick(item)? == Tick::Met {
                        met = met.checked_add(1)?;
                    }
                }
                Some(met)
            }
            Self::CountMet { met, of } => (of.is_none_or(|of| of == n) && *met <= n).then_some(*met),
            Self::CountMissing(missing) => n.checked_sub(*missing),
        }
    }
}
