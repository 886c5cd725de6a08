//! The register: every workbook that was returned, with what was said of it, whom it is about and what it answers.
//!
//! ```text
//! returns/<return id>/workbook.xlsx     as it was returned
//! returns/<return id>/cases.json        the objects of the receipt
//! returns/<return id>/letters.json      what the documents that go out say of its cases, or why there are none
//! returns/<return id>/return.json       what is known of it (`Return`)
//! returns/.children/<parent id>/<id>    a mark for each return that answers another
//! returns/.projects/<key>/<number>-<id> a mark for each return of a project, numbered as they were published
//! ```
//!
//! A return is found by its name, and by the names of marks: however many there are, nothing is read but what is asked for.
//! Whatever is read back is foreign: bounded, typed, and an entry that is broken is left out and said in the log.

mod chain;
pub(super) mod entry;
mod keep;

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::door::Door;
use super::glance::Glance;
use crate::base::{Score, Weight, sha256_of};
use crate::letter::Drafted;
use crate::model::Accepted;

const FOLDER: &str = "returns";
const CHILDREN: &str = ".children";
const PROJECTS: &str = ".projects";
const LOCK: &str = ".lock";
const NOTE: &str = "return.json";
const CASES: &str = "cases.json";
const LETTERS: &str = "letters.json";
/// The version of the form of `return.json`.
const SCHEMA: u8 = 1;
/// Bytes of a `return.json`.
const MAX_NOTE: u64 = 1024 * 1024;
/// Bytes of a `cases.json`.
const MAX_CASES: u64 = 64 * 1024 * 1024;
/// Marks of one return or project that are looked at.
const MAX_MARKS: usize = 100_000;
/// Entries that are read to answer one question.
const MAX_READ: usize = 1_000;
/// Characters of an id and of a project's key: 128 bits.
const ID: usize = 32;

/// The id of a return: that of the record in its workbook.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReturnId(String);

impl FromStr for ReturnId {
    type Err = &'static str;

    /// Only what can be an id is one: it names a folder.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let is_id = text.len() == ID && text.bytes().all(digit);
        if is_id { Ok(Self(text.to_owned())) } else { Err("not the id of a return") }
    }
}

impl TryFrom<String> for ReturnId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ReturnId> for String {
    fn from(id: ReturnId) -> Self {
        id.0
    }
}

impl fmt::Display for ReturnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What tells one project from another: its name, agency and year, whatever blanks are typed between.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectKey(String);

impl ProjectKey {
    /// The key; `None` of a project without a name, which is nobody's.
    pub fn of(name: Option<&str>, agency: Option<&str>, year: Option<i16>) -> Option<Self> {
        let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let name = plain(name?);
        let agency = agency.map(plain).unwrap_or_default();
        let year = year.map(|year| year.to_string()).unwrap_or_default();
        let digest = sha256_of([name.as_str(), agency.as_str(), year.as_str()]);
        (!name.is_empty()).then(|| Self(digest.get(..ID).unwrap_or(&digest).to_owned()))
    }
}

/// A workbook that was returned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// The version of this object's form.
    schema: u8,
    /// Its id.
    pub id: ReturnId,
    /// The return that it answers: the one that was handed in again.
    pub parent: Option<ReturnId>,
    /// The way in which the submission came.
    pub door: Door,
    /// The account that put it there, where the system says it.
    #[serde(default)]
    account: Option<u32>,
    /// When.
    pub at: Timestamp,
    /// What it was scored by.
    pub version: String,
    /// The name of the submission.
    pub submission: String,
    /// The SHA-256 of the submission, as its receipt has it.
    pub sha256: String,
    /// The SHA-256 of the file that this workbook was made of.
    pub source_sha256: String,
    /// The hash of how it was scored.
    pub settings: String,
    /// The name of the result: of a submission that is a folder, the folder's.
    pub result: String,
    /// The workbook's name in that folder.
    pub file: Option<String>,
    /// The workbook's name in the entry.
    workbook: String,
    /// The cases that the workbook takes part in.
    pub cases: Vec<CaseLine>,
    /// The entry's folder.
    #[serde(skip)]
    folder: PathBuf,
}

/// What came of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseLine {
    /// The project.
    pub project: Option<String>,
    /// Its agency.
    pub agency: Option<String>,
    /// Its year.
    pub year: Option<i16>,
    /// The total, where a form was scored.
    pub total: Option<Score>,
    /// What could be earned.
    pub full: Option<Weight>,
    /// The grade.
    pub grade: Option<String>,
    /// Whether every indicator has a score.
    pub complete: bool,
    /// Whether this workbook has the scored form, and with it the sheets that we add.
    pub hosted: bool,
    /// What stands in the place of our scores and our grade.
    pub accepted: Vec<Accepted>,
}

impl CaseLine {
    /// The project's key.
    pub fn key(&self) -> Option<ProjectKey> {
        ProjectKey::of(self.project.as_deref(), self.agency.as_deref(), self.year)
    }
}

impl Return {
    /// The workbook as it was returned.
    pub fn workbook(&self) -> PathBuf {
        self.folder.join(&self.workbook)
    }

    /// The objects of the receipt; `None` where they cannot be read.
    pub fn cases_json(&self) -> Option<Vec<serde_json::Value>> {
        self.cases_as()
    }

    /// As much of them as somebody wants to know.
    pub fn cases_as<T: serde::de::DeserializeOwned>(&self) -> Option<Vec<T>> {
        serde_json::from_slice(&bounded(&self.folder.join(CASES), MAX_CASES).ok()?).ok()
    }
}

impl Return {
    /// What the documents that go out say of the cases, in their order; `None` where that is not kept.
    pub fn letters(&self) -> Option<Vec<Drafted>> {
        serde_json::from_slice(&bounded(&self.folder.join(LETTERS), MAX_CASES).ok()?).ok()
    }
}

/// The register under a state folder.
#[derive(Debug, Clone)]
pub struct Register {
    folder: PathBuf,
}

impl Register {
    /// The register that is kept in this folder.
    pub fn at(state: &Path) -> Self {
        Self { folder: state.join(FOLDER) }
    }

    /// The same, with the folders that it needs.
    pub(super) fn open(state: &Path) -> io::Result<Self> {
        let register = Self::at(state);
        for inside in [CHILDREN, PROJECTS] {
            fs::create_dir_all(register.folder.join(inside))?;
        }
        Ok(register)
    }

    /// Held while returns are published and removed. Freed by the system when its holder dies.
    pub(super) fn lock(&self) -> io::Result<File> {
        let path = self.folder.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        file.lock()?;
        Ok(file)
    }

    /// The return of this id.
    pub fn get(&self, id: &ReturnId) -> Option<Return> {
        let folder = self.entry(id);
        folder.symlink_metadata().ok()?;
        read(&folder, id)
            .inspect_err(
                |cause| tracing::warn!(entry = %folder.display(), %cause, "a broken return is left out"),
            )
            .ok()
    }

    /// The returns that answer this one, the oldest first.
    pub fn children(&self, id: &ReturnId) -> Vec<Return> {
        let marks = names(&self.folder.join(CHILDREN).join(&id.0)).into_iter().take(MAX_READ);
        let children = marks.filter_map(|name| self.get(&name.parse().ok()?));
        let mut children: Vec<Return> = children.filter(|child| child.parent.as_ref() == Some(id)).collect();
        children.sort_by_key(|child| child.at);
        children
    }

    /// The latest return of a project: the workbook with its scored form.
    pub fn latest(&self, key: &ProjectKey) -> Option<Return> {
        let mut latest: Option<(u64, Return)> = None;
        for (number, id) in self.of_project(key).into_iter().take(MAX_READ) {
            if latest.as_ref().is_some_and(|(have, _)| *have != number) {
                break;
            }
            let Some(found) = self.get(&id) else { continue };
            let hosts = found.cases.iter().any(|case| case.hosted && case.key().as_ref() == Some(key));
            // Two that were begun at once may have one number.
            if hosts && latest.as_ref().is_none_or(|(_, have)| have.at < found.at) {
                latest = Some((number, found));
            }
        }
        latest.map(|(_, found)| found)
    }

    /// Whether returns may have come or gone since the last look.
    pub fn is_other(&self, glance: &mut Glance) -> bool {
        glance.is_other(&self.folder)
    }

    /// How many returns there are.
    pub fn count(&self) -> usize {
        self.ids().count()
    }

    /// The ids of all returns.
    pub fn ids(&self) -> impl Iterator<Item = ReturnId> + use<> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten();
        entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
    }

    fn entry(&self, id: &ReturnId) -> PathBuf {
        self.folder.join(&id.0)
    }

    fn child_mark(&self, parent: &ReturnId, id: &ReturnId) -> PathBuf {
        self.folder.join(CHILDREN).join(&parent.0).join(&id.0)
    }

    fn project_mark(&self, key: &ProjectKey, number: u64, id: &ReturnId) -> PathBuf {
        self.folder.join(PROJECTS).join(&key.0).join(format!("{number:010}-{id}"))
    }

    /// The marks of a project, the latest first. Not by time: a clock may jump back.
    fn of_project(&self, key: &ProjectKey) -> Vec<(u64, ReturnId)> {
        let mark = |name: String| {
            let (number, id) = name.split_once('-')?;
            Some((number.parse().ok()?, id.parse().ok()?))
        };
        let mut marks: Vec<(u64, ReturnId)> =
            names(&self.folder.join(PROJECTS).join(&key.0)).into_iter().filter_map(mark).collect();
        marks.sort_unstable_by(|a, b| b.cmp(a));
        marks
    }
}

/// The names of the marks in a folder; there may be none.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().take(MAX_MARKS);
    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
}

/// Reads an entry, which anybody may have altered.
fn read(folder: &Path, id: &ReturnId) -> io::Result<Return> {
    let wrong = |what| Err(io::Error::new(io::ErrorKind::InvalidData, what));
    let found: Return = serde_json::from_slice(&bounded(&folder.join(NOTE), MAX_NOTE)?)?;
    let found = Return { folder: folder.to_owned(), ..found };
    if found.schema != SCHEMA {
        return wrong("written by another version");
    }
    if found.id != *id {
        return wrong("of another return");
    }
    let is_plain = Path::new(&found.workbook).file_name().is_some_and(|name| name == found.workbook.as_str());
    let is_file = |path: &Path| path.symlink_metadata().is_ok_and(|found| found.is_file());
    if !is_plain || !is_file(&found.workbook()) || !is_file(&folder.join(CASES)) {
        return wrong("not whole");
    }
    Ok(found)
}

/// What a file of ours holds; a larger one, or what is no file, is none.
fn bounded(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let found = path.symlink_metadata()?;
    if !found.is_file() || found.len() > limit {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "no file, or too large"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}
