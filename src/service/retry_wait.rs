//! How long a submission waits that could not be published: longer each time, so that one whose result does not fit never
//! keeps the others from being served.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::time::{Duration, Instant};

/// The first wait; longer than the first pause of all work, so that others go before it.
const FIRST: Duration = Duration::from_secs(10);
const LONGEST: Duration = Duration::from_secs(300);
/// In a single run nothing is tried twice.
const NEVER: Duration = Duration::from_secs(86_400);
/// Names that are remembered; beyond it all begin anew.
const MAX_REMEMBERED: usize = 10_000;

/// What was tried in vain.
#[derive(Debug, Default)]
pub(super) struct RetryWait {
    once: bool,
    tries: BTreeMap<OsString, u32>,
}

impl RetryWait {
    /// Nothing tried yet. `once`: a single run.
    pub(super) fn new(once: bool) -> Self {
        Self { once, tries: BTreeMap::new() }
    }

    /// Notes a try in vain and gives how long to wait.
    pub(super) fn wait(&mut self, name: &OsStr) -> Duration {
        if self.once {
            return NEVER;
        }
        if self.tries.len() >= MAX_REMEMBERED {
            self.tries.clear();
        }
        let tries = self.tries.entry(name.to_owned()).or_insert(0);
        let factor = 2_u32.saturating_pow(*tries);
        *tries = tries.saturating_add(1);
        FIRST.saturating_mul(factor).min(LONGEST)
    }
}

/// The time after a wait.
pub(super) fn after(now: Instant, wait: Duration) -> Instant {
    // A time that cannot be told is as good as now: one look too many.
    now.checked_add(wait).unwrap_or(now)
}
