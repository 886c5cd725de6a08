//! What earlier runs made of the same content: `<folder>/<content>-<settings>.json`. A record is foreign when it is read: one
//! that cannot be, or whose result is gone, is none, and the work is done again.

use std::io;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::service::answer::Row;
use crate::service::disk;
use crate::service::receipt::Told;

/// The version of a record's form.
const SCHEMA: u8 = 2;
/// Bytes of a record; a larger one is none of ours.
const MAX_RECORD: u64 = 16 * 1024 * 1024;

/// What was made of a content.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::service) struct Done {
    schema: u8,
    /// Its result below the folder of results; `None` where there was nothing to return.
    pub(in crate::service) result: Option<PathBuf>,
    /// Its cases.
    pub(in crate::service) rows: Vec<Row>,
    /// What a receipt says of each.
    pub(in crate::service) receipts: Vec<Told>,
}

impl Done {
    pub(in crate::service) fn new(result: Option<PathBuf>, rows: Vec<Row>, receipts: Vec<Told>) -> Self {
        Self { schema: SCHEMA, result, rows, receipts }
    }
}

/// Where the records are, and whose results they are of.
#[derive(Debug, Clone)]
pub(in crate::service) struct Memory {
    folder: PathBuf,
    results: PathBuf,
    settings: String,
}

impl Memory {
    /// The memory of a folder of results, for work of these settings.
    pub(in crate::service) fn of(folder: PathBuf, results: &Path, settings: &str) -> Self {
        let settings = settings.get(..16).unwrap_or(settings).to_owned();
        Self { folder, results: results.to_owned(), settings }
    }

    /// Where what was made of this content is remembered.
    pub(in crate::service) fn path(&self, content: &str) -> PathBuf {
        self.folder.join(format!("{content}-{}.json", self.settings))
    }

    /// What was made of this content, where it is still there, in the folder where it would be put.
    pub(in crate::service) fn find(&self, content: &str, folder: &Path) -> Option<Done> {
        let bytes = disk::read_small(&self.path(content), MAX_RECORD).ok()?;
        let done: Done = serde_json::from_slice(&bytes).ok()?;
        let there = |result: &PathBuf| {
            let plain = result.components().all(|part| matches!(part, Component::Normal(_)));
            let beside = result.parent() == Some(folder);
            plain && beside && self.results.join(result).symlink_metadata().is_ok()
        };
        (done.schema == SCHEMA && done.result.as_ref().is_none_or(there)).then_some(done)
    }

    /// Remembers what is about to be put there.
    pub(in crate::service) fn keep(&self, content: &str, done: &Done) -> io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        let path = self.path(content);
        disk::write_whole(&path, &path.with_extension("tmp"), &serde_json::to_vec(done)?)
    }
}
