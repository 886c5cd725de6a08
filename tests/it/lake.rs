//! Tables that a run of the program wrote, as tests read them.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// All tables.
pub(crate) const TABLES: [&str; 8] =
    ["project", "indicator", "finding", "budget", "ledger_month", "survey", "file", "roll"];

/// All files below a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    let mut all: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    all.sort();
    all
}

/// The rows of a table that was written as NDJSON, in the order of their texts.
pub(crate) fn rows(lake: &Path, table: &str) -> Vec<Value> {
    let texts = files(&lake.join("ndjson").join(table))
        .into_iter()
        .map(|path| fs::read_to_string(path).expect("a table"));
    sorted(texts.flat_map(|text| text.lines().map(row).collect::<Vec<_>>()).collect())
}

fn row(line: &str) -> Value {
    serde_json::from_str(line).expect("a row")
}

/// Rows in the order of their texts, as they are held against each other.
pub(crate) fn sorted(mut rows: Vec<Value>) -> Vec<Value> {
    rows.sort_by_key(ToString::to_string);
    rows
}
