//! An inbox as the loop sees it: what is in it, what is at rest, whether it is there at all.

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant, SystemTime};

use super::arrivals::Inbox;
use super::door::Door;
use super::events::Events;
use super::marked;
use super::watch::Wake;

/// An inbox.
pub(super) struct WatchedInbox {
    pub(super) door: Door,
    folder: PathBuf,
    inbox: Inbox,
    events: Option<Events>,
    /// Submissions at rest.
    pub(super) ready: VecDeque<OsString>,
    /// When the next submission may be at rest.
    pub(super) settling: Option<Instant>,
    /// Whether the folder is gone.
    pub(super) lost: bool,
}

impl WatchedInbox {
    /// Nothing seen yet; with events of the system, where they are wanted.
    pub(super) fn new(door: Door, folder: PathBuf, settle: Duration, events: Option<&Sender<Wake>>) -> Self {
        Self {
            door,
            inbox: Inbox::new(&folder, settle),
            events: events.and_then(|wake| Events::new(&folder, wake.clone())),
            folder,
            ready: VecDeque::new(),
            settling: None,
            lost: false,
        }
    }

    /// Whether the system tells of changes.
    pub(super) fn has_events(&self) -> bool {
        self.events.is_some()
    }

    /// Leaves a submission alone for a while, though the last look may have found it at rest.
    pub(super) fn defer(&mut self, name: &OsStr, until: Instant) {
        self.ready.retain(|ready| ready != name);
        self.inbox.defer(name, until);
    }

    /// Looks. A folder that is gone is said once; what the state folder knows to bear a secrecy mark is left alone.
    pub(super) fn look(&mut self, now: Instant, state: &Path) -> io::Result<()> {
        let looked = self.inbox.look(now, SystemTime::now());
        match looked {
            Ok(look) => {
                if std::mem::take(&mut self.lost) {
                    tracing::info!(inbox = %self.folder.display(), "the inbox is back");
                    if let Some(events) = &mut self.events {
                        events.arm(&self.folder);
                    }
                }
                let ready = look.ready.into_iter();
                self.ready = ready.filter(|name| !marked::is_known(state, &self.folder, name)).collect();
                self.settling = look.next;
                if let Some(events) = self.events.as_mut().filter(|events| events.is_broken()) {
                    events.arm(&self.folder);
                }
                Ok(())
            }
            Err(cause) => {
                self.ready.clear();
                self.settling = None;
                if !std::mem::replace(&mut self.lost, true) {
                    tracing::error!(%cause, inbox = %self.folder.display(), "the inbox cannot be read");
                }
                Err(cause)
            }
        }
    }
}
