//! Notes (批注): the comments part and the VML drawing that shows them.

mod comments;
mod vml;

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::edits::NoteEdit;
use super::package::{Note, XlsxPackage};
use super::refusal::RefusalReason;
use super::worksheet::SheetIndex;
use crate::base::{CellRef, Result};
use crate::package::fault::damaged;
use crate::package::parts::resolve;
use crate::package::rels::Rels;
use crate::package::xml::{Splices, Tag};
use comments::Comments;

pub(crate) use comments::whole as new_comments;

pub(crate) use vml::{Vml, highest_block, whole as new_vml};

/// The content type of a comments part.
pub(crate) const COMMENTS_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
/// The content type of a VML drawing.
pub(crate) const VML_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// The notes of a sheet, in the order of the file.
pub(crate) fn read<R: Read + Seek>(package: &mut XlsxPackage<R>, sheet_part: &str) -> Result<Vec<Note>> {
    let rels = package.parts.rels(sheet_part)?;
    let Some(part) = comments_part(&rels, sheet_part) else { return Ok(Vec::new()) };
    match package.read_part(&part)? {
        Some(bytes) => Ok(Comments::read(bytes)?.notes()),
        None => Ok(Vec::new()),
    }
}

/// The comments part of a sheet.
pub(crate) fn comments_part(rels: &Rels, sheet_part: &str) -> Option<String> {
    rels.kept().find(|r| r.kind == "comments" && !r.external).map(|r| resolve(sheet_part, &r.target))
}

/// The VML drawing that a sheet shows its notes and controls with.
pub(crate) fn vml_part(index: &SheetIndex, rels: &Rels, sheet_part: &str) -> Option<String> {
    let id = Tag(&index.section("legacyDrawing")?.tag).get_prefixed("id")?;
    rels.kept().find(|r| r.id == id).map(|r| resolve(sheet_part, &r.target))
}

/// Whether a note is ours: it holds what we wrote, or what we write now. The author's name proves nothing, and a person who
/// adds words to a note of ours leaves it there.
fn is_ours(note: &Note, was: Option<&str>, new: Option<&str>) -> bool {
    let even = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n").trim_end().to_owned();
    !note.threaded && [was, new].into_iter().flatten().any(|text| even(text) == even(&note.text))
}

/// The notes of a sheet as far as they decide what can be set, each at its cell.
#[derive(Debug)]
pub(crate) struct Noted {
    there: BTreeMap<CellRef, Note>,
    /// Whether the sheet's protection takes them in.
    locked: bool,
    /// The parts that hold them and their drawing.
    pub(crate) parts: Vec<String>,
}

impl Noted {
    /// Reads them; an error where none can be set with certainty.
    pub(crate) fn read<R: Read + Seek>(
        package: &mut XlsxPackage<R>,
        part: &str,
        index: &SheetIndex,
    ) -> Result<Self> {
        let mut there = BTreeMap::new();
        for note in read(package, part)? {
            there.entry(note.cell).or_insert(note);
        }
        let protection = index.section("sheetProtection").map(|s| Tag(&s.tag));
        let locked =
            protection.is_some_and(|t| t.flag("sheet") == Some(true) && t.flag("objects") == Some(true));
        let rels = package.parts.rels(part)?;
        let drawing = vml_part(index, &rels, part);
        if let Some(bytes) = drawing.as_ref().map(|name| package.read_part(name)).transpose()?.flatten() {
            Vml::read(&bytes).ok_or_else(|| damaged("批注图形无法识别"))?;
        }
        let parts = comments_part(&rels, part).into_iter().chain(drawing);
        let parts = parts.filter(|name| package.parts.find(name).is_some()).collect();
        Ok(Self { there, locked, parts })
    }

    /// Whether the note at the cell, an anchor, is the one that the edit replaces or takes away.
    pub(crate) fn has_ours<S>(&self, cell: CellRef, edit: &NoteEdit<S>) -> bool {
        let note = self.there.get(&cell);
        note.is_some_and(|note| is_ours(note, edit.was.as_deref(), edit.text.as_deref()))
    }

    /// Why no such note can be set at the cell, an anchor.
    pub(crate) fn why_not<S>(&self, cell: CellRef, edit: &NoteEdit<S>) -> Option<RefusalReason> {
        match self.there.get(&cell) {
            _ if self.locked => Some(RefusalReason::NotesLocked),
            Some(note) if edit.text.is_some() && note.threaded => Some(RefusalReason::ThreadedComment),
            Some(_) if edit.text.is_some() && !self.has_ours(cell, edit) => Some(RefusalReason::PersonsNote),
            _ => None,
        }
    }
}

/// What to do at one cell.
#[derive(Debug, Clone)]
pub(crate) struct NoteChange {
    /// Whether our note that is there goes.
    pub(crate) remove: bool,
    /// The note that comes.
    pub(crate) text: Option<String>,
}

/// The splices of an existing comments part.
pub(crate) fn edit_comments(bytes: Vec<u8>, changes: &BTreeMap<CellRef, NoteChange>) -> Result<Splices> {
    Ok(Comments::read(bytes)?.splices(changes))
}
