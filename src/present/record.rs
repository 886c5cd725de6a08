//! What is ours: a very hidden sheet records every cell and note we wrote with what we wrote, and a hidden defined name
//! follows each cell wherever a person moves it. A cell that still holds its record is ours and is written anew; one
//! that differs is a person's from then on.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::memory::Memory;
use super::names::Part;
use super::sheet::{AddedSheet, Content as SheetContent, Look};
use crate::base::{CellAt, CellRef, hexadecimal};
use crate::ooxml::{Cached, Content, NAME_PREFIX, NameEdit, PackageEdits};
use crate::sheet::{Cell, Sheet, Value};

/// The sheet's name.
pub const NAME: &str = "_jixiao";

const HEADER: [&str; 8] = ["key", "kind", "sheet", "cell", "content", "replaced", "shown", "of"];
/// Records that are read back at most.
const MAX_RECORDS: u32 = 100_000;

/// One line of the record.
#[derive(Default)]
struct Line<'a> {
    kind: &'a str,
    content: &'a str,
    /// What stood in a cell that `--replace-scores` wrote over.
    replaced: &'a str,
    /// What a person saw there.
    shown: &'a str,
    /// The case and indicator it belongs to.
    of: &'a str,
}

/// Builds the record of everything written into the agency's sheets, of the sheets added and of what is remembered, and
/// the names that follow it. `replaced` holds what stood in a cell that `--replace-scores` wrote over.
pub(super) fn build(
    package: &PackageEdits,
    sheets: &[(String, AddedSheet)],
    replaced: &BTreeMap<CellAt, String>,
    memories: &[Memory],
) -> (AddedSheet, Vec<NameEdit>) {
    let mut sheet = AddedSheet::new(NAME, &[8, 8, 20, 10, 80, 10, 20, 8]);
    sheet.very_hidden = true;
    for (column, title) in (0_u32..).zip(HEADER) {
        sheet.text(0, column, Look::Text, title);
    }
    let mut names = Vec::new();
    let mut row = 1_u32;
    let mut add = |at: &CellAt, line: Line<'_>| {
        let name = format!("{NAME_PREFIX}{row}");
        let cell = at.cell.to_string();
        let Line { kind, content, replaced, shown, of } = line;
        let cells = [name.as_str(), kind, at.sheet.as_str(), &cell, content, replaced, shown, of];
        for (column, text) in (0_u32..).zip(cells) {
            sheet.text(row, column, Look::Text, text);
        }
        let refers_to = format!("{}!{}", crate::base::quote_sheet(&at.sheet), at.cell.absolute());
        names.push(NameEdit { name, refers_to: Some(refers_to), hidden: true });
        row = row.saturating_add(1);
    };
    for edit in &package.cells {
        if let Some(content) = &edit.content
            && let Some(written) = written(content)
        {
            let at = CellAt::new(edit.sheet.clone(), edit.cell);
            let replaced = replaced.get(&at).map_or("", String::as_str);
            let shown = shown(content);
            add(&at, Line { kind: "cell", content: &written, replaced, shown: &shown, ..Line::default() });
        }
    }
    for note in &package.notes {
        if let Some(text) = &note.text {
            let at = CellAt::new(note.sheet.clone(), note.cell);
            add(&at, Line { kind: "note", content: text, ..Line::default() });
        }
    }
    for (key, added) in sheets {
        if let Some(corner) = CellRef::new(0, 0) {
            let at = CellAt::new(added.name.clone(), corner);
            add(&at, Line { kind: "sheet", content: key, ..Line::default() });
        }
    }
    // The account of the run is another one in each run.
    for (_, added) in sheets.iter().filter(|(key, _)| !Part::Provenance.is(key)) {
        if let Some(corner) = CellRef::new(0, 0) {
            let at = CellAt::new(added.name.clone(), corner);
            for content in digests(added) {
                add(&at, Line { kind: TEXTS, content: &content, ..Line::default() });
            }
        }
    }
    for Memory { what, at, content, shown, label } in memories {
        let kind = what.word();
        add(at, Line { kind, content, shown, of: label, ..Line::default() });
    }
    (sheet, names)
}

/// What the record calls the digests of a sheet's texts.
pub(super) const TEXTS: &str = "texts";
/// Characters of a line of digests; a cell holds a little more.
const MAX_DIGESTS: usize = 30_000;

/// A digest of each text on a sheet that we add, `A1=0f3a9c21`, so that a changed one is found. What a person fills in
/// there has none.
fn digests(sheet: &AddedSheet) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (at, cell) in &sheet.cells {
        let is_a_persons = matches!(cell.look, Look::Input | Look::Tick);
        let (SheetContent::Text(text) | SheetContent::Link { text, .. }) = &cell.content else { continue };
        if is_a_persons {
            continue;
        }
        let entry = format!("{at}={}", digest(text));
        match lines.last_mut().filter(|line| line.len() < MAX_DIGESTS) {
            Some(line) => {
                line.push(' ');
                line.push_str(&entry);
            }
            None => lines.push(entry),
        }
    }
    lines
}

/// The digest of a text: the first 32 bits of its SHA-256. It finds what a person changed; it is no seal.
pub(super) fn digest(text: &str) -> String {
    let hash = Sha256::digest(plain(text).trim_end().as_bytes());
    hexadecimal(hash.get(..4).unwrap_or_default())
}

/// What a record keeps of a content: a formula by its shape, since its references follow the cells.
fn written(content: &Content) -> Option<String> {
    match content {
        Content::Formula { text, .. } => Some(format!("={}", shape(text))),
        Content::Text(text) => Some(plain(text)),
        Content::Number(number) => Some(number.to_string()),
        Content::Blank => None,
    }
}

/// What a person sees of a content.
fn shown(content: &Content) -> String {
    match content {
        Content::Formula { cached, .. } => match cached {
            Cached::Number(number) => number.to_string(),
            Cached::Text(text) | Cached::Error(text) => text.clone(),
            Cached::Bool(flag) => flag.to_string(),
        },
        Content::Text(text) => text.clone(),
        Content::Number(number) => number.to_string(),
        Content::Blank => String::new(),
    }
}

/// The same of a cell that was read.
pub(super) fn found(cell: &Cell) -> String {
    match (&cell.formula, &cell.value) {
        (Some(formula), _) => format!("={}", shape(formula)),
        (None, Value::Text(text)) => plain(text),
        // The format of the agency's cell shows it otherwise.
        (None, Value::Number(number)) => number.to_string(),
        (None, _) => cell.shown(),
    }
}

/// A text with its line breaks as a cell has them.
pub(super) fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// A formula with every reference replaced by `#`, without spaces: what is left when rows are inserted or sheets
/// renamed. Texts between quotation marks stay as they are.
fn shape(formula: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    let mut chars = formula.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                flush(&mut out, &mut word, false);
                out.push('"');
                for inside in chars.by_ref() {
                    out.push(inside);
                    if inside == '"' {
                        break;
                    }
                }
            }
            '\'' => {
                // A quoted sheet name: part of a reference.
                for inside in chars.by_ref() {
                    if inside == '\'' {
                        break;
                    }
                }
                word.push('\'');
            }
            c if c.is_alphanumeric() || matches!(c, '$' | '!' | '.' | '_' | ':' | '\u{80}'..) => word.push(c),
            c => {
                flush(&mut out, &mut word, c == '(');
                if !c.is_whitespace() {
                    out.push(c);
                }
            }
        }
    }
    flush(&mut out, &mut word, false);
    out
}

/// Ends a word: a function's name and a number stay, a reference becomes `#`.
fn flush(out: &mut String, word: &mut String, is_function: bool) {
    let is_number = word.parse::<crate::base::Number>().is_ok();
    let has_reference = word.contains('!') || word.contains('$') || word.chars().any(|c| c.is_ascii_digit());
    if is_function || is_number || !has_reference {
        out.push_str(&word.to_uppercase());
    } else {
        out.push('#');
    }
    word.clear();
}

/// A line of the record as it is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recorded {
    pub(super) kind: String,
    /// The cell, where it is now.
    pub(super) at: CellAt,
    /// Whether the cell was deleted; then `at` is where it was.
    pub(super) is_gone: bool,
    pub(super) content: String,
    pub(super) replaced: String,
    pub(super) shown: String,
    pub(super) of: String,
}

/// The lines of a record: `names` are the workbook's defined names that refer to one cell.
pub(super) fn lines(record: &Sheet, names: &BTreeMap<String, CellAt>) -> Vec<Recorded> {
    // Where a program has dropped all names, cells are taken to stand where they stood.
    let followed = names.keys().any(|name| name.starts_with(NAME_PREFIX));
    let last = record.last_row().unwrap_or(0).min(MAX_RECORDS);
    let line = |row: u32| {
        let text = |column: u32| record.at(row, column).shown();
        let now = names.get(&text(0)).cloned();
        let is_gone = now.is_none() && followed;
        let written_at = || text(3).parse().ok().map(|cell| CellAt::new(text(2), cell));
        Some(Recorded {
            kind: text(1),
            at: now.or_else(written_at)?,
            is_gone,
            content: text(4),
            replaced: text(5),
            shown: text(6),
            of: text(7),
        })
    };
    (1..=last).filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn references_do_not_count_in_a_shape() {
        let before =
            shape("IF(EXACT('表2 评分表'!$I$11,'评分明细'!$G$32),ROUND(ROUND(1.5*F11,8),2),\"待重算\")");
        let after = shape("IF(EXACT(评分表!$I$12, $评分明细.$G$32),ROUND(ROUND(1.5*F12,8),2),\"待重算\")");
        assert_eq!(before, "IF(EXACT(#,#),ROUND(ROUND(1.5*#,8),2),\"待重算\")");
        assert_eq!(before, after);
        assert_ne!(before, shape("IF(EXACT(A1,B1),ROUND(ROUND(2.5*F11,8),2),\"待重算\")"));
        assert_eq!(shape("SUM(A1:B2)"), "SUM(#)");
    }
}
