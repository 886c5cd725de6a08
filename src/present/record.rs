//! What is ours: a very hidden sheet records every cell and note we wrote with what we wrote, and a hidden defined name
//! follows each cell wherever a person moves it. A cell that still holds its record is ours and is written anew; one
//! that differs is a person's from then on.

use std::collections::BTreeMap;

use super::changes::{self, Seen};
use super::memory::{Memory, What};
use super::names::Part;
use super::sheet::{AddedSheet, Look};
use crate::base::{CellAt, CellRef, in_book};
use crate::model::{Case, Change};
use crate::ooxml::{Cached, Content, NAME_PREFIX, NameEdit, NoteEdit, PackageEdits};
use crate::score::Scored;
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
    for Memory { what, at, content, shown, label } in memories {
        let kind = what.word();
        add(at, Line { kind, content, shown, of: label, ..Line::default() });
    }
    (sheet, names)
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
fn found(cell: &Cell) -> String {
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

/// Ticks by indicator and item (from 1).
type Ticks = BTreeMap<String, BTreeMap<u32, bool>>;

/// What an earlier run left in the workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Cells of ours that still hold what we wrote.
    pub cells: Vec<CellAt>,
    /// Our notes by cell, with the text we wrote.
    notes: BTreeMap<CellAt, String>,
    /// The names our sheets have now, by what the record calls them.
    pub sheets: BTreeMap<String, String>,
    /// What a person had typed in cells of ours that `--replace-scores` wrote over.
    pub(super) replaced: BTreeMap<CellAt, String>,
    /// All our defined names, to be taken away before new ones are set.
    pub names: Vec<String>,
    /// What a person wrote beside a finding: by its id and message, and by its id and cell.
    pub(super) replies: BTreeMap<(String, String), String>,
    /// Ticks given on 评分明细, by case, indicator and item.
    ticks: BTreeMap<usize, Ticks>,
    /// What differs from what the run remembers, and the scores it gave.
    pub(super) seen: Seen,
}

impl Earlier {
    /// The text of our note at a cell, if we wrote one.
    pub fn note(&self, at: &CellAt) -> Option<String> {
        self.notes.get(at).cloned()
    }

    /// What a person changed since, in the case of this number.
    pub fn changes(&self, case: usize, of: &Case, scored: &Scored) -> Vec<Change> {
        changes::of(&self.seen, case, of, scored)
    }

    /// The ticks given in the case of this number.
    pub fn ticks(&self, case: usize) -> Ticks {
        self.ticks.get(&case).cloned().unwrap_or_default()
    }

    /// What earlier runs left in all files of a case, by the sheets' names in the run: the sheets that we added and what
    /// a person wrote there from the `host`, cells and notes from every file with its book.
    #[must_use]
    pub fn across(host: &Self, files: &[(Option<&str>, &Self)]) -> Self {
        let mut all = Self {
            cells: vec![],
            notes: BTreeMap::new(),
            replaced: BTreeMap::new(),
            seen: Seen::default(),
            ..host.clone()
        };
        for (book, file) in files {
            let at = |at: &CellAt| match book {
                Some(book) => CellAt::new(in_book(book, &at.sheet), at.cell),
                None => at.clone(),
            };
            all.cells.extend(file.cells.iter().map(at));
            all.notes.extend(file.notes.iter().map(|(place, text)| (at(place), text.clone())));
            all.replaced.extend(file.replaced.iter().map(|(place, text)| (at(place), text.clone())));
            all.seen.extend(file.seen.moved(&at));
        }
        all
    }

    /// Our notes that are not wanted any more: those at other cells than `kept`.
    pub(super) fn stale_notes(&self, kept: &[NoteEdit]) -> Vec<NoteEdit> {
        let stale = self
            .notes
            .iter()
            .filter(|(at, _)| !kept.iter().any(|note| note.sheet == at.sheet && note.cell == at.cell));
        let edits = stale.map(|(at, text)| NoteEdit {
            sheet: at.sheet.clone(),
            cell: at.cell,
            text: None,
            was: Some(text.clone()),
        });
        edits.collect()
    }

    /// Reads what an earlier run left: `record` is the very hidden sheet, `names` the workbook's defined names with
    /// what they refer to, `sheets` the other sheets.
    pub fn read(record: &Sheet, names: &BTreeMap<String, CellAt>, sheets: &[Sheet]) -> Self {
        let mut earlier = Self {
            names: names.keys().filter(|n| n.starts_with(NAME_PREFIX)).cloned().collect(),
            ..Self::default()
        };
        let last = record.last_row().unwrap_or(0).min(MAX_RECORDS);
        for row in 1..=last {
            let text = |column: u32| record.at(row, column).shown();
            let followed = names.get(&text(0)).cloned();
            let written_at = text(3).parse().ok().map(|cell| CellAt::new(text(2), cell));
            let Some(at) = followed.clone().or(written_at) else { continue };
            // Where a program has dropped all names, cells are taken to stand where they stood.
            let is_gone = followed.is_none() && !earlier.names.is_empty();
            let memory = |what: What| Memory {
                what,
                at: at.clone(),
                content: text(4),
                shown: text(6),
                label: text(7),
            };
            let sheet = sheets.iter().find(|sheet| sheet.name == at.sheet);
            match text(1).as_str() {
                "cell" => {
                    if sheet.is_some_and(|sheet| found(sheet.get(at.cell)) == text(4)) {
                        if !text(5).is_empty() {
                            earlier.replaced.insert(at.clone(), text(5));
                        }
                        earlier.cells.push(at);
                    } else if let Some(sheet) = sheet {
                        earlier.seen.overwritten(memory(What::Input), sheet, is_gone);
                    }
                }
                "note" => {
                    earlier.notes.insert(at, text(4));
                }
                // A sheet whose name is gone was deleted: one that is called so now is somebody else's. Where all names
                // are gone, a program has dropped them.
                "sheet" if !is_gone && sheet.is_some() => {
                    earlier.sheets.insert(text(4), at.sheet);
                }
                word => {
                    if let Some((what, sheet)) = What::named(word).zip(sheet) {
                        earlier.seen.compare(memory(what), sheet, is_gone);
                    }
                }
            }
        }
        for case in 0..sheets.len() {
            let current = |part: Part| {
                let now = earlier.sheets.get(&part.key(case))?;
                sheets.iter().find(|sheet| sheet.name == *now)
            };
            let replies = current(Part::Issues).map(super::issues::replies);
            let ticks = current(Part::Detail).map(super::detail::ticks);
            earlier.replies.extend(replies.into_iter().flatten());
            earlier.ticks.extend(ticks.map(|ticks| (case, ticks)));
        }
        earlier
    }
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
