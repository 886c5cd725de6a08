//! The record of what is ours, as it is read back: a very hidden sheet, one line a row, and a hidden
//! defined name that follows the cell of each line.
//!
//! Whatever is read back is foreign. It is taken apart once, here, and bounded; and it is **proved** only where its seal is
//! the signature of a key that counts over every line, their number and their order.

use std::collections::{BTreeMap, BTreeSet};

use super::content::Digest;
use super::keys::{Keys, PublicKey};
use super::memory::What;
use super::our_sheet::SheetKey;
use super::seal::message;
use super::text::decoded;
use super::view::View;
use crate::base::{CellAt, CellRef};
use crate::model::Project;
use crate::sheet::Sheet;

/// The sheet's name, where nobody else has a sheet of that name.
pub const NAME: &str = "_jixiao";
/// Columns of a record.
pub const COLUMNS: usize = 8;
/// A row of it.
pub type Row = [String; COLUMNS];

/// The titles of a record that is sealed.
pub(super) const HEADER: [&str; COLUMNS] =
    ["name", "kind", "sheet", "cell", "content", "replaced", "shown", "of"];
/// Those that versions before the seal wrote.
const UNSEALED: [&str; COLUMNS] = ["key", "kind", "sheet", "cell", "content", "replaced", "shown", "of"];
/// What a seal is for; another arrangement of the lines is another purpose.
pub(super) const PURPOSE: &str = "jixiao record 2";
pub(super) const SEAL: &str = "seal";
pub(super) const ABOUT: &str = "about";
/// Rows that are read back at most.
pub const MAX_ROWS: u32 = 100_000;
/// Bytes of them.
const MAX_BYTES: usize = 64 * 1024 * 1024;
/// What a record says of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// A cell of the agency's that we wrote.
    Cell {
        /// What it holds ([`super::content`]).
        content: String,
        /// What a person had typed there before `--replace-scores`.
        replaced: String,
        /// What a person saw.
        shown: String,
        /// Its number format; empty where it is not known.
        format: String,
    },
    /// Our note.
    Note(String),
    /// A sheet that we added, at its first cell.
    Sheet(SheetKey),
    /// What cells of that sheet hold.
    Digests(Vec<(CellRef, Digest)>),
    /// How that sheet shows what it holds; versions before say nothing of it.
    View(View),
    /// A sheet that an earlier run added and a person changed since, at the first cell that was: it is theirs, but no form.
    Aside {
        /// How many cells were changed; none where that is not known.
        cells: usize,
    },
    /// A cell that a formula of ours refers to.
    Place,
    /// Something remembered of what was read.
    Memory {
        /// What it is.
        what: What,
        /// What is compared.
        content: String,
        /// What a person saw.
        shown: String,
        /// The case and indicator it belongs to.
        label: String,
    },
}

/// A line of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordLine {
    /// The cell, where it was when the record was written.
    pub at: CellAt,
    /// What is said of it.
    pub written: Written,
}

/// What the record is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The program's version.
    pub version: String,
    /// SHA-256 of the file that was scored.
    pub source: String,
    /// The return that this file was, if it was one.
    pub parent: String,
    /// The projects scored, by the number of their case.
    pub projects: Vec<Project>,
}

/// A workbook that is returned, by its record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Return {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub about: About,
}

/// How much a record proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// It has no seal: an older version wrote it, or somebody else.
    #[default]
    Unsigned,
    /// Its seal is of a key that does not count here.
    Unknown,
    /// Its lines are not those that were sealed.
    Broken,
    /// Every line is as a key that counts sealed it.
    Proved,
}

/// A record as it was read back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// How much it proves.
    pub standing: Standing,
    /// The return's id: a digest of all lines.
    pub id: String,
    /// What it is about.
    pub about: About,
    /// Its lines, each with the name that follows its cell.
    pub lines: Vec<(String, RecordLine)>,
}

impl Record {
    /// The sheets that may be ours: those named as sheets that we added, and those that their names lead to.
    pub fn sheets(&self, names: &BTreeMap<String, CellAt>) -> BTreeSet<String> {
        let added = |(_, line): &&(String, RecordLine)| {
            matches!(line.written, Written::Sheet(_) | Written::Aside { .. })
        };
        let both = |(name, line): &(String, RecordLine)| {
            let now = names.get(name).map(|at| at.sheet.name.clone());
            now.into_iter().chain([line.at.sheet.name.clone()])
        };
        self.lines.iter().filter(added).flat_map(both).collect()
    }
}

/// Whether a sheet is arranged as a record of ours, of this version or one before the seal.
pub fn is_record(sheet: &Sheet) -> bool {
    let head = row(sheet, 0);
    head == HEADER || head == UNSEALED
}

fn row(sheet: &Sheet, row: u32) -> Row {
    let mut texts = Row::default();
    for (column, text) in (0_u32..).zip(&mut texts) {
        *text = sheet.at(row, column).shown();
    }
    texts
}

/// Reads a record; `None` where the sheet is none.
pub fn read(sheet: &Sheet, keys: &Keys) -> Option<Record> {
    if !is_record(sheet) {
        return None;
    }
    let last = sheet.last_row().unwrap_or(0);
    let bytes = sheet.cells().map(|(_, cell)| cell.shown().len()).fold(0, usize::saturating_add);
    if last >= MAX_ROWS || sheet.truncated || bytes > MAX_BYTES {
        return Some(Record { standing: Standing::Broken, ..Record::default() });
    }
    if row(sheet, 0) == UNSEALED {
        let rows: Vec<Row> = (1..=last).map(|number| row(sheet, number)).collect();
        let lines = rows.iter().filter_map(decoded_line).collect();
        return Some(Record { lines, ..Record::default() });
    }
    let [purpose, kind, by, _, signature, id, ..] = row(sheet, 1);
    let rows: Vec<Row> = (2..=last).map(|number| row(sheet, number)).collect();
    let by: Option<PublicKey> = by.parse().ok();
    let standing = match by {
        _ if purpose != PURPOSE || kind != SEAL => Standing::Broken,
        None => Standing::Unsigned,
        Some(by) if !keys.know(by) => Standing::Unknown,
        Some(by) if keys.prove(&message(&id, &rows), by, &signature) => Standing::Proved,
        Some(_) => Standing::Broken,
    };
    let lines = rows.iter().filter_map(decoded_line).collect();
    Some(Record { standing, id, about: decoded_about(&rows), lines })
}

fn decoded_about(rows: &[Row]) -> About {
    let mut about = About::default();
    let mut projects: BTreeMap<usize, Project> = BTreeMap::new();
    for [_, kind, key, _, value, _, _, of] in rows {
        if kind != ABOUT {
            continue;
        }
        let value = decoded(value);
        let case = of.parse().ok();
        let mut project = |set: &dyn Fn(&mut Project, Option<String>)| {
            if let Some(case) = case {
                let value = Some(value.clone()).filter(|value| !value.is_empty());
                set(projects.entry(case).or_default(), value);
            }
        };
        match key.as_str() {
            "version" => about.version = value,
            "source" => about.source = value,
            "parent" => about.parent = value,
            "project" => project(&|project, value| project.name = value),
            "agency" => project(&|project, value| project.agency = value),
            "year" => project(&|project, value| project.year = value.and_then(|year| year.parse().ok())),
            _ => {}
        }
    }
    about.projects = projects.into_values().collect();
    about
}

fn decoded_line(
    [name, kind, sheet, cell, content, replaced, shown, of]: &Row,
) -> Option<(String, RecordLine)> {
    let written = match kind.as_str() {
        "cell" => Written::Cell {
            content: decoded(content),
            replaced: decoded(replaced),
            shown: decoded(shown),
            format: decoded(of),
        },
        "note" => Written::Note(decoded(content)),
        "sheet" => Written::Sheet(content.parse().ok()?),
        "digests" => Written::Digests(decoded_digests(content)),
        "view" => Written::View(View::decoded(&decoded(content), &decoded(shown))?),
        "aside" => Written::Aside { cells: content.parse().unwrap_or(0) },
        "place" => Written::Place,
        word => Written::Memory {
            what: What::named(word)?,
            content: decoded(content),
            shown: decoded(shown),
            label: of.clone(),
        },
    };
    let at = CellAt::new(decoded(sheet), cell.parse().ok()?);
    Some((name.clone(), RecordLine { at, written }))
}

fn decoded_digests(text: &str) -> Vec<(CellRef, Digest)> {
    let entries = text.split(' ').filter_map(|entry| entry.split_once('='));
    entries.filter_map(|(at, digest)| Some((at.parse().ok()?, Digest::decoded(digest)))).collect()
}
