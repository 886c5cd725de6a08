//! What of a workbook was used, and what was not, as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::base::CellAt;

/// The account of one form: `used`, `ours`, `silent` and `unread` add up to `cells`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AccountLine {
    /// The form's sheet.
    pub sheet: String,
    /// Its rows, from 1, first and last.
    pub rows: (u32, u32),
    /// Cells that hold something.
    pub cells: usize,
    /// Those that took part in what is said.
    pub used: usize,
    /// Those that we wrote in an earlier run.
    pub ours: usize,
    /// Those known to have no part in scoring.
    pub silent: usize,
    /// Those not used.
    pub unread: usize,
    /// Whether something unread or guessed keeps the grade open.
    pub open: bool,
    /// The columns of its tables.
    pub columns: Vec<AccountColumnLine>,
    /// The other cells, by what became of them and why.
    pub blocks: Vec<AccountBlockLine>,
}

/// A column of a form's table.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AccountColumnLine {
    /// Its letters.
    pub column: String,
    /// The title as written.
    pub title: String,
    /// The title's cell.
    #[schemars(with = "String")]
    pub cell: CellAt,
    /// What it holds: a column of the mapping, or what kind of silent column it is; empty where nothing says it.
    pub role: String,
    /// How that is known: `title`, `words`, `guess`, `answer` or `none`.
    pub evidence: &'static str,
    /// `used`, `silent` or `unread`.
    pub state: &'static str,
    /// Cells below the title that hold something.
    pub cells: usize,
    /// Whether it keeps the grade open until a person has said what it means.
    pub asked: bool,
    /// What it may mean, in a clerk's words, where a person is asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<&'static str>,
}

/// Cells outside of the columns.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AccountBlockLine {
    /// The smallest range over them.
    pub range: String,
    /// `used`, `ours`, `silent` or `unread`.
    pub state: &'static str,
    /// Why, in Chinese.
    pub reason: String,
    /// How many they are.
    pub cells: usize,
}
