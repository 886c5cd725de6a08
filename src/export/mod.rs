//! Results as tables, for those who ask questions over many workbooks: one row a project, an indicator, a finding …
//!
//! `columns` says what the tables hold, in one place; `rows` makes a case's rows; `csv`, `ndjson` and `parquet` write them,
//! `schema` prints what a database needs to take them in. Texts that people wrote at length and what those who were asked
//! answered never leave a workbook this way: names, figures and what was found of them do.

mod columns;
mod csv;
mod ndjson;
#[cfg(feature = "parquet")]
mod parquet;
mod rows;
mod schema;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::base::{Error, Result};
pub use columns::{Column, Holds, Table};
pub use rows::{Due, FoundBeside, Named, among_others, of_case, of_due, of_file, project_key};
pub use schema::{Dialect, ddl, dictionary};

/// The version of the tables: it changes when a column is added, taken away or means something else.
pub const SCHEMA: u8 = 2;

/// One row: the values of the table's columns in their order, each as its column's kind writes it; `None` where nobody
/// knows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Row {
    /// Which table it is of.
    pub table: Table,
    /// Its values: texts as they are, numbers as plain digits, days as `2021-12-31`, truth as `true` and `false`.
    pub values: Vec<Option<String>>,
}

/// What is known of a submission beside what it says: it stands in each of its rows.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The SHA-256 of its content.
    pub content: &'a str,
    /// That of how it is scored.
    pub settings: &'a str,
    /// The region it is of.
    pub region: &'a str,
    /// The number of the part of the tables that it is in.
    pub entry: u64,
}

impl Row {
    /// What it says under a column.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.values.get(self.place(column)?)?.as_deref()
    }

    /// The row with where it comes from.
    #[must_use]
    pub fn from(mut self, origin: Origin<'_>) -> Self {
        self.put("content", origin.content.to_owned());
        self.put("settings", origin.settings.to_owned());
        self.put("region", origin.region.to_owned());
        self.put("entry_no", origin.entry.to_string());
        self
    }

    /// The row as an object of JSON; decimals are texts.
    pub fn object(&self) -> Result<Map<String, Value>> {
        ndjson::object(self)
    }

    fn put(&mut self, column: &str, value: String) {
        if let Some(slot) = self.place(column).and_then(|at| self.values.get_mut(at)) {
            *slot = Some(value);
        }
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.table.columns().iter().position(|have| have.name == column)
    }
}

/// How tables are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Apache Parquet: what engines read fastest, its numbers exact decimals.
    Parquet,
    /// An object a line; decimals are texts, so that no reader makes doubles of them.
    Ndjson,
    /// UTF-8 with a line of titles.
    Csv,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Parquet, Self::Ndjson, Self::Csv];

    /// Its name, which is also how its files end.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
        }
    }

    /// A file with the rows of one table.
    pub fn write(self, table: Table, rows: &[Row]) -> Result<Vec<u8>> {
        match self {
            #[cfg(feature = "parquet")]
            Self::Parquet => parquet::write(table, rows),
            #[cfg(not(feature = "parquet"))]
            Self::Parquet => Err(without_parquet()),
            Self::Ndjson => ndjson::write(rows),
            Self::Csv => Ok(csv::write(table, rows)),
        }
    }
}

#[cfg(not(feature = "parquet"))]
fn without_parquet() -> Error {
    Error::usage("这个程序没有写 Parquet 的功能。", "请改用 --format csv 或 ndjson，或改用正式发布的程序。")
}

fn unwritten(cause: impl std::fmt::Display) -> Error {
    Error::internal("无法写出数据表").because(cause.to_string())
}
