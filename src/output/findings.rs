//! Findings as a table for other programs: CSV or JSON, a row a finding, with keys that stay the same run after run.

use std::io::{self, Write};

use serde::Serialize;

use super::json::Report;
use crate::base::{printable_cell, printable_json};
use crate::model::{FindingId, Severity};

/// A row.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    key: String,
    file: String,
    project: Option<String>,
    agency: Option<String>,
    year: Option<i16>,
    severity: Severity,
    matter: &'static str,
    reader: &'static str,
    object: String,
    cell: Option<String>,
    place: Option<String>,
    words: Option<String>,
    id: FindingId,
    title: &'static str,
    message: String,
    remedy: &'static str,
    source: &'static str,
    state: Option<&'static str>,
}

const COLUMNS: [&str; 18] = [
    "key", "file", "project", "agency", "year", "severity", "matter", "reader", "object", "cell", "id",
    "title", "message", "remedy", "source", "state", "place", "words",
];
/// What programs take for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The rows of a case.
pub fn rows(report: &Report) -> Vec<Row> {
    let row = |finding: &super::json::FindingLine| Row {
        key: finding.key.clone(),
        file: report.source.file.clone(),
        project: report.project.name.clone(),
        agency: report.project.agency.clone(),
        year: report.project.year,
        severity: finding.severity,
        matter: finding.matter,
        reader: finding.reader,
        object: finding.object.clone(),
        cell: finding.cell.as_ref().map(ToString::to_string),
        place: finding.passage.as_ref().map(|passage| passage.place.clone()),
        words: finding.passage.as_ref().map(|passage| passage.words.clone()),
        id: finding.id,
        title: finding.id.title(),
        message: finding.message.clone(),
        remedy: finding.remedy,
        source: finding.id.source(),
        state: finding.state,
    };
    report.findings.iter().map(row).collect()
}

/// Writes rows as JSON, one array.
pub fn json(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", printable_json(serde_json::to_string_pretty(rows)?))
}

/// Writes rows as CSV, with the mark by which spreadsheet programs know UTF-8.
pub fn csv(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    write!(out, "\u{feff}{}\r\n", COLUMNS.join(","))?;
    for row in rows {
        let value = serde_json::to_value(row)?;
        let cell = |name: &&str| match value.get(*name) {
            Some(serde_json::Value::String(text)) => quoted(text),
            None | Some(serde_json::Value::Null) => String::new(),
            Some(other) => other.to_string(),
        };
        let cells: Vec<String> = COLUMNS.iter().map(cell).collect();
        write!(out, "{}\r\n", cells.join(","))?;
    }
    Ok(())
}

/// A text in quotes; what would begin a formula is set off, for it is foreign.
fn quoted(text: &str) -> String {
    let set_off = if text.starts_with(FORMULA) { "'" } else { "" };
    format!("\"{set_off}{}\"", printable_cell(text).replace('"', "\"\""))
}
