//! Notes of one sheet: which may be set, and in which parts.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::Planner;
use super::sheets::Job;
use crate::base::limits::MAX_CELL_CHARS;
use crate::base::{CellRef, Error, ErrorKind, Result};
use crate::package::NewPart;
use crate::package::parts::{relative, resolve};
use crate::package::xml::Splices;
use crate::xlsx::notes::{
    COMMENTS_TYPE, NoteChange, Noted, VML_TYPE, Vml, comments_part, edit_comments, new_comments, new_vml,
    vml_part,
};
use crate::xlsx::refusal::RefusalReason;
use crate::xlsx::worksheet::{SheetIndex, section_place};

impl<R: Read + Seek> Planner<'_, R> {
    pub(super) fn plan_notes(
        &mut self,
        sheet: &str,
        part: &str,
        job: &Job<'_>,
        index: &SheetIndex,
        sheet_splices: &mut Splices,
    ) -> Result<()> {
        if job.notes.is_empty() {
            return Ok(());
        }
        let changes = match self.note_changes(sheet, part, job, index) {
            Ok(changes) => changes,
            Err(error) => return self.refuse_notes(sheet, error),
        };
        if changes.is_empty() {
            return Ok(());
        }
        match self.change_notes(part, index, &changes, sheet_splices) {
            Ok(()) => Ok(()),
            Err(error) => self.refuse_notes(sheet, error),
        }
    }

    /// Notes that cannot be read are no reason to refuse the cells.
    fn refuse_notes(&mut self, sheet: &str, error: Error) -> Result<()> {
        if error.kind() != ErrorKind::Input {
            return Err(error);
        }
        self.refuse(Some(sheet), None, RefusalReason::NotesUnreadable(error.to_string()));
        Ok(())
    }

    /// What is to happen at each cell; what may not happen is refused.
    fn note_changes(
        &mut self,
        sheet: &str,
        part: &str,
        job: &Job<'_>,
        index: &SheetIndex,
    ) -> Result<BTreeMap<CellRef, NoteChange>> {
        let noted = Noted::read(self.package, part, index)?;
        let mut changes = BTreeMap::new();
        for edit in &job.notes {
            let cell = index.merged.get(&edit.cell).copied().unwrap_or(edit.cell);
            let ours = noted.has_ours(cell, edit);
            let long = edit.text.as_ref().is_some_and(|text| text.encode_utf16().count() > MAX_CELL_CHARS);
            let reason = noted.why_not(cell, edit).or_else(|| long.then_some(RefusalReason::TooLong));
            if let Some(reason) = reason {
                self.refuse(Some(sheet), Some(edit.cell), reason);
            } else if ours || edit.text.is_some() {
                let change = NoteChange { remove: ours, text: edit.text.clone() };
                if changes.insert(cell, change).is_some() {
                    self.refuse(Some(sheet), Some(edit.cell), RefusalReason::Twice);
                }
            }
        }
        Ok(changes)
    }

    fn change_notes(
        &mut self,
        part: &str,
        index: &SheetIndex,
        changes: &BTreeMap<CellRef, NoteChange>,
        sheet_splices: &mut Splices,
    ) -> Result<()> {
        let dialect = index.dialect();
        self.drop_dangling(part)?;
        let rels = self.rels_of(part)?.clone();
        if let Some(drawing) = vml_part(index, &rels, part) {
            self.change_drawing(&drawing, index, changes)?;
        } else {
            let block = self.free_block();
            let name = self.parts.names.free("xl/drawings/vmlDrawing1.vml");
            let kind = dialect.relationship("vmlDrawing");
            let id = self.rels_of(part)?.add(&kind, &relative(part, &name), false);
            let prefix = index.prefix();
            let element =
                format!("<{prefix}legacyDrawing xmlns:r=\"{}\" r:id=\"{id}\"/>", dialect.relationships());
            match index.section("legacyDrawing") {
                Some(dangling) => sheet_splices.replace(dangling.range.clone(), element),
                None => sheet_splices.insert(section_place(index, "legacyDrawing"), element),
            }
            let bytes = new_vml(block, index, changes);
            self.parts.add(NewPart { name, bytes, kind: Some(VML_TYPE.to_owned()) });
        }
        if let Some(comments) = comments_part(&rels, part) {
            let bytes = self.unspliced(&comments)?;
            self.splice(&comments, edit_comments(bytes, changes)?)
        } else {
            let name = self.parts.names.free("xl/comments1.xml");
            let kind = dialect.relationship("comments");
            self.rels_of(part)?.add(&kind, &relative(part, &name), false);
            let bytes = new_comments(dialect, changes);
            self.parts.add(NewPart { name, bytes, kind: Some(COMMENTS_TYPE.to_owned()) });
            Ok(())
        }
    }

    /// Takes away what leads to notes or to their drawing where there are none: ours must not hang on it.
    fn drop_dangling(&mut self, part: &str) -> Result<()> {
        let rels = self.rels_of(part)?.clone();
        let to_notes = rels
            .list()
            .iter()
            .filter(|r| !r.external && matches!(r.kind.as_str(), "comments" | "vmlDrawing"));
        let dangling: Vec<String> = to_notes
            .filter(|r| self.package.parts.find(&resolve(part, &r.target)).is_none())
            .map(|r| r.target.clone())
            .collect();
        if !dangling.is_empty() {
            let rels = self.rels_of(part)?;
            rels.remove(|r| {
                matches!(r.kind.as_str(), "comments" | "vmlDrawing") && dangling.contains(&r.target)
            });
        }
        Ok(())
    }

    fn change_drawing(
        &mut self,
        drawing: &str,
        index: &SheetIndex,
        changes: &BTreeMap<CellRef, NoteChange>,
    ) -> Result<()> {
        let bytes = self.unspliced(drawing)?;
        let vml = Vml::read(&bytes).ok_or_else(|| crate::package::fault::damaged("批注图形无法识别"))?;
        self.splice(drawing, vml.splices(index, changes))
    }

    /// The bytes of a part that no other sheet has changed; two sheets must not share one.
    fn unspliced(&mut self, part: &str) -> Result<Vec<u8>> {
        let at = self.package.parts.find(part);
        let at = at.ok_or_else(|| crate::package::fault::damaged(format_args!("缺少 {part}")))?;
        if self.parts.is_spliced(at) {
            return Err(crate::package::fault::damaged("批注为多张工作表共用"));
        }
        self.package.parts.read_part(part)?.ok_or_else(|| Error::internal("part vanished"))
    }

    /// A block of shape ids that no drawing of the package uses.
    fn free_block(&mut self) -> u32 {
        let highest = self.block.unwrap_or_else(|| self.package.highest_block());
        let free = highest.saturating_add(1);
        self.block = Some(free);
        free
    }
}
