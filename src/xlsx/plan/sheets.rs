//! Cell edits and validations, sheet by sheet.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use super::regions::Regions;
use super::{Expected, Planner};
use crate::base::{CellRef, Result};
use crate::package::xml::Splices;
use crate::xlsx::edits::{Content, NoteEdit, StylePatch, ValidationEdit};
use crate::xlsx::package::{SheetKind, is_protected};
use crate::xlsx::refusal::RefusalReason;
use crate::xlsx::worksheet::{
    SheetIndex, Wanted, check_cell, effective_style, render_cells, render_validations,
};

/// What is to be done in one sheet.
#[derive(Default)]
pub(super) struct Job<'e> {
    cells: Vec<(CellRef, &'e Option<Content>, &'e StylePatch)>,
    pub(super) notes: Vec<&'e NoteEdit>,
    validations: Vec<&'e ValidationEdit>,
}

/// A sheet that has been looked at.
struct Ready<'e> {
    sheet: String,
    part: String,
    job: Job<'e>,
    index: SheetIndex,
    wanted: Wanted,
    regions: Regions,
}

impl<R: Read + Seek> Planner<'_, R> {
    pub(super) fn plan_sheets(&mut self) -> Result<()> {
        let edits = self.edits;
        let mut jobs: BTreeMap<&str, Job<'_>> = BTreeMap::new();
        for edit in &edits.cells {
            jobs.entry(&edit.sheet).or_default().cells.push((edit.cell, &edit.content, &edit.style));
        }
        for edit in &edits.notes {
            jobs.entry(&edit.sheet).or_default().notes.push(edit);
        }
        for edit in &edits.validations {
            jobs.entry(&edit.sheet).or_default().validations.push(edit);
        }
        // All sheets are looked at before any style is appended: none may come alive by it.
        let mut ready = Vec::new();
        for (sheet, job) in jobs {
            match self.look_at(sheet, job) {
                Ok(found) => ready.extend(found),
                Err(error) => self.refuse_unreadable(Some(sheet), error)?,
            }
        }
        let highest = ready.iter().map(|r| r.index.max_style).max().unwrap_or(0);
        if let Some(part) = &mut self.styles {
            part.styles.reserve(highest);
        }
        for sheet in ready {
            self.plan_sheet(&sheet)?;
        }
        Ok(())
    }

    fn look_at<'e>(&mut self, sheet: &str, job: Job<'e>) -> Result<Option<Ready<'e>>> {
        let entry = self.package.sheets().iter().find(|s| s.name == sheet);
        let reason = match entry {
            None => Some(RefusalReason::NoSuchSheet),
            Some(entry) if entry.kind != SheetKind::Worksheet => Some(RefusalReason::NotAWorksheet),
            Some(entry) if self.package.parts.find(&entry.part).is_none() => {
                Some(RefusalReason::Unreadable("文件中没有这张表的内容".to_owned()))
            }
            Some(_) => None,
        };
        let Some(part) = self.package.sheet_part(sheet).filter(|_| reason.is_none()) else {
            self.refuse(Some(sheet), None, reason.unwrap_or(RefusalReason::NoSuchSheet));
            return Ok(None);
        };
        let mut wanted = Wanted::default();
        for (cell, content, _) in &job.cells {
            *wanted.cells.entry(*cell).or_default() |= content.is_some();
        }
        for edit in &job.notes {
            wanted.cells.entry(edit.cell).or_default();
        }
        for edit in &job.validations {
            wanted.cells.entry(edit.cell).or_default();
        }
        wanted.noted_rows = job.notes.iter().map(|n| n.cell.row()).collect();
        wanted.validated = job.validations.iter().map(|v| v.cell).collect();
        let mut index = self.package.scan_sheet(sheet, &wanted)?;
        if index.repeated_rows {
            // Programs repair such a sheet each in its own way, and what was written may go.
            self.refuse(Some(sheet), None, RefusalReason::Ambiguous);
            return Ok(None);
        }
        if !index.merged.is_empty() {
            // Write to the anchors: look again at what stands there.
            let merged = index.merged.clone();
            let anchored = |cell: CellRef| merged.get(&cell).copied().unwrap_or(cell);
            let mut cells = BTreeMap::new();
            for (cell, content) in wanted.cells {
                *cells.entry(anchored(cell)).or_default() |= content;
            }
            wanted.cells = cells;
            index = self.package.scan_sheet(sheet, &wanted)?;
            index.merged = merged;
        }
        let regions = Regions::read(self.package, &part)?;
        Ok(Some(Ready { sheet: sheet.to_owned(), part, job, index, wanted, regions }))
    }

    fn plan_sheet(&mut self, ready: &Ready<'_>) -> Result<()> {
        let Ready { sheet, part, job, index, .. } = ready;
        let mut cells: BTreeMap<CellRef, (Option<Content>, StylePatch)> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (asked, content, patch) in &job.cells {
            let cell = index.merged.get(asked).copied().unwrap_or(*asked);
            if cell != *asked {
                self.plan.report.redirected.push((sheet.clone(), *asked, cell));
            }
            let reason = if seen.insert(cell) {
                self.why_not(ready, cell, content.as_ref())
            } else {
                Some(RefusalReason::Twice)
            };
            match reason {
                Some(reason) => self.refuse(Some(sheet), Some(*asked), reason),
                None => drop(cells.insert(cell, ((*content).clone(), (*patch).clone()))),
            }
        }
        let mut splices = Splices::default();
        let mut full = Vec::new();
        if let Some(styles) = self.styles.as_mut().map(|s| &mut s.styles) {
            let rendered = render_cells(
                index,
                &cells,
                |base, patch| match styles.patch(base, patch) {
                    Ok(style) => Ok(style),
                    Err(reason) => {
                        full.push(reason);
                        Ok(base)
                    }
                },
                &mut splices,
            )?;
            let expected = Expected { part: part.clone(), wanted: ready.wanted.clone(), cells: rendered };
            self.plan.expected.push(expected);
        }
        if let Some(reason) = full.into_iter().next() {
            self.refuse(Some(sheet), None, reason);
        }
        if !job.validations.is_empty() {
            let (locked, open): (Vec<_>, Vec<_>) =
                job.validations.iter().copied().partition(|edit| self.is_locked(index, edit.cell));
            for edit in locked {
                self.refuse(Some(sheet), Some(edit.cell), RefusalReason::ProtectedSheet);
            }
            let kept = render_validations(index, &open, &mut splices);
            self.plan.report.kept_validations.extend(kept.into_iter().map(|cell| (sheet.clone(), cell)));
        }
        self.plan_notes(sheet, part, job, index, &mut splices)?;
        self.splice(part, splices)
    }

    /// Whether the sheet's protection takes in the cell.
    fn is_locked(&self, index: &SheetIndex, cell: CellRef) -> bool {
        let locked = |style| self.styles.as_ref().is_none_or(|part| part.styles.is_locked(style));
        is_protected(index) && locked(effective_style(index, cell))
    }

    fn why_not(&self, ready: &Ready<'_>, cell: CellRef, content: Option<&Content>) -> Option<RefusalReason> {
        let index = &ready.index;
        if self.is_locked(index, cell) {
            return Some(RefusalReason::ProtectedSheet);
        }
        check_cell(index, cell, content).or_else(|| content.and_then(|_| ready.regions.why_not(cell)))
    }
}
