//! What earlier runs made of the same content: `<folder>/<content>-<settings>.json`. A record is foreign when it is read: one
//! that cannot be, or whose result is gone, is none, and the work is done again.

use std::collections::BTreeSet;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::service::answer::Row;
use crate::service::disk;
use crate::service::receipt_case::Told;

/// The version of a record's form.
const SCHEMA: u8 = 3;
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
    /// The SHA-256 of each file that it was made of.
    #[serde(default)]
    sources: Vec<String>,
    /// The digest of the result as it was put out ([`disk::digest`]).
    #[serde(default)]
    digest: Option<String>,
    /// The register that the result is in.
    #[serde(default)]
    register: Option<PathBuf>,
}

impl Done {
    pub(in crate::service) fn new(result: Option<PathBuf>, rows: Vec<Row>, receipts: Vec<Told>) -> Self {
        Self { schema: SCHEMA, result, rows, receipts, sources: Vec::new(), digest: None, register: None }
    }

    /// The same with the files that it was made of, the digest of what was put out, and the register that has it.
    pub(in crate::service) fn made(
        self,
        sources: Vec<String>,
        digest: Option<String>,
        register: Option<&Path>,
    ) -> Self {
        Self { sources, digest, register: register.map(Path::to_owned), ..self }
    }

    /// Whether a run that has these files and keeps this register would make the same. Equal cells are one content however
    /// they were saved, but notes and looks go into the result as well.
    pub(in crate::service) fn holds(&self, files: &BTreeSet<String>, register: Option<&Path>) -> bool {
        self.sources.iter().all(|source| files.contains(source))
            && (self.result.is_none() || register.is_none() || self.register.as_deref() == register)
    }

    /// Whether the result below this folder is another than was put there: a person has worked on it.
    pub(in crate::service) fn is_edited(&self, results: &Path) -> bool {
        let Some((digest, result)) = self.digest.as_ref().zip(self.result.as_ref()) else { return false };
        disk::digest(&results.join(result)).ok().as_ref() != Some(digest)
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
        self.read(content, folder).filter(|done| self.is_there(done))
    }

    /// The same wherever its result is by now.
    pub(in crate::service) fn read(&self, content: &str, folder: &Path) -> Option<Done> {
        let bytes = disk::read_small(&self.path(content), MAX_RECORD).ok()?;
        let done: Done = serde_json::from_slice(&bytes).ok()?;
        let inside = |result: &PathBuf| {
            let plain = result.components().all(|part| matches!(part, Component::Normal(_)));
            plain && result.parent() == Some(folder)
        };
        (done.schema == SCHEMA && done.result.as_ref().is_none_or(inside)).then_some(done)
    }

    /// Whether the result is still there, if there was one.
    pub(in crate::service) fn is_there(&self, done: &Done) -> bool {
        done.result.as_ref().is_none_or(|result| self.results.join(result).symlink_metadata().is_ok())
    }

    /// Remembers what is about to be put there.
    pub(in crate::service) fn keep(&self, content: &str, done: &Done) -> io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        let path = self.path(content);
        disk::write_whole(&path, &path.with_extension("tmp"), &serde_json::to_vec(done)?)
    }
}
