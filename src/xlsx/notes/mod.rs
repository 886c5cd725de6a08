//! Notes (批注): the comments part and the VML drawing that shows them.

mod comments;
mod vml;

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::package::{Note, XlsxPackage};
use super::worksheet::SheetIndex;
use crate::base::{CellRef, Result};
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
pub(crate) fn is_ours(note: &Note, was: Option<&str>, new: Option<&str>) -> bool {
    let even = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n").trim_end().to_owned();
    !note.threaded && [was, new].into_iter().flatten().any(|text| even(text) == even(&note.text))
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
