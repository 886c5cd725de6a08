//! The inbox: what is in it, and what has come to rest. A file that is still being copied grows or changes its time; it is
//! taken once two looks, a while apart by the clock that never jumps, see the same.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::disk;
use super::names;

/// How long an empty file may stay empty: a copy of a large file over a slow line begins with nothing.
const EMPTY_WAIT: Duration = Duration::from_secs(600);
/// A folder rests this many times longer than a file: people fill it file by file.
const FOLDER_PATIENCE: u32 = 5;
/// Names that are remembered as being of no use, so that each is said once.
const MAX_REMEMBERED: usize = 10_000;

/// Entries of a folder that are looked at where it is no submission; whoever still fills it changes one of them.
const MAX_EXCESS: usize = 20_000;

/// What a submission looks like from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Print {
    files: usize,
    bytes: u64,
    newest: Option<SystemTime>,
    is_folder: bool,
}

impl Print {
    /// Of a file or folder; `None` of what is neither, a link above all.
    pub(super) fn of(path: &Path) -> io::Result<Option<Self>> {
        let found = path.symlink_metadata()?;
        if found.is_file() {
            return Ok(Some(Self {
                files: 1,
                bytes: found.len(),
                newest: modified(&found),
                is_folder: false,
            }));
        }
        if !found.is_dir() {
            return Ok(None);
        }
        let mut print = Self { files: 0, bytes: 0, newest: modified(&found), is_folder: true };
        for file in disk::files_of(path)? {
            print.add(&file.symlink_metadata()?);
        }
        Ok(Some(print))
    }

    /// Of a folder that is no submission, being too large or too deep: it has to come to rest, too, before that is said.
    fn of_excess(path: &Path) -> io::Result<Self> {
        let mut print =
            Self { files: 1, bytes: 1, newest: modified(&path.symlink_metadata()?), is_folder: true };
        let mut folders = vec![path.to_owned()];
        let mut left = MAX_EXCESS;
        while let Some(folder) = folders.pop() {
            // What lies too deep for a path is not looked at.
            let Ok(entries) = fs::read_dir(folder) else { continue };
            for entry in entries {
                let entry = entry?;
                let found = entry.metadata()?;
                print.add(&found);
                left = left.saturating_sub(1);
                if left == 0 {
                    return Ok(print);
                }
                if found.is_dir() {
                    folders.push(entry.path());
                }
            }
        }
        Ok(print)
    }

    fn add(&mut self, found: &Metadata) {
        self.files = self.files.saturating_add(1);
        self.bytes = self.bytes.saturating_add(found.len());
        self.newest = self.newest.max(modified(found));
    }

    /// All of it, as text.
    pub(super) fn told(&self) -> String {
        let newest = self.newest.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        format!("{} {} {}", self.files, self.bytes, newest.unwrap_or_default().as_nanos())
    }

    /// Bytes of all its files.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }
}

fn modified(found: &Metadata) -> Option<SystemTime> {
    found.modified().ok()
}

/// What was seen of a name.
#[derive(Debug)]
struct Seen {
    print: Print,
    /// Since when it looks like this.
    since: Instant,
    /// Not before.
    deferred: Option<Instant>,
}

/// What a look at the inbox gives.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// Submissions at rest, the oldest first.
    pub(super) ready: Vec<OsString>,
    /// When the next one may be, if any is still moving.
    pub(super) next: Option<Instant>,
}

/// The inbox over time.
#[derive(Debug)]
pub(super) struct Inbox {
    folder: PathBuf,
    settle: Duration,
    seen: BTreeMap<OsString, Seen>,
    said: BTreeSet<OsString>,
}

impl Inbox {
    /// Nothing seen yet.
    pub(super) fn new(folder: &Path, settle: Duration) -> Self {
        Self { folder: folder.to_owned(), settle, seen: BTreeMap::new(), said: BTreeSet::new() }
    }

    /// Looks. `now` only ever goes forward; `wall` may jump, and is only held against the time of empty files.
    pub(super) fn look(&mut self, now: Instant, wall: SystemTime) -> io::Result<Look> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            if names::ignored(&name.to_string_lossy()) {
                continue;
            }
            let path = self.folder.join(&name);
            let print = match Print::of(&path) {
                Err(cause) if disk::is_excess(&cause) => Print::of_excess(&path).map(Some),
                print => print,
            };
            match print {
                Ok(Some(print)) => {
                    found.insert(name, print);
                }
                Ok(None) => self.say(&name, "no file and no folder"),
                // It went away while we looked.
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
                Err(cause) => self.say(&name, &cause.to_string()),
            }
        }
        self.seen.retain(|name, _| found.contains_key(name));
        let mut look = Look::default();
        let mut ready: Vec<(Option<SystemTime>, OsString)> = Vec::new();
        for (name, print) in found {
            let seen = self.seen.entry(name.clone()).or_insert_with(|| Seen {
                print: print.clone(),
                since: now,
                deferred: None,
            });
            if seen.print != print {
                *seen = Seen { print, since: now, deferred: None };
            }
            match due(seen, self.settle, wall) {
                Some(due) if due <= now => ready.push((seen.print.newest, name)),
                Some(due) => look.next = Some(look.next.map_or(due, |next| next.min(due))),
                None => {}
            }
        }
        ready.sort();
        look.ready = ready.into_iter().map(|(_, name)| name).collect();
        Ok(look)
    }

    /// Leaves a submission alone for a while: it could not be taken or read now.
    pub(super) fn defer(&mut self, name: &OsStr, until: Instant) {
        // What has been put back looks new: it is remembered before it is looked at again.
        if let Ok(Some(print)) = Print::of(&self.folder.join(name)) {
            self.seen.insert(name.to_owned(), Seen { print, since: until, deferred: Some(until) });
        }
    }

    fn say(&mut self, name: &OsStr, why: &str) {
        if self.said.len() < MAX_REMEMBERED && self.said.insert(name.to_owned()) {
            tracing::warn!(file = %name.to_string_lossy(), why, "left alone in the inbox");
        }
    }
}

/// When a submission is at rest; `None` for an empty folder, which somebody is about to fill.
fn due(seen: &Seen, settle: Duration, wall: SystemTime) -> Option<Instant> {
    let print = &seen.print;
    if print.is_folder && print.files == 0 {
        return None;
    }
    let rest = if print.is_folder { settle.saturating_mul(FOLDER_PATIENCE) } else { settle };
    // An empty file waits; time that it stood here before we saw it counts.
    let old = print.newest.and_then(|newest| wall.duration_since(newest).ok());
    let wait =
        if print.bytes == 0 { EMPTY_WAIT.saturating_sub(old.unwrap_or_default()).max(rest) } else { rest };
    let due = seen.since.checked_add(wait)?;
    Some(seen.deferred.map_or(due, |deferred| deferred.max(due)))
}
