//! The system's events about the inbox. They only wake the loop sooner: what is there is found by looking.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::watch::Wake;

/// A watch on the inbox.
pub(super) struct Events {
    watcher: RecommendedWatcher,
    /// The watched folder itself went away, or events were lost.
    broken: Arc<AtomicBool>,
}

impl Events {
    /// Begins to watch; `None` where the system cannot, and then the loop looks now and then.
    pub(super) fn new(inbox: &Path, wake: Sender<Wake>) -> Option<Self> {
        let broken = Arc::new(AtomicBool::new(false));
        let (flag, folder): (_, PathBuf) = (Arc::clone(&broken), inbox.to_owned());
        let handler = move |event: notify::Result<Event>| {
            match &event {
                // Reading changes nothing.
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                Ok(event) if matches!(event.kind, EventKind::Remove(_)) && event.paths.contains(&folder) => {
                    flag.store(true, Ordering::Relaxed);
                }
                Ok(_) => {}
                Err(_) => flag.store(true, Ordering::Relaxed),
            }
            // Without a loop there is nobody to wake.
            let _ = wake.send(Wake::Stir);
        };
        let watcher = notify::recommended_watcher(handler)
            .inspect_err(|cause| tracing::warn!(%cause, "no events from the system: looking now and then"))
            .ok()?;
        let mut events = Self { watcher, broken };
        events.arm(inbox);
        Some(events)
    }

    /// Watches the folder that has the name now.
    pub(super) fn arm(&mut self, inbox: &Path) {
        let _ = self.watcher.unwatch(inbox);
        let armed = self.watcher.watch(inbox, RecursiveMode::NonRecursive);
        if let Err(cause) = &armed {
            tracing::warn!(%cause, "the inbox gives no events: looking now and then");
        }
        self.broken.store(armed.is_err(), Ordering::Relaxed);
    }

    /// Whether it must be armed anew.
    pub(super) fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
    }
}
