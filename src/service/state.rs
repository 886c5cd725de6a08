//! What is done, by content: `state/<sha256>-<mapping hash>.json`; and the last thing that went wrong.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::answer::Mark;
use super::folders::Folders;
use super::{disk, names};
use crate::base::Error;

const LAST_ERROR: &str = "last-error.json";
const SERVICE: &str = "service.json";
/// The version of a record's form.
pub(super) const SCHEMA: u8 = 1;
/// Bytes of a record; a larger one is none of ours.
const MAX_RECORD: u64 = 64 * 1024;

/// Finished work: the content and how it was read, and where its result went.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Done {
    /// The version of this object's form.
    pub(super) schema: u8,
    /// The name it was dropped under.
    pub(super) source: String,
    /// What it was scored by.
    pub(super) version: String,
    /// Its result: a file or folder.
    pub(super) result: PathBuf,
    /// When.
    pub(super) at: Timestamp,
    /// The returns in it; records of older versions do not say.
    #[serde(default)]
    pub(super) returns: Vec<Mark>,
}

/// The last submission that was not scored, or the last time the service itself was hindered.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LastError {
    /// When.
    pub(super) at: Timestamp,
    /// The submission, where it was about one.
    pub(super) file: Option<String>,
    /// What was wrong.
    pub(super) message: String,
}

impl LastError {
    /// Of an error, with what caused it.
    pub(super) fn of(error: &Error, file: Option<String>, at: Timestamp) -> Self {
        let cause = std::error::Error::source(error).map(|cause| format!("（{cause}）"));
        Self { at, file, message: format!("{error}{}", cause.unwrap_or_default()) }
    }
}

/// Which folders a service works on, for `--status`.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Served {
    pub(super) inbox: PathBuf,
    #[serde(default)]
    pub(super) reviewer_inbox: Option<PathBuf>,
    pub(super) outbox: PathBuf,
    /// The folder in which the register is kept.
    #[serde(default)]
    pub(super) register: Option<PathBuf>,
    /// What tells how it scores from other ways.
    #[serde(default)]
    pub(super) way: String,
    /// Megabytes below which there is too little room.
    #[serde(default)]
    pub(super) least_mb: u64,
}

/// What identifies work: the same content read the same way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(String);

impl Key {
    /// The key of a content under a mapping; `mapping` is its hash.
    pub(super) fn new(content: &str, mapping: &str) -> Self {
        Self(format!("{content}-{}", mapping.get(..16).unwrap_or(mapping)))
    }

    /// Where its record stands.
    pub(super) fn path(&self, folders: &Folders) -> PathBuf {
        folders.state.join(format!("{}.json", self.0))
    }
}

/// The record of a work whose result is still in the outbox; `None` otherwise.
pub(super) fn find(folders: &Folders, key: &Key) -> Option<Done> {
    // A record that cannot be read, or that names what no result is called, is as good as none: the work is done again.
    let done: Done = read(&key.path(folders))?;
    let result = done.result.as_path();
    let name = result.file_name()?.to_str()?;
    // Compared as written: `..` and its like lead elsewhere.
    let beside = *result == *folders.outbox.join(name) && names::is_result(name);
    (done.schema == SCHEMA && beside && result.symlink_metadata().is_ok()).then_some(done)
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Option<T> {
    serde_json::from_slice(&disk::read_small(path, MAX_RECORD).ok()?).ok()
}

/// Remembers what went wrong. Failing to is no fault of its own: it is in the log.
pub(super) fn remember_error(folders: &Folders, error: &LastError) {
    let _ = write(folders, LAST_ERROR, error);
}

/// Remembers which folders are served, and how.
pub(super) fn remember_service(folders: &Folders, served: &Served) -> io::Result<()> {
    write(folders, SERVICE, served)?;
    // A service that was killed over it has left it; the next error may never come.
    let _guard = folders.lock()?;
    disk::remove(&scratch(folders, LAST_ERROR))
}

/// Where a file of the state folder grows.
fn scratch(folders: &Folders, name: &str) -> PathBuf {
    folders.state.join(format!(".{name}.tmp"))
}

fn write(folders: &Folders, name: &str, what: &impl Serialize) -> io::Result<()> {
    let _guard = folders.lock()?;
    let bytes = serde_json::to_vec_pretty(what)?;
    disk::write_whole(&folders.state.join(name), &scratch(folders, name), &bytes)
}

/// The last error under a state folder.
pub(super) fn last_error(state: &Path) -> Option<LastError> {
    read(&state.join(LAST_ERROR))
}

/// The folders of the service under a state folder.
pub(super) fn served(state: &Path) -> Option<Served> {
    read(&state.join(SERVICE))
}

/// When the work of a record was done.
pub(super) fn scored_at(record: &Path) -> Option<Timestamp> {
    read::<Done>(record).map(|done| done.at)
}

/// Whether a file of the state folder records finished work.
pub(super) fn is_record(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "json")
        && name != LAST_ERROR
        && name != SERVICE
}
