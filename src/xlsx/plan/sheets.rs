//! Cell edits and validations, sheet by sheet.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use super::looked::Looked;
use super::{Expected, Planner};
use crate::base::{CellRef, Result};
use crate::package::xml::Splices;
use crate::xlsx::edits::{Content, NoteEdit, StylePatch, ValidationEdit};
use crate::xlsx::refusal::RefusalReason;
use crate::xlsx::styles::Styles;
use crate::xlsx::worksheet::{Wanted, render_cells, render_validations, too_long};

/// What is to be done in one sheet.
#[derive(Default)]
pub(super) struct Job<'e> {
    cells: Vec<(CellRef, &'e Option<Content>, &'e StylePatch)>,
    pub(super) notes: Vec<&'e NoteEdit>,
    validations: Vec<&'e ValidationEdit>,
    /// The least height in points of rows.
    heights: BTreeMap<u32, u16>,
}

/// A sheet that has been looked at.
struct Ready<'e> {
    sheet: String,
    job: Job<'e>,
    looked: Looked,
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
        for edit in &edits.rows {
            let height = jobs.entry(&edit.sheet).or_default().heights.entry(edit.row).or_default();
            *height = (*height).max(edit.points);
        }
        // All sheets are looked at before any style is appended: none may come alive by it.
        let mut ready = Vec::new();
        for (sheet, job) in jobs {
            match self.look_at(sheet, job) {
                Ok(found) => ready.extend(found),
                Err(error) => self.refuse_unreadable(Some(sheet), error)?,
            }
        }
        let highest = ready.iter().map(|r| r.looked.index.max_style).max().unwrap_or(0);
        if let Some(part) = &mut self.styles {
            part.styles.reserve(highest);
        }
        for sheet in ready {
            self.plan_sheet(&sheet)?;
        }
        Ok(())
    }

    fn look_at<'e>(&mut self, sheet: &str, job: Job<'e>) -> Result<Option<Ready<'e>>> {
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
        match Looked::at(self.package, sheet, wanted)? {
            Ok(looked) => Ok(Some(Ready { sheet: sheet.to_owned(), job, looked })),
            Err(reason) => {
                self.refuse(Some(sheet), None, reason);
                Ok(None)
            }
        }
    }

    fn plan_sheet(&mut self, ready: &Ready<'_>) -> Result<()> {
        let Ready { sheet, job, looked } = ready;
        let Looked { part, index, wanted, .. } = looked;
        let mut cells: BTreeMap<CellRef, (Option<Content>, StylePatch)> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (asked, content, patch) in &job.cells {
            let cell = looked.anchor(*asked);
            if cell != *asked {
                self.plan.report.redirected.push((sheet.clone(), *asked, cell));
            }
            let reason = if seen.insert(cell) {
                self.why_not(looked, cell, content.as_ref())
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
                (&cells, &job.heights),
                |base, patch| match styles.patch(base, patch) {
                    Ok(style) => Ok(style),
                    Err(reason) => {
                        full.push(reason);
                        Ok(base)
                    }
                },
                &mut splices,
            )?;
            let expected = Expected { part: part.clone(), wanted: wanted.clone(), cells: rendered };
            self.plan.expected.push(expected);
        }
        if let Some(reason) = full.into_iter().next() {
            self.refuse(Some(sheet), None, reason);
        }
        if !job.validations.is_empty() {
            let (locked, open): (Vec<_>, Vec<_>) =
                job.validations.iter().copied().partition(|edit| looked.is_locked(self.styles(), edit.cell));
            for edit in locked {
                self.refuse(Some(sheet), Some(edit.cell), RefusalReason::ProtectedSheet);
            }
            let kept = render_validations(index, &open, &mut splices);
            self.plan.report.kept_validations.extend(kept.into_iter().map(|cell| (sheet.clone(), cell)));
        }
        self.plan_notes(sheet, part, job, index, &mut splices)?;
        self.splice(part, splices)
    }

    fn styles(&self) -> Option<&Styles> {
        self.styles.as_ref().map(|part| &part.styles)
    }

    fn why_not(&self, looked: &Looked, cell: CellRef, content: Option<&Content>) -> Option<RefusalReason> {
        let closed = looked.why_not(self.styles(), cell, content.is_some());
        closed.or_else(|| content.filter(|content| too_long(content)).map(|_| RefusalReason::TooLong))
    }
}
