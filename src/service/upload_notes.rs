//! The notes of uploads: whose each is, by which way it came, and what it is called. They are kept in memory and renewed by
//! what is new, for every page asks for them.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::disk;
use super::door::Door;
use super::glance::Glance;
use super::register::ReturnId;

/// The note in the folder of an upload.
pub(super) const NOTE: &str = "upload.json";
/// Bytes of a note.
const MAX_NOTE: u64 = 64 * 1024;
/// Uploads that are remembered.
const MAX_UPLOADS: usize = 100_000;

/// An upload that is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Its id.
    pub id: String,
    /// The account that it came through.
    pub user: String,
    /// When.
    pub at: Timestamp,
    /// Its name in the inbox.
    pub name: String,
    /// The SHA-256 of its content, as its receipt has it.
    pub sha256: String,
    /// The way in: what a reviewer typed counts.
    #[serde(default)]
    pub door: Door,
    /// The return that it is, with something typed into it; `None` of what was uploaded.
    #[serde(default)]
    pub edits: Option<ReturnId>,
}

/// The notes of all uploads, as far as they were read. A note is written once.
#[derive(Debug, Default)]
pub(super) struct Notes {
    glance: Glance,
    /// By folder; `None` where there is no note yet.
    read: BTreeMap<OsString, Option<Upload>>,
    /// The latest first.
    pub(super) all: Arc<Vec<Upload>>,
}

impl Notes {
    /// Reads what is new.
    pub(super) fn renew(&mut self, folder: &Path) {
        let mut changed = false;
        if self.glance.is_other(folder) {
            let entries = fs::read_dir(folder).into_iter().flatten();
            let there: BTreeSet<OsString> =
                entries.filter_map(|entry| Some(entry.ok()?.file_name())).take(MAX_UPLOADS).collect();
            let before = self.read.len();
            self.read.retain(|name, _| there.contains(name));
            changed = self.read.len() != before;
            for name in there {
                self.read.entry(name).or_default();
            }
        }
        for (name, upload) in self.read.iter_mut().filter(|(_, upload)| upload.is_none()) {
            *upload = note(&folder.join(name));
            changed |= upload.is_some();
        }
        if changed {
            let mut all: Vec<Upload> = self.read.values().flatten().cloned().collect();
            all.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
            self.all = Arc::new(all);
        }
    }
}

/// The note in the folder of an upload, where it is whole.
pub(super) fn note(folder: &Path) -> Option<Upload> {
    let upload: Upload =
        serde_json::from_slice(&disk::read_small(&folder.join(NOTE), MAX_NOTE).ok()?).ok()?;
    // Anybody may have written it: a name is a name, no path.
    let is_plain = Path::new(&upload.name).file_name().is_some_and(|name| name == upload.name.as_str());
    is_plain.then_some(upload)
}
