//! The record as it is written down, and its seal.

use super::content::Digest;
use super::keys::Keys;
use super::memory::Memory;
use super::record::{ABOUT, About, HEADER, PURPOSE, RecordLine, Row, SEAL, Written};
use super::text::{digest, shown as shown_part, told};
use crate::base::{CellAt, CellRef};
use crate::xlsx::NAME_PREFIX;

/// Characters of a line of digests; a cell holds a little more.
const MAX_DIGESTS: usize = 30_000;

impl From<&Memory> for RecordLine {
    fn from(Memory { what, at, content, shown, label }: &Memory) -> Self {
        let (content, shown, label) = (content.clone(), shown.clone(), label.clone());
        Self { at: at.clone(), written: Written::Memory { what: *what, content, shown, label } }
    }
}

/// A record as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sealed {
    /// The sheet's rows.
    pub rows: Vec<Row>,
    /// The names with the cells that they follow.
    pub names: Vec<(String, CellAt)>,
    /// The return's id.
    pub id: String,
}

/// The lines of the digests of one sheet: as many as they need.
pub fn digests(sheet: &str, cells: impl IntoIterator<Item = (CellRef, Digest)>) -> Vec<RecordLine> {
    let Some(corner) = CellRef::new(0, 0) else { return Vec::new() };
    let mut groups: Vec<(usize, Vec<(CellRef, Digest)>)> = Vec::new();
    for (at, digest) in cells {
        let length = entry(at, &digest).len().saturating_add(1);
        match groups.last_mut().filter(|(have, _)| have.saturating_add(length) < MAX_DIGESTS) {
            Some((have, group)) => {
                *have = have.saturating_add(length);
                group.push((at, digest));
            }
            None => groups.push((length, vec![(at, digest)])),
        }
    }
    let at = CellAt::new(sheet, corner);
    let line = |(_, group)| RecordLine { at: at.clone(), written: Written::Digests(group) };
    groups.into_iter().map(line).collect()
}

fn entry(at: CellRef, digest: &Digest) -> String {
    format!("{at}={}", digest.told())
}

/// Writes a record down and seals it; without a key of one's own it has no seal.
pub fn seal(about: &About, lines: &[RecordLine], keys: &Keys) -> Sealed {
    let mut rows: Vec<Row> = told_about(about);
    let mut names = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let name = format!("{NAME_PREFIX}{}", number.saturating_add(1));
        rows.push(told_line(&name, line));
        names.push((name, line.at.clone()));
    }
    let id = id(&rows);
    let sealed = keys.sign(&message(&id, &rows));
    let (by, signature) = sealed.map(|(by, signature)| (by.to_string(), signature)).unwrap_or_default();
    let blank = String::new;
    let seal = [PURPOSE.to_owned(), SEAL.to_owned(), by, blank(), signature, id.clone(), blank(), blank()];
    let head = [HEADER.map(str::to_owned), seal];
    Sealed { rows: head.into_iter().chain(rows).collect(), names, id }
}

fn told_about(about: &About) -> Vec<Row> {
    let row = |key: &str, value: &str, of: String| {
        let blank = String::new;
        [blank(), ABOUT.to_owned(), key.to_owned(), blank(), told(value), blank(), blank(), of]
    };
    let whole = [("version", &about.version), ("source", &about.source), ("parent", &about.parent)];
    let mut rows: Vec<Row> = whole.map(|(key, value)| row(key, value, String::new())).into();
    for (case, project) in about.projects.iter().enumerate() {
        let year = project.year.map(|year| year.to_string());
        let facts = [("project", &project.name), ("agency", &project.agency), ("year", &year)];
        let facts =
            facts.map(|(key, value)| row(key, value.as_deref().unwrap_or_default(), case.to_string()));
        rows.extend(facts);
    }
    rows
}

fn told_line(name: &str, line: &RecordLine) -> Row {
    let (kind, content, replaced, shown, of) = match &line.written {
        Written::Cell { content, replaced, shown, format } => {
            let (replaced, shown) = (told(&shown_part(replaced)), told(&shown_part(shown)));
            ("cell", told(content), replaced, shown, told(format))
        }
        Written::Note(text) => ("note", told(text), String::new(), String::new(), String::new()),
        Written::Sheet(key) => ("sheet", key.to_string(), String::new(), String::new(), String::new()),
        Written::Digests(cells) => {
            let entries: Vec<String> = cells.iter().map(|(at, digest)| entry(*at, digest)).collect();
            ("digests", entries.join(" "), String::new(), String::new(), String::new())
        }
        Written::View(view) => {
            let (content, shown) = view.told();
            ("view", told(&content), String::new(), told(&shown), String::new())
        }
        Written::Aside { cells } => ("aside", cells.to_string(), String::new(), String::new(), String::new()),
        Written::Place => ("place", String::new(), String::new(), String::new(), String::new()),
        Written::Memory { what, content, shown, label } => {
            (what.word(), told(content), String::new(), told(&shown_part(shown)), label.clone())
        }
    };
    let (sheet, cell) = (told(&line.at.sheet.name), line.at.cell.to_string());
    [name.to_owned(), kind.to_owned(), sheet, cell, content, replaced, shown, of]
}

/// The return's id: what is the same in every line is the same return.
fn id(rows: &[Row]) -> String {
    digest(&body(rows))
}

/// What is signed: the purpose, the id, how many rows there are, and each text of each row with its length.
pub(super) fn message(id: &str, rows: &[Row]) -> Vec<u8> {
    format!("{PURPOSE}\n{id}\n{}\n{}", rows.len(), body(rows)).into_bytes()
}

fn body(rows: &[Row]) -> String {
    let mut body = String::new();
    for text in rows.iter().flatten() {
        body.push_str(&format!("{}:{text}", text.len()));
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Project;
    use crate::returned::keys::SecretKey;
    use crate::returned::record::{COLUMNS, NAME, Standing, read};
    use crate::returned::view::View;
    use crate::sheet::Cell;
    use crate::sheet::Sheet;

    fn keys(byte: u8) -> Keys {
        Keys { own: Some(SecretKey::of([byte; 32])), trusted: Vec::new() }
    }

    fn sheet(rows: &[Row]) -> Sheet {
        let mut sheet = Sheet::new(NAME, false);
        for (row, texts) in (0_u32..).zip(rows) {
            for (column, text) in (0_u32..).zip(texts) {
                sheet.put(CellRef::new(row, column).expect("a cell"), Cell::text(text));
            }
        }
        sheet
    }

    fn lines() -> Vec<RecordLine> {
        let at = |cell: &str| CellAt::new("评分表", cell.parse().expect("an address"));
        let cell = |content: &str| Written::Cell {
            content: content.to_owned(),
            replaced: String::new(),
            shown: "54".to_owned(),
            format: "0.00".to_owned(),
        };
        vec![
            RecordLine { at: at("K4"), written: cell("=1+1") },
            RecordLine { at: at("L4"), written: cell("'扣6分。\n两行") },
            RecordLine { at: at("A1"), written: Written::Sheet("detail 0".parse().expect("a key")) },
            RecordLine { at: at("A1"), written: Written::View(View::Protected) },
            RecordLine {
                at: at("A1"),
                written: Written::View(View::Format {
                    code: "0.00 \"元\"".to_owned(),
                    cells: vec![at("B2").cell, at("C3").cell],
                }),
            },
        ]
    }

    fn about() -> About {
        let project = Project { name: Some("养护".to_owned()), year: Some(2022), ..Project::default() };
        About {
            version: "1".to_owned(),
            source: "ab".to_owned(),
            projects: vec![project],
            ..About::default()
        }
    }

    #[test]
    fn what_is_sealed_is_read_back_and_proved() {
        let sealed = seal(&about(), &lines(), &keys(1));
        let record = read(&sheet(&sealed.rows), &keys(1)).expect("a record");
        assert_eq!(record.standing, Standing::Proved);
        assert_eq!(record.about, about());
        assert_eq!(record.lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>(), lines());
        let stranger = read(&sheet(&sealed.rows), &keys(2)).expect("a record");
        assert_eq!(stranger.standing, Standing::Unknown);
        let unsigned = seal(&about(), &lines(), &Keys::default());
        assert_eq!(read(&sheet(&unsigned.rows), &keys(1)).expect("a record").standing, Standing::Unsigned);
    }

    #[test]
    fn every_text_of_every_line_and_their_order_are_sealed() {
        let sealed = seal(&about(), &lines(), &keys(1)).rows;
        let standing = |rows: &[Row]| read(&sheet(rows), &keys(1)).expect("a record").standing;
        for row in 1..sealed.len() {
            let mut without = sealed.clone();
            without.remove(row);
            assert_eq!(standing(&without), Standing::Broken, "without row {row}");
            for column in 0..COLUMNS {
                let mut other = sealed.clone();
                other[row][column].push('0');
                // The seal's own texts that mean nothing are not sealed.
                let counts = row > 1 || matches!(column, 0 | 1 | 4 | 5);
                assert!(standing(&other) != Standing::Proved || !counts, "row {row}, column {column}");
            }
        }
        let mut swapped = sealed.clone();
        swapped.swap(6, 7);
        assert_eq!(standing(&swapped), Standing::Broken);
        let mut more = sealed.clone();
        more.push(sealed[7].clone());
        assert_eq!(standing(&more), Standing::Broken);
    }

    #[test]
    fn a_sheet_of_somebody_else_is_no_record() {
        assert_eq!(read(&sheet(&[]), &keys(1)), None);
        let mut rows = seal(&about(), &lines(), &keys(1)).rows;
        rows[0][0] = "备忘".to_owned();
        assert_eq!(read(&sheet(&rows), &keys(1)), None);
    }
}
