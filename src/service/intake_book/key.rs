//! What stands in the hidden column of a row: whose it is, and what was written there, so that a row is known again after
//! sorting, and what a person changed is told from what we wrote.

use super::columns::Column;
use super::{Adopted, FileLine, RegisterLine};
use crate::base::{CellRef, sha256_of};

/// Before all else in the cell.
const MARK: &str = "jixiao1";
/// Before the digest of the first page.
const FRONT: &str = "jixiao1-front/";
/// Digits of a digest that tell rows apart.
const DIGITS: usize = 16;

/// What the hidden cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    /// Of the project, as [`project`] gives it.
    pub(super) project: String,
    /// Of the file's content; empty where there is none.
    pub(super) file: String,
    /// The versions of which one is chosen: those of a stage of the project; a file that goes with others is one by itself.
    pub(super) versions: String,
    /// Of the cells by which the row is known: code, project, file.
    pub(super) identity: String,
    /// Of all cells that are not a person's.
    pub(super) whole: String,
    /// What stood in 采用.
    pub(super) adopted: Adopted,
    /// Of what stood in 催报.
    pub(super) reminder: String,
    /// The rows of the page.
    pub(super) rows: usize,
}

fn short(texts: &[&str]) -> String {
    let digest = sha256_of(texts.iter().copied());
    digest.get(..DIGITS).unwrap_or_default().to_owned()
}

/// A cell's text as programs agree on it: spaces and line breaks may change when a workbook is saved.
fn stripped(text: &str) -> String {
    text.split_whitespace().collect()
}

/// A text of a person.
pub(super) fn of_text(text: &str) -> String {
    short(&[&stripped(text)])
}

/// A project's key as the register has it.
pub(super) fn project(key: &str) -> String {
    short(&[key])
}

/// A file's digest as the register has it.
pub(super) fn file(digest: &str) -> String {
    if digest.is_empty() { String::new() } else { short(&[digest]) }
}

fn versions(of: &FileLine) -> String {
    if of.goes_with_others { file(&of.digest) } else { of_text(of.stage.as_deref().unwrap_or_default()) }
}

/// The digest of the cells by which a row is known.
pub(super) fn identity(cell: impl Fn(Column) -> String) -> String {
    let parts = [Column::Code, Column::Project, Column::File].map(|column| stripped(&cell(column)));
    short(&parts.each_ref().map(String::as_str))
}

/// The digest of all cells that are not a person's.
pub(super) fn whole(cell: impl Fn(Column) -> String) -> String {
    let ours = Column::ALL.into_iter().filter(|column| !column.is_a_persons() && *column != Column::Key);
    let parts: Vec<String> = ours.map(|column| stripped(&cell(column))).collect();
    short(&parts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What stands in the hidden cell of a page without a table: the digest of its other cells.
pub(super) fn front<'t>(cells: impl Iterator<Item = (CellRef, &'t str)>) -> String {
    let texts: Vec<String> = cells
        .map(|(at, text)| (at, stripped(text)))
        .filter(|(_, text)| !text.is_empty() && !is_front(text))
        .map(|(at, text)| format!("{at}={text}"))
        .collect();
    format!("{FRONT}{}", short(&texts.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// Whether a cell is that one.
pub(super) fn is_front(text: &str) -> bool {
    text.starts_with(FRONT)
}

impl Key {
    /// Of a row that shows these cells.
    pub(super) fn new(
        line: &RegisterLine,
        file_line: Option<&FileLine>,
        rows: usize,
        cell: impl Fn(Column) -> String,
    ) -> Self {
        Self {
            project: project(&line.key),
            file: file_line.map(|found| file(&found.digest)).unwrap_or_default(),
            versions: file_line.map(versions).unwrap_or_default(),
            identity: identity(&cell),
            whole: whole(&cell),
            adopted: file_line.map(|found| found.adopted).unwrap_or_default(),
            reminder: of_text(&line.reminder),
            rows,
        }
    }

    /// As the cell has it.
    pub(super) fn text(&self) -> String {
        let adopted = match self.adopted {
            Adopted::NotAsked => "-",
            Adopted::Open => "o",
            Adopted::Taken => "t",
        };
        let Self { project, file, versions, identity, whole, reminder, rows, .. } = self;
        format!("{MARK}/{project}/{file}/{versions}/{identity}/{whole}/{adopted}/{reminder}/{rows}")
    }

    /// Reads the cell.
    pub(super) fn read(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.trim().split('/').collect();
        let [MARK, project, file, versions, identity, whole, adopted, reminder, rows] = parts.as_slice()
        else {
            return None;
        };
        let adopted = match *adopted {
            "-" => Adopted::NotAsked,
            "o" => Adopted::Open,
            "t" => Adopted::Taken,
            _ => return None,
        };
        Some(Self {
            project: (*project).to_owned(),
            file: (*file).to_owned(),
            versions: (*versions).to_owned(),
            identity: (*identity).to_owned(),
            whole: (*whole).to_owned(),
            adopted,
            reminder: (*reminder).to_owned(),
            rows: rows.parse().ok()?,
        })
    }
}
