//! From edits to splices: everything is decided here, before a byte is written.

mod graft;
mod looked;
mod names;
mod notes;
mod regions;
mod sheets;

pub(crate) use looked::Looked;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use super::edits::PackageEdits;
use super::package::{Report, XlsxPackage};
use super::refusal::{Refusal, RefusalReason};
use super::styles::Styles;
use super::workbook::WorkbookChanges;
use super::worksheet::{Rendered, Wanted};
use crate::base::{CellRef, Error, ErrorKind, Result};
use crate::package::archive::part_key;
use crate::package::parts::{relative, resolve};
use crate::package::rels::Rels;
use crate::package::xml::{Splices, apply};
use crate::package::{Changes, NewPart, PartEdits};

const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";

/// What an edited sheet must read back as.
#[derive(Debug, Clone)]
pub(crate) struct Expected {
    pub(crate) part: String,
    pub(crate) wanted: Wanted,
    pub(crate) cells: BTreeMap<CellRef, Rendered>,
}

/// Everything a write will do.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// What becomes of the parts.
    pub(crate) changes: Changes,
    /// What edited sheets must read back as.
    pub(crate) expected: Vec<Expected>,
    /// What cannot be done.
    pub(crate) refusals: Vec<Refusal>,
    /// What is known of the report before writing.
    pub(crate) report: Report,
}

/// Plans the edits.
pub(crate) fn plan<R: Read + Seek>(package: &mut XlsxPackage<R>, edits: &PackageEdits) -> Result<Plan> {
    let parts = PartEdits::new(&package.parts);
    let workbook_rels = package.workbook.rels.clone();
    let planner = Planner {
        plan: Plan::default(),
        changes: WorkbookChanges::default(),
        parts,
        styles: None,
        global_names: None,
        global_added: BTreeSet::new(),
        block: None,
        workbook_rels,
        package,
        edits,
    };
    planner.run()
}

struct Planner<'p, R> {
    package: &'p mut XlsxPackage<R>,
    edits: &'p PackageEdits,
    plan: Plan,
    parts: PartEdits,
    workbook_rels: Rels,
    changes: WorkbookChanges,
    styles: Option<StylesPart>,
    /// The workbook's names that are local to no sheet, and the keys of those that come.
    global_names: Option<BTreeMap<String, usize>>,
    global_added: BTreeSet<String>,
    /// The highest block of shape ids so far.
    block: Option<u32>,
}

/// The workbook's styles.
pub(crate) struct StylesPart {
    /// `None` when the workbook has no stylesheet.
    part: Option<String>,
    pub(crate) styles: Styles,
}

/// Reads the workbook's styles.
pub(crate) fn load_styles<R: Read + Seek>(package: &mut XlsxPackage<R>) -> Result<StylesPart> {
    let workbook = &package.workbook;
    let dialect = workbook.dialect;
    let part = workbook.rels.of_kind("styles").next().map(|r| resolve(&workbook.part, &r.target));
    let bytes = part.as_ref().map(|p| package.parts.read_part(p)).transpose()?.flatten();
    Ok(match bytes {
        Some(bytes) => StylesPart { part, styles: Styles::read(bytes)? },
        None => StylesPart { part: None, styles: Styles::empty(dialect)? },
    })
}

/// The rows of a sheet in which tables show their totals; none where its parts cannot be read.
pub(crate) fn table_totals<R: Read + Seek>(package: &mut XlsxPackage<R>, sheet_part: &str) -> BTreeSet<u32> {
    regions::Regions::read(package, sheet_part).map(|regions| regions.totals()).unwrap_or_default()
}

impl<R: Read + Seek> Planner<'_, R> {
    fn run(mut self) -> Result<Plan> {
        let doomed = self.plan_removals()?;
        self.take_out(&doomed);
        if let Err(error) = self.load_styles() {
            self.refuse_unreadable(None, error)?;
            return Ok(self.plan);
        }
        self.plan_sheets()?;
        self.plan_graft()?;
        self.plan_names();
        if self.plan.refusals.is_empty() { self.finish(doomed) } else { Ok(self.plan) }
    }

    fn take_out(&mut self, doomed: &BTreeSet<usize>) {
        let part = &self.package.workbook.part;
        self.parts.take_out(&mut self.package.parts, doomed, part);
        let of_workbook = self.workbook_rels.kept().filter(|rel| !rel.external);
        self.parts.names.reserve(of_workbook.map(|rel| part_key(&resolve(part, &rel.target))));
    }

    fn refuse(&mut self, sheet: Option<&str>, cell: Option<CellRef>, reason: RefusalReason) {
        self.plan.refusals.push(Refusal { sheet: sheet.map(str::to_owned), cell, reason });
    }

    /// A part that cannot be read is a reason to refuse; other errors are errors.
    fn refuse_unreadable(&mut self, sheet: Option<&str>, error: Error) -> Result<()> {
        if error.kind() != ErrorKind::Input {
            return Err(error);
        }
        self.refuse(sheet, None, RefusalReason::Unreadable(error.to_string()));
        Ok(())
    }

    fn load_styles(&mut self) -> Result<()> {
        let edits = self.edits;
        if !edits.cells.is_empty() || edits.graft.is_some() || !edits.validations.is_empty() {
            self.styles = Some(load_styles(self.package)?);
        }
        Ok(())
    }

    /// The relationships of a part, for changing them.
    fn rels_of(&mut self, part: &str) -> Result<&mut Rels> {
        self.parts.rels_of(&mut self.package.parts, part)
    }

    fn splice(&mut self, part: &str, splices: Splices) -> Result<()> {
        self.parts.splice(&self.package.parts, part, splices)
    }

    fn finish(mut self, doomed: BTreeSet<usize>) -> Result<Plan> {
        let edits = self.edits;
        let recalculates =
            !edits.cells.is_empty() || edits.graft.is_some() || !self.changes.removed.is_empty();
        let mut removed = doomed;
        if recalculates {
            self.changes.recalculate = true;
            removed.extend(self.drop_calculation_chain());
        }
        let touched = recalculates
            || !edits.notes.is_empty()
            || !edits.names.is_empty()
            || !edits.validations.is_empty();
        if touched {
            let signatures = self.parts.drop_signatures(&mut self.package.parts)?;
            self.plan.report.signature_removed = !signatures.is_empty();
            removed.extend(signatures);
        }
        self.finish_styles()?;
        let workbook = self.package.workbook.part.clone();
        let splices = self.package.workbook.splices(&self.changes);
        self.splice(&workbook, splices)?;
        self.parts.put_rels(&workbook, self.workbook_rels);
        self.plan.changes = self.parts.finish(&self.package.parts, removed)?;
        Ok(self.plan)
    }

    fn finish_styles(&mut self) -> Result<()> {
        let Some(StylesPart { part, styles }) = self.styles.take() else { return Ok(()) };
        if !styles.is_changed() {
            return Ok(());
        }
        let mut splices = styles.splices();
        if let Some(part) = part {
            return self.splice(&part, splices);
        }
        splices.sort_and_check();
        let dialect = self.package.workbook.dialect;
        let mut bytes = Vec::new();
        apply(&mut Styles::blank(dialect).as_slice(), &splices, &mut bytes).map_err(Error::internal)?;
        let name = if self.parts.names.take("xl/styles.xml") {
            "xl/styles.xml".to_owned()
        } else {
            self.parts.names.free("xl/styles1.xml")
        };
        let target = relative(&self.package.workbook.part, &name);
        self.workbook_rels.add(&dialect.relationship("styles"), &target, false);
        self.parts.add(NewPart { name, bytes, kind: Some(STYLES_TYPE.to_owned()) });
        Ok(())
    }

    /// The order of calculation is stale once cells change; Excel makes it anew.
    fn drop_calculation_chain(&mut self) -> Vec<usize> {
        let workbook = &self.package.workbook;
        let chains: Vec<_> =
            workbook.rels.of_kind("calcChain").map(|r| resolve(&workbook.part, &r.target)).collect();
        self.workbook_rels.remove(|rel| rel.kind == "calcChain" && !rel.external);
        chains.iter().filter_map(|part| self.package.parts.find(part)).collect()
    }
}
