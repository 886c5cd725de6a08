//! What the editor refuses, said once at its door: of each cell asked about, whether its content and its note may be written,
//! before anything is planned. [`super::plan`] asks the same.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use super::edits::{NoteEdit, PackageEdits};
use super::notes::Noted;
use super::package::XlsxPackage;
use super::plan::{Looked, load_styles};
use super::refusal::RefusalReason;
use super::styles::Styles;
use super::worksheet::Wanted;
use crate::base::{CellRef, Error, ErrorKind, Result};
use crate::package::fault::damaged;

/// What of the cells asked about is closed.
#[derive(Debug, Default)]
pub struct Closed {
    sheets: BTreeMap<String, ClosedSheet>,
}

/// What of a sheet is closed.
#[derive(Debug, Default)]
struct ClosedSheet {
    /// All of it.
    whole: Option<RefusalReason>,
    /// Cells whose content cannot be written.
    cells: BTreeMap<CellRef, RefusalReason>,
    /// The anchors of the merged cells asked about.
    anchors: BTreeMap<CellRef, CellRef>,
    /// The notes that are there, or why none can be written.
    notes: Option<std::result::Result<Noted, RefusalReason>>,
}

impl Closed {
    /// The cell in whose place the editor writes: the anchor of a merged range.
    pub fn anchor(&self, sheet: &str, cell: CellRef) -> CellRef {
        self.sheets.get(sheet).and_then(|sheet| sheet.anchors.get(&cell)).copied().unwrap_or(cell)
    }

    /// Why nothing can be written into the cell.
    pub fn cell(&self, sheet: &str, cell: CellRef) -> Option<&RefusalReason> {
        let sheet = self.sheets.get(sheet)?;
        sheet.whole.as_ref().or_else(|| sheet.cells.get(&cell))
    }

    /// Why the note cannot be written.
    pub fn note<S>(&self, sheet: &str, edit: &NoteEdit<S>) -> Option<RefusalReason> {
        let of_sheet = self.sheets.get(sheet)?;
        let noted = match (&of_sheet.whole, of_sheet.notes.as_ref()?) {
            (Some(reason), _) | (None, Err(reason)) => return Some(reason.clone()),
            (None, Ok(noted)) => noted,
        };
        noted.why_not(self.anchor(sheet, edit.cell), edit)
    }

    /// The edits that are refused, but for notes: sheet, cell where it is not the whole sheet, and why.
    pub fn of<'e>(&self, edits: &'e PackageEdits) -> Vec<(&'e str, Option<CellRef>, RefusalReason)> {
        let whole = edits.sheets().into_iter().filter_map(|sheet| {
            let reason = self.sheets.get(sheet)?.whole.clone()?;
            Some((sheet, None, reason))
        });
        let open = |sheet: &str| self.sheets.get(sheet).filter(|sheet| sheet.whole.is_none());
        let mut met = BTreeSet::new();
        let cells = edits.cells.iter().filter_map(|edit| {
            let twice = !met.insert((edit.sheet.as_str(), self.anchor(&edit.sheet, edit.cell)));
            let reason = open(&edit.sheet)?.cells.get(&edit.cell).cloned();
            let reason = reason.or_else(|| twice.then_some(RefusalReason::Twice))?;
            Some((edit.sheet.as_str(), Some(edit.cell), reason))
        });
        // What may be typed is no content: only protection closes it.
        let bounded = edits.validations.iter().filter_map(|edit| {
            let reason = open(&edit.sheet)?.cells.get(&edit.cell);
            let reason = reason.filter(|reason| **reason == RefusalReason::ProtectedSheet)?;
            Some((edit.sheet.as_str(), Some(edit.cell), reason.clone()))
        });
        let closed: Vec<_> = cells.collect();
        let closed = closed.into_iter().chain(bounded);
        whole.chain(closed).collect()
    }
}

impl<R: Read + Seek> XlsxPackage<R> {
    /// What of the edits' cells, and of the cells `beside`, is closed. What is refused for what is written there (a text that
    /// is too long), or of the workbook as a whole, [`XlsxPackage::check`] tells.
    pub fn closed<'e>(
        &mut self,
        edits: &'e PackageEdits,
        beside: impl IntoIterator<Item = (&'e str, CellRef)>,
    ) -> Result<Closed> {
        let mut asked: BTreeMap<&str, BTreeSet<CellRef>> = BTreeMap::new();
        for sheet in edits.sheets() {
            asked.entry(sheet).or_default();
        }
        let cells = edits.cells.iter().map(|edit| (edit.sheet.as_str(), edit.cell));
        let notes = edits.notes.iter().map(|edit| (edit.sheet.as_str(), edit.cell));
        let bounded = edits.validations.iter().map(|edit| (edit.sheet.as_str(), edit.cell));
        for (sheet, cell) in cells.chain(notes).chain(bounded).chain(beside) {
            asked.entry(sheet).or_default().insert(cell);
        }
        // A workbook whose styles cannot be read is refused as a whole when it is written.
        let styles = match load_styles(self) {
            Err(error) if error.kind() == ErrorKind::Input => None,
            loaded => Some(loaded?.styles),
        };
        let mut closed = Closed::default();
        let mut parts = BTreeSet::new();
        for (sheet, cells) in asked {
            let found = self.closed_sheet(sheet, &cells, styles.as_ref(), &mut parts);
            let found = found.or_else(|error| {
                let whole = Some(RefusalReason::Unreadable(unreadable(error)?));
                Ok::<_, Error>(ClosedSheet { whole, ..ClosedSheet::default() })
            });
            closed.sheets.insert(sheet.to_owned(), found?);
        }
        Ok(closed)
    }

    /// The same of one sheet; `parts` are the parts of notes that sheets before use.
    fn closed_sheet(
        &mut self,
        sheet: &str,
        asked: &BTreeSet<CellRef>,
        styles: Option<&Styles>,
        parts: &mut BTreeSet<String>,
    ) -> Result<ClosedSheet> {
        let cells = asked.iter().map(|cell| (*cell, true)).collect();
        let looked = match Looked::at(self, sheet, Wanted { cells, ..Wanted::default() })? {
            Ok(looked) => looked,
            Err(reason) => return Ok(ClosedSheet { whole: Some(reason), ..ClosedSheet::default() }),
        };
        let reason = |cell: &CellRef| Some((*cell, looked.why_not(styles, looked.anchor(*cell), true)?));
        let notes = match self.closed_notes(&looked, parts) {
            Err(error) => Err(RefusalReason::NotesUnreadable(unreadable(error)?)),
            Ok(noted) => Ok(noted),
        };
        Ok(ClosedSheet {
            whole: None,
            cells: asked.iter().filter_map(reason).collect(),
            notes: Some(notes),
            anchors: looked.index.merged,
        })
    }

    fn closed_notes(&mut self, looked: &Looked, parts: &mut BTreeSet<String>) -> Result<Noted> {
        let noted = Noted::read(self, &looked.part, &looked.index)?;
        if noted.parts.iter().any(|part| !parts.insert(part.clone())) {
            return Err(damaged("批注为多张工作表共用"));
        }
        Ok(noted)
    }
}

/// What could not be read; other errors are errors.
fn unreadable(error: Error) -> Result<String> {
    if error.kind() == ErrorKind::Input { Ok(error.to_string()) } else { Err(error) }
}
