//! What an earlier run left in a returned workbook, and what a person made of it since.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::{self, Seen};
use super::memory::{Memory, What};
use super::part::SheetKey;
use super::record::{self, Recorded};
use crate::base::{CellAt, in_book};
use crate::mapping::Answered;
use crate::model::{Case, Change};
use crate::ooxml::{CellEdit, Content, NAME_PREFIX, NoteEdit, StylePatch};
use crate::score::Scored;
use crate::sheet::Sheet;

/// Ticks by indicator and item (from 1).
pub type Ticks = BTreeMap<String, BTreeMap<u32, bool>>;

/// What a person filled in on the sheets that we added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// What was written beside a finding: by its id and message, and by its id and cell.
    pub replies: BTreeMap<(String, String), String>,
    /// What was answered about the columns that were asked for, on 处理说明.
    pub answers: Vec<Answered>,
    /// What was typed there that is none of the choices, by the column's title.
    pub other_answers: BTreeMap<String, String>,
    /// Ticks given on 评分明细, by case, indicator and item.
    pub ticks: BTreeMap<usize, Ticks>,
}

/// What an earlier run left in the workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Cells of ours that still hold what we wrote.
    pub cells: Vec<CellAt>,
    /// Our notes by cell, with the text we wrote.
    notes: BTreeMap<CellAt, String>,
    /// The names our sheets have now, by what the record calls them.
    pub sheets: BTreeMap<SheetKey, String>,
    /// What a person had typed in cells of ours that `--replace-scores` wrote over.
    pub replaced: BTreeMap<CellAt, String>,
    /// All our defined names, to be taken away before new ones are set.
    pub names: Vec<String>,
    /// What a person filled in on our sheets.
    pub given: Given,
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
        self.given.ticks.get(&case).cloned().unwrap_or_default()
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

    /// Edits that take away what we wrote into cells that nothing is written into any more: a reason beside a score that is
    /// a person's now would stand there as the person's own.
    pub fn stale_cells(&self, written: &BTreeSet<CellAt>) -> Vec<CellEdit> {
        let stale = self.cells.iter().filter(|at| !written.contains(at));
        let edits = stale.map(|at| CellEdit {
            sheet: at.sheet.clone(),
            cell: at.cell,
            content: Some(Content::Blank),
            style: StylePatch::default(),
        });
        edits.collect()
    }

    /// Our notes that are not wanted any more: those at other cells than `kept`.
    pub fn stale_notes(&self, kept: &[NoteEdit]) -> Vec<NoteEdit> {
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
        for Recorded { kind, at, is_gone, content, replaced, shown, of } in record::lines(record, names) {
            let memory = |what: What| Memory {
                what,
                at: at.clone(),
                content: content.clone(),
                shown: shown.clone(),
                label: of.clone(),
            };
            let sheet = sheets.iter().find(|sheet| sheet.name == at.sheet);
            match kind.as_str() {
                "cell" => {
                    if sheet.is_some_and(|sheet| record::found(sheet.get(at.cell)) == content) {
                        if !replaced.is_empty() {
                            earlier.replaced.insert(at.clone(), replaced);
                        }
                        earlier.cells.push(at);
                    } else if let Some(sheet) = sheet {
                        earlier.seen.overwritten(memory(What::Input), sheet, is_gone);
                    }
                }
                "note" => {
                    earlier.notes.insert(at, content);
                }
                // A sheet whose name is gone was deleted: one that is called so now is somebody else's. Where all names
                // are gone, a program has dropped them.
                "sheet" if !is_gone && sheet.is_some() => {
                    if let Ok(key) = content.parse() {
                        earlier.sheets.insert(key, at.sheet);
                    }
                }
                word => {
                    if let Some((what, sheet)) = What::named(word).zip(sheet) {
                        earlier.seen.compare(memory(what), sheet, is_gone);
                    }
                }
            }
        }
        earlier
    }
}
