//! A table of fields between tabs, as spreadsheet programs save it: a field in quotes may hold tabs and line breaks, `\n` in
//! a field is a line break.

use csv_core::{ReadRecordResult, ReaderBuilder};

use crate::base::{Error, Result};

/// A row with the line that it begins in, counted from 1.
pub(super) struct Record {
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

/// The rows of a text that are not blank, the first being the titles; refused where a row does not fit them.
pub(super) fn records(text: &str) -> Result<Vec<Record>> {
    let mut reader = ReaderBuilder::new().delimiter(b'\t').build();
    let mut input = text.trim_start_matches('\u{FEFF}').as_bytes();
    let mut out = vec![0_u8; input.len().saturating_add(1)];
    let mut ends = vec![0_usize; text.matches('\t').count().saturating_add(2)];
    let mut found: Vec<Record> = Vec::new();
    let mut line = 1_u64;
    loop {
        while let Some((b'\n' | b'\r', rest)) = input.split_first() {
            line = line.saturating_add(u64::from(input.starts_with(b"\n")));
            input = rest;
        }
        let (result, read, wrote, fields) = reader.read_record(input, &mut out, &mut ends);
        // At the end of the text the reader is asked once more.
        let (result, wrote, fields) = match result {
            ReadRecordResult::InputEmpty => {
                let (result, _, more, rest) = reader.read_record(
                    &[],
                    out.get_mut(wrote..).unwrap_or_default(),
                    ends.get_mut(fields..).unwrap_or_default(),
                );
                (result, wrote.saturating_add(more), fields.saturating_add(rest))
            }
            other => (other, wrote, fields),
        };
        let raw = input.get(..read).unwrap_or_default();
        if !matches!(result, ReadRecordResult::Record) {
            return Ok(found);
        }
        let cells = cells(&out, ends.get(..fields).unwrap_or_default(), wrote);
        if let Some(column) = open_quote(raw, &cells) {
            return Err(bad(
                line,
                column,
                "引号没有成对",
                "请补上引号；文字里的引号要写成两个，整格再加引号。",
            ));
        }
        let titles = found.first().map_or(cells.len(), |first| first.cells.len());
        if cells.len() > titles {
            let hint = "请核对这一行的制表符；格子里有制表符或换行的，整格加引号。";
            return Err(bad(line, titles.saturating_add(1), "多出表头没有的一格", hint));
        }
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            found.push(Record { line, cells });
        }
        line = line.saturating_add(raw.iter().map(|byte| u64::from(*byte == b'\n')).sum());
        input = input.get(read..).unwrap_or_default();
    }
}

/// A row that cannot be taken as it stands.
pub(super) fn bad(line: u64, column: usize, why: &str, hint: &str) -> Error {
    Error::input(format!("TSV 文件第{line}行第{column}列：{why}"), hint)
}

fn cells(out: &[u8], ends: &[usize], wrote: usize) -> Vec<String> {
    let mut from = 0;
    let mut found = Vec::new();
    for end in ends {
        let bytes = out.get(from..(*end).min(wrote)).unwrap_or_default();
        found.push(String::from_utf8_lossy(bytes).replace("\\n", "\n"));
        from = *end;
    }
    found
}

/// The column whose quote was not closed, so that it took the rest of the text.
fn open_quote(raw: &[u8], cells: &[String]) -> Option<usize> {
    let last = cells.last().filter(|last| last.contains(['\n', '\t']) || raw.ends_with(b"\""))?;
    let quotes = String::from_utf8_lossy(raw).matches('"').count();
    (!last.is_empty() && quotes % 2 == 1).then_some(cells.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, Vec<String>)> {
        records(text).expect("rows").into_iter().map(|row| (row.line, row.cells)).collect()
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn quotes_hold_line_breaks_and_tabs() {
        let text = "\u{FEFF}a\tb\r\n\r\n1\t\"甲\n乙\t丙\"\n\"说\"\"好\"\"\"\t丁\\n戊\n3\"管\t无";
        let want = [
            row(1, &["a", "b"]),
            row(3, &["1", "甲\n乙\t丙"]),
            row(5, &["说\"好\"", "丁\n戊"]),
            row(6, &["3\"管", "无"]),
        ];
        assert_eq!(read(text), want);
    }

    #[test]
    fn what_does_not_fit_is_told_by_line_and_column() {
        let told = |text: &str| records(text).err().expect("refused").to_string();
        assert!(told("a\tb\n1\t2\n\n1\t2\t3").contains("第4行第3列"), "{}", told("a\tb\n1\t2\n\n1\t2\t3"));
        assert!(told("a\tb\n1\t\"2\n3\t4\n").contains("第2行第2列"), "{}", told("a\tb\n1\t\"2\n3\t4\n"));
    }
}
