//! From edits to splices: everything is decided here, before a byte is written.

mod graft;
mod names;
mod notes;
mod regions;
mod sheets;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use super::archive::part_key;
use super::content_types::{self, ContentTypes};
use super::edits::PackageEdits;
use super::graft::{NewPart, PartNames};
use super::package::{Package, Report, is_signature};
use super::parts::{relative, rels_of, resolve};
use super::refusal::{Refusal, RefusalReason};
use super::rels::Rels;
use super::styles::Styles;
use super::workbook::WorkbookChanges;
use super::worksheet::{Rendered, Wanted};
use super::xml::{Splices, apply};
use crate::base::{CellRef, Error, ErrorKind, Result};

const RELS_TYPE: &str = "application/vnd.openxmlformats-package.relationships+xml";
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
    /// Splices by entry.
    pub(crate) splices: BTreeMap<usize, Splices>,
    /// Parts behind the last entry.
    pub(crate) added: Vec<NewPart>,
    /// Entries that go.
    pub(crate) removed: BTreeSet<usize>,
    /// What edited sheets must read back as.
    pub(crate) expected: Vec<Expected>,
    /// What cannot be done.
    pub(crate) refusals: Vec<Refusal>,
    /// What is known of the report before writing.
    pub(crate) report: Report,
}

/// Plans the edits.
pub(crate) fn plan<R: Read + Seek>(package: &mut Package<R>, edits: &PackageEdits) -> Result<Plan> {
    let types = package.types.clone();
    let workbook_rels = package.workbook.rels.clone();
    let mut planner = Planner {
        plan: Plan::default(),
        changes: WorkbookChanges::default(),
        rels: BTreeMap::new(),
        names: PartNames::default(),
        styles: None,
        global_names: None,
        global_added: BTreeSet::new(),
        block: None,
        types,
        workbook_rels,
        package,
        edits,
    };
    planner.run()?;
    Ok(planner.plan)
}

struct Planner<'p, R> {
    package: &'p mut Package<R>,
    edits: &'p PackageEdits,
    plan: Plan,
    types: ContentTypes,
    workbook_rels: Rels,
    /// Relationships of other parts that change, by part.
    rels: BTreeMap<String, Rels>,
    changes: WorkbookChanges,
    names: PartNames,
    styles: Option<StylesPart>,
    /// The workbook's names that are local to no sheet, and the keys of those that come.
    global_names: Option<BTreeMap<String, usize>>,
    global_added: BTreeSet<String>,
    /// The highest block of shape ids so far.
    block: Option<u32>,
}

struct StylesPart {
    /// `None` when the workbook has no stylesheet.
    part: Option<String>,
    styles: Styles,
}

impl<R: Read + Seek> Planner<'_, R> {
    fn run(&mut self) -> Result<()> {
        let doomed = self.plan_removals()?;
        self.forget_types(&doomed);
        self.names = self.names_taken(&doomed);
        if let Err(error) = self.load_styles() {
            self.refuse_unreadable(None, error)?;
            return Ok(());
        }
        self.plan_sheets()?;
        self.plan_graft()?;
        self.plan_names();
        if self.plan.refusals.is_empty() {
            self.finish(doomed)?;
        }
        Ok(())
    }

    /// The names that no part that comes may take: those of parts, and those that a declaration or a relationship has for
    /// a part that is not there, which would be taken for it.
    fn names_taken(&mut self, doomed: &BTreeSet<usize>) -> PartNames {
        let entries = self.package.directory.entries.iter().enumerate();
        let kept: Vec<String> =
            entries.filter(|(at, _)| !doomed.contains(at)).map(|(_, entry)| entry.name.clone()).collect();
        let mut taken: BTreeSet<String> = kept.iter().map(|name| part_key(name)).collect();
        taken.extend(self.types.declared().map(str::to_owned));
        let workbook = part_key(&rels_of(&self.package.workbook.part));
        let kept: BTreeSet<String> = kept.iter().map(|name| part_key(name)).collect();
        let links = self.package.links().iter();
        let links = links.filter(|link| link.rels != workbook && kept.contains(&link.rels));
        taken.extend(links.map(|link| link.target.clone()));
        let part = &self.package.workbook.part;
        let of_workbook = self.workbook_rels.kept().filter(|rel| !rel.external);
        taken.extend(of_workbook.map(|rel| part_key(&resolve(part, &rel.target))));
        PartNames::new(taken)
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

    /// Takes away the content types of entries that go; before any part that comes may take a name.
    fn forget_types(&mut self, gone: &BTreeSet<usize>) {
        for entry in gone.iter().filter_map(|at| self.package.directory.entries.get(*at)) {
            self.types.remove(&entry.name);
        }
    }

    fn load_styles(&mut self) -> Result<()> {
        let edits = self.edits;
        if edits.cells.is_empty() && edits.graft.is_none() && edits.validations.is_empty() {
            return Ok(());
        }
        let workbook = &self.package.workbook;
        let dialect = workbook.dialect;
        let part = workbook.rels.of_kind("styles").next().map(|r| resolve(&workbook.part, &r.target));
        let bytes = part.as_ref().map(|p| self.package.read_part(p)).transpose()?.flatten();
        self.styles = Some(match bytes {
            Some(bytes) => StylesPart { part, styles: Styles::read(bytes)? },
            None => StylesPart { part: None, styles: Styles::empty(dialect)? },
        });
        Ok(())
    }

    /// The relationships of a part, for changing them.
    fn rels_of(&mut self, part: &str) -> Result<&mut Rels> {
        if !self.rels.contains_key(part) {
            let rels = self.package.rels(part)?;
            self.rels.insert(part.to_owned(), rels);
        }
        self.rels.get_mut(part).ok_or_else(|| Error::internal("rels"))
    }

    /// Adds splices to a part; several sources of splices for one part come together.
    fn splice(&mut self, part: &str, splices: Splices) -> Result<()> {
        if splices.is_empty() {
            return Ok(());
        }
        let entry = self.package.find(part).ok_or_else(|| Error::internal(format_args!("no part {part}")))?;
        self.plan.splices.entry(entry).or_default().extend(splices);
        Ok(())
    }

    fn add(&mut self, part: NewPart) {
        self.types.add(&part.name, part.kind.as_deref().unwrap_or(RELS_TYPE));
        self.plan.added.push(part);
    }

    fn finish(&mut self, doomed: BTreeSet<usize>) -> Result<()> {
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
            removed.extend(self.drop_signatures()?);
        }
        self.forget_types(&removed);
        self.finish_styles()?;
        let workbook = self.package.workbook.part.clone();
        let splices = self.package.workbook.splices(&self.changes);
        self.splice(&workbook, splices)?;
        let workbook_rels = self.workbook_rels.clone();
        self.finish_rels(&workbook, &workbook_rels)?;
        for (part, rels) in std::mem::take(&mut self.rels) {
            self.finish_rels(&part, &rels)?;
        }
        let splices = self.types.splices();
        self.splice(content_types::NAME, splices)?;
        for (at, splices) in &mut self.plan.splices {
            if !splices.settle() {
                let name = self.package.directory.entries.get(*at).map(|e| &e.name);
                return Err(Error::internal(format_args!("overlapping splices in {name:?}")));
            }
        }
        self.plan.removed = removed;
        Ok(())
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
        splices.settle();
        let dialect = self.package.workbook.dialect;
        let mut bytes = Vec::new();
        apply(&mut Styles::blank(dialect).as_slice(), &splices, &mut bytes).map_err(Error::internal)?;
        let name = if self.names.take("xl/styles.xml") {
            "xl/styles.xml".to_owned()
        } else {
            self.names.free("xl/styles1.xml")
        };
        let target = relative(&self.package.workbook.part, &name);
        self.workbook_rels.add(&dialect.relationship("styles"), &target, false);
        self.add(NewPart { name, bytes, kind: Some(STYLES_TYPE.to_owned()) });
        Ok(())
    }

    fn finish_rels(&mut self, source: &str, rels: &Rels) -> Result<()> {
        if !rels.is_changed() {
            return Ok(());
        }
        let name = rels_of(source);
        if self.package.find(&name).is_some() {
            self.splice(&name, rels.splices())
        } else {
            self.add(NewPart { name, bytes: rels.whole(), kind: None });
            Ok(())
        }
    }

    /// The order of calculation is stale once cells change; Excel makes it anew.
    fn drop_calculation_chain(&mut self) -> Vec<usize> {
        let workbook = &self.package.workbook;
        let chains: Vec<_> =
            workbook.rels.of_kind("calcChain").map(|r| resolve(&workbook.part, &r.target)).collect();
        self.workbook_rels.remove(|rel| rel.kind == "calcChain" && !rel.external);
        chains.iter().filter_map(|part| self.package.find(part)).collect()
    }

    /// A signature would no longer hold.
    fn drop_signatures(&mut self) -> Result<Vec<usize>> {
        let signed: Vec<_> = self
            .rels_of("")?
            .list()
            .iter()
            .filter(|r| is_signature(r))
            .map(|r| resolve("", &r.target))
            .collect();
        if !signed.is_empty() {
            self.rels_of("")?.remove(is_signature);
        }
        let mut gone = BTreeSet::new();
        let mut stack: Vec<String> = signed;
        self.plan.report.signature_removed = !stack.is_empty();
        while let Some(part) = stack.pop() {
            let Some(at) = self.package.find(&part).filter(|at| gone.insert(*at)) else { continue };
            gone.insert(at);
            gone.extend(self.package.find(&rels_of(&part)));
            let rels = self.package.rels(&part)?;
            stack.extend(rels.list().iter().filter(|r| !r.external).map(|r| resolve(&part, &r.target)));
        }
        Ok(gone.into_iter().collect())
    }
}
