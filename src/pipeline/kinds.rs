//! Which files of a folder can be part of a submission. What a workbook is, its content decides; its ending only says that
//! it is worth opening.

use std::path::Path;

/// Endings of workbooks, of WPS too.
const WORKBOOKS: [&str; 6] = ["xlsx", "xlsm", "xls", "xlsb", "ods", "et"];
/// Endings of tables in plain text: ledgers.
const PLAIN: [&str; 3] = ["csv", "tsv", "txt"];
/// The ending of reports.
const REPORT: &str = "docx";
/// Files of one case; a folder of hundreds is no case but many.
pub const MAX_FILES: usize = 100;

/// Whether the file may be a workbook: a submission by itself.
pub fn may_be_workbook(file: &Path) -> bool {
    ends_with(file, &WORKBOOKS)
}

/// Whether the file is taken for a table in plain text.
pub fn is_plain(file: &Path) -> bool {
    ends_with(file, &PLAIN)
}

/// Whether the file is read where it lies in the folder of a submission.
pub fn is_read(file: &Path) -> bool {
    may_be_workbook(file) || is_plain(file)
}

/// Whether the file may be an evaluation report, which is proofread where it lies in the folder of a submission: whether a
/// document that does not call itself so is one, its chapters say.
pub fn may_be_report(file: &Path) -> bool {
    ends_with(file, &[REPORT]) && !stem(file).starts_with("~$")
}

/// Whether the file calls itself a report.
pub fn is_report(file: &Path) -> bool {
    may_be_report(file) && stem(file).contains("报告")
}

fn stem(file: &Path) -> String {
    file.file_stem().map(crate::base::readable_name).unwrap_or_default()
}

/// The endings of what is read, for a message.
pub fn read_endings() -> String {
    [WORKBOOKS.as_slice(), PLAIN.as_slice()].concat().join("、")
}

fn ends_with(file: &Path, endings: &[&str]) -> bool {
    file.extension().is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
