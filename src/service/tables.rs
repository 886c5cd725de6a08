//! A folder of tables that grows with every batch: Parquet, NDJSON or CSV files by table, year and region, and which contents
//! are in them.
//!
//! A **part** is what some submissions gave: a file a table, year and region each. It is written down first
//! (`_parts/NAME.begun`: contents and files), then its files are, then it is renamed to `NAME.json`: a run that is killed
//! leaves a part that was begun, which the next run takes away. A content comes once under the same settings.
//!
//! What is known of all projects of a batch together (what was found where they lie beside each other, the roll) is no content's:
//! it is a part of its own, which the next run of the same batch puts another in the place of.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::answer::CaseAnswer;
use super::disk;
use super::submission::Submission;
use super::worker::Outcome;
use crate::base::file_name::made_of;
use crate::base::{Error, Result, sha256_of};
use crate::export::{self, Format, Origin, Row, SCHEMA, Table};

/// Where it is written down which contents are in.
const PARTS: &str = "_parts";
/// How a part that is complete ends, and one that is being written.
const WHOLE: &str = "json";
const BEGUN: &str = "begun";
/// The file that is locked while a run writes.
const LOCK: &str = ".lock";
/// Rows that are held before a part is written.
const MAX_ROWS: usize = 100_000;
/// Bytes of what is written down of a part.
const MAX_PART: u64 = 64 * 1024 * 1024;
/// The year of rows that are of none.
const NO_YEAR: &str = "0";
/// Units of a region's name in a path.
const MAX_REGION: usize = 60;
/// Characters of a part's name.
const NAME_CHARS: usize = 32;

/// What is wanted.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The folder of the tables.
    pub folder: PathBuf,
    /// How they are written.
    pub formats: BTreeSet<Format>,
    /// The region that the submissions are of.
    pub region: String,
    /// The folder by which the batch is known from run to run.
    pub batch: PathBuf,
}

/// What is written down of a part.
#[derive(Debug, Serialize, Deserialize)]
struct TablePart {
    schema: u8,
    /// Its number, from 1.
    number: u64,
    settings: String,
    contents: BTreeSet<String>,
    files: Vec<PathBuf>,
    /// The batch that it tells of as a whole, where it is of no content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of_batch: Option<String>,
}

/// A region's name in a path.
pub(super) fn region_folder(region: &str) -> String {
    made_of(region, MAX_REGION)
}

/// The rows of a submission, whatever became of it; none where that is no fault of its own, for then it will be tried again.
pub(super) fn rows_of(submission: &Submission, outcome: &Outcome) -> Vec<Row> {
    let told = |outcome: &str, cases: &[CaseAnswer], why: Option<&str>| {
        let file = (submission.name.as_str(), submission.files.len());
        let rows = cases.iter().flat_map(|case| case.tables.iter().cloned());
        rows.chain([export::of_file(file, (outcome, cases.len(), why))]).collect()
    };
    match outcome {
        Outcome::Scored(cases, _) => told("scored", cases, None),
        Outcome::Refused(refusal) => told("refused", &[], Some(&refusal.message)),
        // Nothing of it is repeated, not even where the mark stands.
        Outcome::Marked(_) => told("marked", &[], None),
        Outcome::Failed(_) | Outcome::Unwanted => Vec::new(),
    }
}

/// A folder of tables that a run writes to.
pub(super) struct Tables {
    wanted: Wanted,
    settings: String,
    /// What the batch is known by.
    batch: String,
    state: Mutex<State>,
    /// Held while the run lives.
    _lock: File,
}

/// The rows of files that are about to be written, by table and year.
type Files = BTreeMap<(Table, String), Vec<Row>>;

#[derive(Default)]
struct State {
    /// Contents that are in under these settings, and those that wait.
    known: BTreeSet<String>,
    /// Those of which the rows wait.
    waiting: BTreeSet<String>,
    rows: Vec<Row>,
    added: usize,
    /// The number of the last part.
    last: u64,
    /// The parts that tell of this batch as a whole, by their names: one, but where a run was killed between two.
    of_batch: BTreeMap<String, Vec<PathBuf>>,
}

fn unwritable(folder: &Path) -> impl Fn(io::Error) -> Error + '_ {
    move |cause| {
        let message = format!("数据表文件夹“{}”无法读写。", folder.display());
        Error::output(message, "请检查路径、写入权限和磁盘空间。").because(cause)
    }
}

impl Tables {
    /// Opens the folder, made if it is not there; what a run that was killed left half is taken away.
    pub(super) fn open(wanted: Wanted, settings: &str) -> Result<Self> {
        let folder = wanted.folder.clone();
        let failed = unwritable(&folder);
        let parts = folder.join(PARTS);
        fs::create_dir_all(&parts).map_err(&failed)?;
        let lock = File::create(parts.join(LOCK)).map_err(&failed)?;
        lock.try_lock().map_err(|_| {
            let message = format!("数据表文件夹“{}”正由另一个程序写入。", wanted.folder.display());
            Error::output(message, "请等它结束后再运行，或换一个文件夹。")
        })?;
        let mut state = State::default();
        let mut there: BTreeSet<String> = BTreeSet::new();
        let place = dunce::canonicalize(&wanted.batch).map_err(&failed)?;
        let batch = sha256_of([place.to_string_lossy().as_ref(), &wanted.region]);
        for entry in fs::read_dir(&parts).map_err(&failed)? {
            let path = entry.map_err(&failed)?.path();
            let Some(ending) = path.extension().and_then(|ending| ending.to_str()) else { continue };
            if ![WHOLE, BEGUN].contains(&ending) {
                continue;
            }
            let bytes = disk::read_small(&path, MAX_PART).map_err(&failed)?;
            let part = serde_json::from_slice::<TablePart>(&bytes).ok();
            if ending == BEGUN {
                // One that cannot be read was not written whole, and none of its files was begun.
                let files = part.map(|part| part.files).unwrap_or_default();
                take_away(&wanted.folder, &path, &files).map_err(&failed)?;
                continue;
            }
            let part = part.filter(|part| part.schema == SCHEMA).ok_or_else(|| {
                let message =
                    format!("数据表文件夹“{}”是另一个版本的程序写的，列不一样。", wanted.folder.display());
                Error::usage(message, "请换一个空文件夹，把全部材料重新导出一次。")
            })?;
            state.last = state.last.max(part.number);
            let format =
                |file: &PathBuf| Some(file.components().next()?.as_os_str().to_string_lossy().into_owned());
            there.extend(part.files.iter().filter_map(format));
            if part.of_batch.as_ref() == Some(&batch) {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                state.of_batch.insert(name, part.files);
                continue;
            }
            if part.settings == settings {
                state.known.extend(part.contents);
            }
        }
        let formats: BTreeSet<String> =
            wanted.formats.iter().map(|format| format.name().to_owned()).collect();
        if !there.is_empty() && there != formats {
            let named = there.into_iter().collect::<Vec<_>>().join(",");
            let message = format!(
                "数据表文件夹“{}”中是 {named} 格式的表，与本次要求的格式不同。",
                wanted.folder.display()
            );
            return Err(Error::usage(message, "请用同样的格式（--export-format），或换一个空文件夹。"));
        }
        let settings = settings.to_owned();
        Ok(Self { wanted, settings, batch, state: Mutex::new(state), _lock: lock })
    }

    /// Whether a content is in, or will be.
    pub(super) fn has(&self, content: &str) -> bool {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).known.contains(content)
    }

    /// Takes what a submission gave in, where its content is not in yet.
    pub(super) fn add(&self, content: &str, rows: impl IntoIterator<Item = Row>) -> Result<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.known.insert(content.to_owned()) {
            return Ok(());
        }
        let origin = self.origin(content, state.last.saturating_add(1));
        state.waiting.insert(content.to_owned());
        state.rows.extend(rows.into_iter().map(|row| row.from(origin)));
        state.added = state.added.saturating_add(1);
        if state.rows.len() >= MAX_ROWS { self.write(&mut state) } else { Ok(()) }
    }

    /// Writes what waits, and tells how many submissions came in by this run.
    pub(super) fn finish(&self) -> Result<usize> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        self.write(&mut state)?;
        Ok(state.added)
    }

    /// Puts what is known of all projects together in the place of what an earlier run of the batch wrote of it: rows, each with
    /// the content that it is of. Where it is the same, nothing is written.
    pub(super) fn replace(&self, told: Vec<(String, Row)>) -> Result<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut texts: Vec<String> = Vec::new();
        for (content, row) in &told {
            texts.push(content.clone());
            texts.push(serde_json::to_string(row).map_err(Error::internal)?);
        }
        let name = self.name(texts.iter().map(String::as_str).chain([self.batch.as_str()]));
        if !told.is_empty() && !state.of_batch.contains_key(&name) {
            let entry = state.last.saturating_add(1);
            let rows = told.into_iter().map(|(content, row)| row.from(self.origin(&content, entry)));
            let about = (name.as_str(), BTreeSet::new(), Some(self.batch.clone()));
            let files = self.put(&mut state, about, (rows.collect(), Files::new()))?;
            state.of_batch.insert(name.clone(), files);
        }
        let parts = self.wanted.folder.join(PARTS);
        let failed = unwritable(&self.wanted.folder);
        let earlier = std::mem::take(&mut state.of_batch);
        for (old, files) in earlier {
            if old == name {
                state.of_batch.insert(old, files);
                continue;
            }
            // Begun, as far as a run knows that finds it: so it is taken away whole or by the next.
            let (whole, begun) =
                (parts.join(&old).with_extension(WHOLE), parts.join(&old).with_extension(BEGUN));
            disk::rename_new(&whole, &begun).map_err(&failed)?;
            take_away(&self.wanted.folder, &begun, &files).map_err(&failed)?;
        }
        Ok(())
    }

    fn origin<'o>(&'o self, content: &'o str, entry: u64) -> Origin<'o> {
        Origin { content, settings: &self.settings, region: &self.wanted.region, entry }
    }

    /// The name of a part that says this.
    fn name<'t>(&'t self, told: impl Iterator<Item = &'t str>) -> String {
        let formats = self.wanted.formats.iter().map(|format| format.name());
        let about: Vec<&str> =
            told.chain(formats).chain([self.settings.as_str(), &self.wanted.region]).collect();
        sha256_of(about).chars().take(NAME_CHARS).collect()
    }

    /// Writes the rows that wait as a part.
    fn write(&self, state: &mut State) -> Result<()> {
        if state.waiting.is_empty() {
            return Ok(());
        }
        let contents = std::mem::take(&mut state.waiting);
        let rows = std::mem::take(&mut state.rows);
        let name = self.name(contents.iter().map(String::as_str));
        // Every table is there, if only with its columns: whoever reads finds each.
        let there: BTreeSet<Table> = rows.iter().map(|row| row.table).collect();
        let empty = Table::ALL.into_iter().filter(|table| !there.contains(table));
        let files = empty.map(|table| ((table, NO_YEAR.to_owned()), Vec::new())).collect();
        self.put(state, (&name, contents, None), (rows, files)).map(|_| ())
    }

    /// Writes a part: its rows beside the files that there are to be in any case. Gives the names of its files.
    fn put(
        &self,
        state: &mut State,
        (name, contents, of_batch): (&str, BTreeSet<String>, Option<String>),
        (mut rows, mut files): (Vec<Row>, Files),
    ) -> Result<Vec<PathBuf>> {
        rows.sort();
        state.last = state.last.saturating_add(1);
        for row in rows {
            let year = row.get("year").unwrap_or_default().to_owned();
            files.entry((row.table, year)).or_default().push(row);
        }
        let place = |format: Format, table: Table, year: &str| {
            PathBuf::from(format.name())
                .join(table.name())
                .join(format!("year={year}"))
                .join(format!("region={}", region_folder(&self.wanted.region)))
                .join(format!("{name}.{}", format.name()))
        };
        let all = || {
            let formats = self.wanted.formats.iter().copied();
            formats
                .flat_map(|format| files.iter().map(move |(key, rows)| (format, key, rows)))
                .collect::<Vec<_>>()
        };
        let part = TablePart {
            schema: SCHEMA,
            number: state.last,
            settings: self.settings.clone(),
            contents,
            files: all().into_iter().map(|(format, (table, year), _)| place(format, *table, year)).collect(),
            of_batch,
        };
        let failed = unwritable(&self.wanted.folder);
        let parts = self.wanted.folder.join(PARTS);
        let begun = parts.join(name).with_extension(BEGUN);
        let bytes = serde_json::to_vec(&part).map_err(Error::internal)?;
        disk::write_new(&begun, &bytes).map_err(&failed)?;
        disk::sync_folder(&parts);
        for (format, (table, year), rows) in all() {
            let to = self.wanted.folder.join(place(format, *table, year));
            let folder = to.parent().unwrap_or(&self.wanted.folder);
            fs::create_dir_all(folder).map_err(&failed)?;
            // Whoever reads the folder meanwhile sees whole files only.
            let draft = to.with_extension("tmp");
            disk::remove(&draft).map_err(&failed)?;
            disk::write_new(&draft, &format.write(*table, rows)?).map_err(&failed)?;
            disk::rename_new(&draft, &to).map_err(&failed)?;
            disk::sync_folder(folder);
        }
        disk::rename_new(&begun, &parts.join(name).with_extension(WHOLE)).map_err(&failed)?;
        disk::sync_folder(&parts);
        Ok(part.files)
    }
}

/// Takes away a part that is not whole: its files, then what is written down of it.
fn take_away(folder: &Path, part: &Path, files: &[PathBuf]) -> io::Result<()> {
    for file in files.iter().filter(|file| is_inside(file)) {
        disk::remove(&folder.join(file))?;
    }
    disk::remove(part)
}

/// Whether a path leads nowhere else: what is written down in a folder may be anybody's.
fn is_inside(path: &Path) -> bool {
    path.components().all(|part| matches!(part, std::path::Component::Normal(_)))
}
