//! What the fuzz targets of the record, the reader and the names do with foreign bytes; shared with the test that replays the
//! seeds on stable.

#![allow(dead_code, reason = "each target uses one of these")]

use std::collections::BTreeMap;
use std::io::Cursor;

use jixiao::inner::base::{CellRef, ErrorKind, printable, printable_cell, printable_json, readable_name};
use jixiao::inner::returned::{Keys, Standing, record};
use jixiao::inner::service::result_of;
use jixiao::inner::sheet::{Cell, Sheet, Workbook, secrecy};
use jixiao::inner::xlsx::{FileKind, file_kind};

/// A record: a line a row, tabs between its cells. Without a key that counts nothing is proved.
pub fn record(data: &[u8]) {
    let mut sheet = Sheet::new(record::NAME, false);
    for (row, line) in (0_u32..).zip(String::from_utf8_lossy(data).lines()) {
        for (col, text) in (0_u32..).zip(line.split('\t').take(12)) {
            if let Some(at) = CellRef::new(row, col) {
                sheet.put(at, Cell::text(text));
            }
        }
    }
    if let Some(record) = record::read(&sheet, &Keys::default()) {
        assert_ne!(record.standing, Standing::Proved);
        assert!(record.sheets(&BTreeMap::new()).len() <= 100_000);
    }
}

/// A whole file: each of its sheets is read, left out as odd, or refused.
pub fn reader(data: &[u8]) {
    let mut file = Cursor::new(data);
    if file_kind::check(&mut file).ok() != Some(FileKind::Xlsx) {
        return;
    }
    let mut workbook = match Workbook::open(Cursor::new(data)) {
        Ok(workbook) => workbook,
        Err(error) => return assert_eq!(error.kind(), ErrorKind::Input, "{error}"),
    };
    for (number, info) in workbook.sheets().to_vec().iter().enumerate() {
        let head = workbook.head(info, 50);
        match workbook.read(info, Some(2_000)) {
            Ok(sheet) => {
                let is_in = |head: &Sheet| head.cells().all(|(at, cell)| sheet.get(at) == cell);
                assert!(head.as_ref().is_some_and(is_in), "the head of a sheet is its head");
                if let Err(error) = secrecy::check_sheet(&sheet, number) {
                    assert_eq!(error.kind(), ErrorKind::Marked);
                }
            }
            Err(error) => assert_eq!(error.kind(), ErrorKind::Input, "{error}"),
        }
    }
}

/// A name of a file, as bytes: read, shown and answered with a name that every system holds.
pub fn names(data: &[u8]) {
    let name = name(data);
    let shown = printable(&name);
    assert_eq!(printable(&shown), shown.as_ref(), "what is shown is plain");
    assert!(!shown.contains(|c: char| c.is_control()), "{shown:?}");
    assert!(!printable_cell(&name).contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')));
    let json = serde_json_string(&name);
    assert!(printable_json(json).chars().all(|c| !c.is_control()));
    let result = result_of(&name, "xlsx");
    assert!(result.len() <= 255 && result.ends_with(".xlsx"), "{result:?}");
    assert!(!result.contains(|c: char| c.is_control() || c == '\u{202e}'), "{result:?}");
    assert_eq!(result_of(&result, "xlsx"), result, "the result of a result keeps its name");
    let _ = secrecy::check_name(&name);
}

#[cfg(unix)]
fn name(data: &[u8]) -> String {
    readable_name(std::os::unix::ffi::OsStrExt::from_bytes(data))
}

#[cfg(not(unix))]
fn name(data: &[u8]) -> String {
    readable_name(std::ffi::OsStr::new(&*String::from_utf8_lossy(data)))
}

/// A text as a string of JSON, with only what JSON itself must escape.
fn serde_json_string(text: &str) -> String {
    let must = |c: char| c < '\u{20}' || c == '"' || c == '\\';
    let inside: String = text
        .chars()
        .map(|c| if must(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() })
        .collect();
    format!("\"{inside}\"")
}
