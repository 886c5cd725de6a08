//! The `--json` object; its schema is `docs/output.schema.json`. Decimals are strings.

mod account;
mod scored;

use schemars::JsonSchema;
use serde::Serialize;

pub use account::{AccountBlockLine, AccountColumnLine, AccountLine};
pub use scored::{Declared, Indicator, Level, OverrideLine, Reconciled, StandardLine, TotalScore};

use crate::base::{CellAt, Error, ErrorCode, Score};
use crate::issue::Fate;
use crate::model::{FindingId, Reader, Severity, SourceId};

/// One case, one line.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Report {
    /// The version of this object's form.
    pub schema: u8,
    /// The file; where the case has several, the one with the scored form.
    pub source: SourceId,
    /// All files of the case, where it has several; `cell` then names the file, too: `'[file]sheet'!A1`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileLine>,
    /// The project.
    pub project: Project,
    /// The total; absent where no form with indicators was found.
    pub score: Option<TotalScore>,
    /// Level-2 results.
    pub levels: Vec<Level>,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Declared targets against what was done.
    pub declared: Vec<Declared>,
    /// Stated amounts against the ledger.
    pub reconciliation: Vec<Reconciled>,
    /// Findings.
    pub findings: Vec<FindingLine>,
    /// The return that this submission answers; absent where none is known.
    pub answers: Option<AnswersLine>,
    /// What became of every cell of the forms: one account a form (since version 2).
    pub account: Vec<AccountLine>,
    /// The sheets that hold no form.
    pub other_sheets: Vec<String>,
    /// What a person changed in a returned workbook since it was scored before.
    pub changes: Vec<ChangeLine>,
    /// The path of the returned workbook; absent where none was written. Where the case has several files, that of
    /// `source`, which has the sheets we add.
    pub output: Option<String>,
    /// Whether ledgers came without any form that could be scored.
    #[serde(skip)]
    pub ledgers_alone: bool,
    /// Whether there are declared targets and nothing that was done.
    #[serde(skip)]
    pub targets_alone: bool,
    /// The findings as a person reads them, one a cause: what is counted and listed wherever it is not for programs.
    #[serde(skip)]
    pub items: Vec<ItemLine>,
}

/// Findings of one cause.
#[derive(Debug, Clone)]
pub struct ItemLine {
    /// The one that leads.
    pub id: FindingId,
    /// What kinds of findings it holds, each with its severity and what to do.
    pub kinds: Vec<(FindingId, Severity, String)>,
    /// Whose matter it is.
    pub reader: Reader,
    /// The gravest.
    pub severity: Severity,
    /// Where: cells, or a place in a report; absent of what is about the whole.
    pub place: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
    /// The words of a report that it is about.
    pub words: Option<String>,
    /// What became of it since the return that is answered.
    pub fate: Option<Fate>,
    /// Whether it is about what a person put in the place of ours.
    pub about_override: bool,
}

impl Report {
    /// How many errors, warnings and hints there are, as a person reads them.
    pub fn counts(&self) -> [usize; 3] {
        let count = |severity| self.items.iter().filter(|item| item.severity == severity).count();
        [Severity::Error, Severity::Warning, Severity::Info].map(count)
    }
}

/// A submission that could not be read or scored: printed in place of its [`Report`].
#[derive(Debug, Serialize)]
pub struct Failure {
    /// The file or folder as it was given.
    pub source: String,
    /// What is wrong with it.
    pub error: Fault,
}

/// What is wrong, and what to do.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Fault {
    /// What kind of fault it is.
    #[schemars(with = "String")]
    pub code: ErrorCode,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What the person in front of it can do, in Chinese.
    pub hint: String,
}

impl Failure {
    /// That of a submission.
    pub fn new(source: String, error: &Error) -> Self {
        Self { source, error: Fault::of(error) }
    }
}

impl Fault {
    /// In the words of an error.
    pub fn of(error: &Error) -> Self {
        Self { code: error.code(), message: error.to_string(), hint: error.hint().to_owned() }
    }
}

/// One of several files of a case.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FileLine {
    /// File name without its folder.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// The path of the returned workbook; absent where none was written, as for a ledger in plain text.
    pub output: Option<String>,
}

/// Who and what is evaluated.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Project {
    /// 项目名称.
    pub name: Option<String>,
    /// 主管部门.
    pub agency: Option<String>,
    /// Budget year.
    pub year: Option<i16>,
}

/// A finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingLine {
    /// Which.
    #[schemars(with = "String")]
    pub id: FindingId,
    /// How grave.
    pub severity: Severity,
    /// The cell in the original file.
    #[schemars(with = "Option<String>")]
    pub cell: Option<CellAt>,
    /// The place in a report that was proofread; absent of what is about forms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passage: Option<PassageLine>,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do, in Chinese.
    pub remedy: &'static str,
    /// What it is of, in Chinese: the indicator, the field or the form.
    pub object: String,
    /// What it is about (类别), in Chinese.
    pub matter: &'static str,
    /// Whose matter it is: `agency`, or `bureau` where no agency is told of it.
    pub reader: &'static str,
    /// What tells it from all others, run after run.
    pub key: String,
    /// Since the return that is answered: `new` or `open`; absent where none is, and of what is the bureau's.
    pub state: Option<&'static str>,
}

/// A place in a document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PassageLine {
    /// The number of the paragraph among those that hold something; of a plain text that of the line.
    pub paragraph: u32,
    /// Where a person finds it, in Chinese: 第12段, 表2第3行.
    pub place: String,
    /// The words there.
    pub words: String,
}

/// The return that is answered, and what became of what was found in it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AnswersLine {
    /// How it is known: by the signed `record` in the file, because the person who ran the program `told` so, or by the
    /// `register`.
    pub by: &'static str,
    /// Its id.
    #[serde(rename = "return")]
    pub id: String,
    /// What it was called, where that is known.
    pub name: Option<String>,
    /// What became of its findings as a sentence, in Chinese.
    pub message: String,
    /// How many findings of it are there no more.
    pub closed: usize,
    /// How many of them cannot be held against anything: what they were of is not there either.
    pub gone: usize,
    /// How many are there still.
    pub open: usize,
    /// How many were not there then.
    pub new: usize,
    /// Those that are there no more.
    pub settled: Vec<SettledLine>,
}

/// A finding of the return that is answered which is there no more.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SettledLine {
    /// Which.
    pub id: String,
    /// `closed`, `partly` where something of the same cause is still open, or `gone` where what it was of is not there
    /// either.
    pub state: &'static str,
    /// What it was of.
    pub object: String,
    /// Its cell then.
    pub cell: String,
    /// Its words then.
    pub message: String,
}

/// A cell that is not as the run before left it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChangeLine {
    /// The cell, where it is now.
    #[schemars(with = "String")]
    pub cell: CellAt,
    /// The indicator it belongs to.
    pub indicator: Option<String>,
    /// What it showed before; empty for a blank cell.
    pub before: String,
    /// What it shows now; empty for a blank cell.
    pub after: String,
    /// The indicator's score before.
    pub score_before: Option<Score>,
    /// The indicator's score now.
    pub score_after: Option<Score>,
    /// The difference of the two: what all changes to the indicator together did to its score.
    pub effect: Option<Score>,
    /// All of it as a sentence, in Chinese.
    pub message: String,
}

/// The JSON Schema of the object, as `docs/output.schema.json` holds it.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Report);
    // A schema made of types has no value that JSON could not hold.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}
