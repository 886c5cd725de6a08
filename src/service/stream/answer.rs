//! A line out: what came of a request.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::request::Id;
use crate::base::{Error, ErrorKind, Result};
use crate::export::{self, Column, Row, Table};
use crate::output::json::{Fault, Report};
use crate::service::answer::Refusal;
use crate::service::tables::region_folder;

/// What came of a request: one object a line. Answers come as they are ready; with `--jobs 1` that is in the order of requests.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Answer<'a> {
    /// The version of this object's form.
    schema: u8,
    /// That of the request; absent where none could be read.
    id: Option<Id>,
    /// What came of it.
    pub(super) outcome: Word,
    /// What tells this way of scoring from others: program, mappings, settings, keys.
    settings: &'a str,
    /// The SHA-256 of what was scored: of the file, or of the names and contents of a folder's files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) content: Option<String>,
    /// The cases, as `jixiao score --json` prints them.
    #[schemars(with = "Vec<Report>")]
    pub(super) cases: Vec<Value>,
    /// The rows of each table, where they are wanted, as `batch --export` writes them as NDJSON. Every table is there. Without a
    /// score the table `file` says why; what is no fault of the file (`failed`) has no rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rows: Option<BTreeMap<&'static str, Vec<Map<String, Value>>>>,
    /// The returned workbooks, where they are wanted.
    pub(super) workbooks: Vec<Workbook>,
    /// What is wrong, and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Fault>,
    /// What this program is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) about: Option<About>,
}

/// What came of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Word {
    /// It was scored.
    Scored,
    /// It could not be read or scored, which is its own fault.
    Refused,
    /// It bears a secrecy mark, and was not read.
    Marked,
    /// It was not done, and not by its own fault: disk full, no process to be had. Worth another try.
    Failed,
    /// The line is no request that can be served.
    Unserved,
    /// This program was asked for.
    About,
}

/// A returned workbook; of a request with `path`, the path of a file or of a case's folder.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Workbook {
    /// What a result of the file is called.
    pub(super) name: String,
    /// The workbook in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) base64: Option<String>,
    /// Where it is below the folder of `--out`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) path: Option<String>,
}

/// What this program is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct About {
    /// Its version.
    version: &'static str,
    /// The version of the tables.
    tables_schema: u8,
    /// The name of the region in the paths of tables.
    region_folder: String,
    /// The tables and their columns in order.
    tables: BTreeMap<&'static str, Vec<Column>>,
}

impl About {
    /// This one, for a region.
    pub(super) fn this(region: &str) -> Self {
        let columns = |table: Table| (table.name(), table.columns().to_vec());
        Self {
            version: env!("JIXIAO_VERSION"),
            tables_schema: export::SCHEMA,
            region_folder: region_folder(region),
            tables: Table::ALL.into_iter().map(columns).collect(),
        }
    }
}

impl<'a> Answer<'a> {
    /// One with nothing in it yet.
    pub(super) fn new(id: Option<Id>, settings: &'a str, outcome: Word) -> Self {
        Self {
            schema: 1,
            id,
            outcome,
            settings,
            content: None,
            cases: Vec::new(),
            rows: None,
            workbooks: Vec::new(),
            error: None,
            about: None,
        }
    }

    /// With an error; whose fault it is, the error says.
    pub(super) fn with(mut self, error: &Error) -> Self {
        self.outcome = match error.kind() {
            ErrorKind::Usage => Word::Unserved,
            ErrorKind::Input => Word::Refused,
            ErrorKind::Marked => Word::Marked,
            ErrorKind::Output | ErrorKind::Internal => Word::Failed,
        };
        self.error = Some(Fault::of(error));
        self
    }

    /// With why it was handed back.
    pub(super) fn handed_back(self, kind: ErrorKind, Refusal { message, hint }: Refusal) -> Self {
        self.with(&Error::new(kind, message, hint))
    }
}

/// Rows by the names of their tables; every table is there.
pub(super) fn by_table(rows: &[Row]) -> Result<BTreeMap<&'static str, Vec<Map<String, Value>>>> {
    let mut all: BTreeMap<_, Vec<_>> =
        Table::ALL.into_iter().map(|table| (table.name(), Vec::new())).collect();
    for row in rows {
        all.entry(row.table.name()).or_default().push(row.object()?);
    }
    Ok(all)
}
