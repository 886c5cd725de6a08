//! The wish to end: at the first signal nothing new is begun and what is under way may finish within a while; at the
//! second it is given up at once.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

/// How long what is under way may take; a service manager waits longer than this.
const GRACE: Duration = Duration::from_secs(20);

/// Whether to end.
#[derive(Debug, Default)]
pub(super) struct Stop {
    since: Mutex<(u32, Option<Instant>)>,
}

impl Stop {
    /// A signal came.
    pub(super) fn raise(&self) {
        let mut since = self.since.lock().unwrap_or_else(PoisonError::into_inner);
        since.0 = since.0.saturating_add(1);
        since.1.get_or_insert_with(Instant::now);
    }

    /// Whether nothing new is to be begun.
    pub(super) fn wanted(&self) -> bool {
        self.since.lock().unwrap_or_else(PoisonError::into_inner).0 > 0
    }

    /// Whether what is under way is to be given up.
    pub(super) fn at_once(&self) -> bool {
        let since = self.since.lock().unwrap_or_else(PoisonError::into_inner);
        since.0 > 1 || since.1.is_some_and(|since| since.elapsed() > GRACE)
    }
}
