//! Writes the record of what is ours: every cell and note we wrote with what we wrote, and a hidden defined name that
//! follows each cell. `returned` reads it back.

use std::collections::BTreeMap;

use super::sheet::{AddedSheet, Content as SheetContent, Look};
use crate::base::{CellAt, CellRef};
use crate::ooxml::{Cached, Content, NAME_PREFIX, NameEdit, PackageEdits};
use crate::returned::record::{NAME, TEXTS, digest, plain, shape};
use crate::returned::{Memory, Part, SheetKey};

const HEADER: [&str; 8] = ["key", "kind", "sheet", "cell", "content", "replaced", "shown", "of"];

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
    sheets: &[(SheetKey, AddedSheet)],
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
            add(&at, Line { kind: "sheet", content: &key.to_string(), ..Line::default() });
        }
    }
    // The account of the run is another one in each run.
    for (_, added) in sheets.iter().filter(|(key, _)| key.part != Part::Provenance) {
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
