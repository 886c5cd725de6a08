//! Writes the workbooks of a run back: what each case has to say, into the file where it belongs.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek, Write};
use std::sync::Arc;

use super::files::{self, rewind};
use super::opened::{Bytes, Opened, Stream};
use super::{CaseOutcome, Written};
use crate::base::{CellAt, CellRef, Error, ErrorKind, Result, SheetId};
use crate::check;
use crate::model::Project;
use crate::model::{Finding, FindingId};
use crate::output::sheets;
use crate::present::{self, Edits, LedgerCells, Locked, Names, Run, Seal, View};
use crate::returned::{About, Earlier, Keys, Return, record};
use crate::score::Scored;
use crate::xlsx::{Closed, Geometry, Graft, PackageEdits, RefusalReason, XlsxPackage};

/// What of a case's edits the editor refuses.
#[derive(Debug, Default)]
struct Refused {
    /// What it said of the files, by what the run calls them.
    closed: BTreeMap<Option<Arc<str>>, Closed>,
    /// Cells, each with the reason.
    cells: BTreeMap<CellAt, RefusalReason>,
    /// Whole sheets.
    sheets: BTreeMap<SheetId, RefusalReason>,
}

impl Locked for Refused {
    fn is_locked(&self, at: &CellAt) -> bool {
        self.cells.contains_key(at) || self.sheets.contains_key(&at.sheet)
    }
}

impl Refused {
    /// Asks once, of all cells that the edits may come to: those of the plan that knows of no refusal, and those of the
    /// indicators, where a note goes whose cell is refused.
    fn ask(
        packages: &mut [Packaged<'_>],
        planned: &PackageEdits<SheetId>,
        outcome: &CaseOutcome,
    ) -> Result<Self> {
        let results = outcome.scored.iter().flat_map(|scored| &scored.card.indicators);
        let beside: Vec<CellAt> = results.filter_map(|result| result.cell.clone()).collect();
        let mut refused = Self::default();
        for file in packages.iter_mut() {
            let own = planned.on(|sheet| sheet.name_in(file.name.as_deref()).map(str::to_owned));
            let Some(package) = file.package.as_mut().filter(|_| !own.leaves_cells()) else { continue };
            let beside =
                beside.iter().filter_map(|at| Some((at.sheet.name_in(file.name.as_deref())?, at.cell)));
            let closed = package.closed(&own, beside)?;
            for (sheet, cell, reason) in closed.of(&own) {
                let sheet = SheetId::of_file(file.name.as_ref(), sheet);
                match cell {
                    Some(cell) => drop(refused.cells.insert(CellAt::new(sheet, cell), reason)),
                    None => drop(refused.sheets.insert(sheet, reason)),
                }
            }
            refused.closed.insert(file.name.clone(), closed);
        }
        Ok(refused)
    }

    fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.sheets.is_empty()
    }

    /// The edits that are left.
    fn keep_to(&self, edits: &mut PackageEdits<SheetId>) {
        let free = |sheet: &SheetId, cell: CellRef| !self.is_locked(&CellAt::new(sheet.clone(), cell));
        edits.cells.retain(|edit| free(&edit.sheet, edit.cell));
        edits.validations.retain(|edit| free(&edit.sheet, edit.cell));
        let mut noted = BTreeSet::new();
        edits.notes.retain(|note| {
            let closed = self.closed.get(&note.sheet.file);
            let refusal = closed.and_then(|closed| closed.note(&note.sheet.name, note));
            let anchor = closed.map_or(note.cell, |closed| closed.anchor(&note.sheet.name, note.cell));
            // Notes that meet in one cell are one: the other's text is on our own sheets.
            let free = refusal.is_none() && free(&note.sheet, note.cell);
            free && noted.insert(CellAt::new(note.sheet.clone(), anchor))
        });
    }

    /// What a person must know of it: one finding for each sheet and reason, at the first cell.
    fn findings(&self) -> Vec<Finding> {
        let mut groups: BTreeMap<(&SheetId, String), Vec<&CellAt>> = BTreeMap::new();
        for (at, reason) in &self.cells {
            groups.entry((&at.sheet, reason.to_string())).or_default().push(at);
        }
        let elsewhere = "得分和说明写在附加的工作表中。";
        let cells = groups.into_iter().filter_map(|((_, reason), cells)| {
            let first = *cells.first()?;
            let which = match cells.len() {
                1 => format!("{} ", first.cell),
                count => format!("{} 等 {count} 个单元格", first.cell),
            };
            let message = format!("{which}未能写入（{reason}），{elsewhere}");
            Some(Finding::new(FindingId::CellNotEditable, Some(first.clone()), message))
        });
        let sheets = self.sheets.iter().map(|(sheet, reason)| {
            let at = CellRef::new(0, 0).map(|corner| CellAt::new(sheet.clone(), corner));
            let message = format!("工作表“{sheet}”未能写入（{reason}），{elsewhere}");
            Finding::new(FindingId::CellNotEditable, at, message)
        });
        cells.chain(sheets).collect()
    }
}

/// Writes each workbook to its place in `outs` and says which were written, and how.
pub(super) fn write<W: Read + Write + Seek>(
    opened: &mut [Opened<'_>],
    outcomes: &mut [CaseOutcome],
    run: Run<'_>,
    keys: &Keys,
    outs: &mut [W],
) -> Result<Vec<Option<Written>>> {
    let mut ledgers = Vec::new();
    for outcome in outcomes.iter() {
        ledgers.push(match opened.get_mut(outcome.host) {
            Some(host) => ledger_cells(outcome, host)?,
            None => LedgerCells::default(),
        });
    }
    let mut packages = opened.iter_mut().map(Packaged::open).collect::<Result<Vec<_>>>()?;
    let left: Vec<_> = packages.iter().map(|file| (file.name.as_ref(), file.earlier)).collect();
    let cases =
        outcomes.iter().map(|outcome| (&outcome.case.project, outcome.host, outcome.files.as_slice()));
    let earlier = files::earlier(&left, cases);
    let nothing = Earlier::default();
    let mut edits = Vec::new();
    for (outcome, ledger_cells) in outcomes.iter_mut().zip(&ledgers) {
        let earlier = earlier.get(&outcome.host).unwrap_or(&nothing);
        let of_case = of_case(&mut packages, outcome, (ledger_cells, earlier), run)?;
        edits.extend(of_case.map(|edits| (outcome.host, edits)));
    }
    let mut returns = Vec::new();
    for ((number, file), out) in packages.iter_mut().enumerate().zip(outs.iter_mut()) {
        let own: Vec<Edits> =
            edits.iter().map(|(host, edits)| edits.of_file(file.name.as_deref(), *host == number)).collect();
        let of_file = outcomes.iter().filter(|outcome| outcome.files.contains(&number));
        let projects: Vec<Project> = of_file.map(|outcome| outcome.case.project.clone()).collect();
        let about = file.about(run.version, projects);
        returns.push(file.write(own, about, keys, out)?);
    }
    drop(packages);
    let mut written = Vec::new();
    for ((file, out), returned) in opened.iter_mut().zip(outs).zip(returns) {
        if let (Bytes::Workbook(reader), None) = (&mut file.bytes, &returned) {
            rewind(reader)?;
            std::io::copy(reader, out).map_err(unwritable)?;
        }
        let is_workbook = matches!(file.bytes, Bytes::Workbook(_));
        written.push(is_workbook.then_some(Written { ending: file.ending, returned }));
    }
    Ok(written)
}

fn unwritable(cause: std::io::Error) -> Error {
    Error::output("结果文件无法写入。", "请检查磁盘空间和写入权限，然后重试。").because(cause)
}

/// What formulas over the case's ledgers give, where those stand in the file with the scored form.
fn ledger_cells(outcome: &CaseOutcome, host: &mut Opened<'_>) -> Result<LedgerCells> {
    let mut cells = LedgerCells::default();
    let Some(totals) = &outcome.reconciliation.ledger else { return Ok(cells) };
    if !matches!(host.bytes, Bytes::Workbook(_)) {
        return Ok(cells);
    }
    for (number, locator) in outcome.case.ledgers.iter().enumerate() {
        if host.own(&locator.sheet).is_some() {
            cells.add(number, locator, &totals.excluded, &mut host.rows())?;
        }
    }
    Ok(cells)
}

/// A file as it is edited.
struct Packaged<'p> {
    /// What the run calls it; `None` where it is the run's only file.
    name: Option<Arc<str>>,
    earlier: &'p Earlier,
    /// SHA-256 of its bytes.
    source: &'p str,
    /// The names of its sheets, and of those added to it.
    taken: BTreeSet<String>,
    /// How many cases have added their sheets to it.
    hosted: usize,
    /// `None` for a table in plain text.
    package: Option<XlsxPackage<&'p mut dyn Stream>>,
}

impl<'p> Packaged<'p> {
    fn open(file: &'p mut Opened<'_>) -> Result<Self> {
        let package = match &mut file.bytes {
            Bytes::Workbook(reader) => {
                let reader: &mut dyn Stream = &mut **reader;
                rewind(reader)?;
                Some(XlsxPackage::open(reader)?)
            }
            Bytes::Csv(_) => None,
        };
        let sheets = package.iter().flat_map(XlsxPackage::sheets);
        let taken = sheets.map(|sheet| present::folded(&sheet.name)).collect();
        let (name, source) = (file.name.clone(), file.id.sha256.as_str());
        Ok(Self { name, earlier: &file.earlier, source, taken, hosted: 0, package })
    }

    /// What its record is about.
    fn about(&self, version: &str, projects: Vec<Project>) -> About {
        let before = self.earlier.source.as_ref().filter(|source| source.is_believed());
        let parent = before.map(|source| source.id.clone()).unwrap_or_default();
        About { version: version.to_owned(), source: self.source.to_owned(), parent, projects }
    }

    /// Writes it with its part of every case's edits; `None` where there is nothing to change.
    fn write<W: Read + Write + Seek>(
        &mut self,
        cases: Vec<Edits>,
        about: About,
        keys: &Keys,
        out: &mut W,
    ) -> Result<Option<Return>> {
        let Some(package) = &mut self.package else { return Ok(None) };
        if cases.iter().all(Edits::is_empty) && *self.earlier == Earlier::default() {
            return Ok(None);
        }
        // Where somebody else has a sheet of that name, the record takes another.
        let there = self.earlier.source.as_ref().map(|source| source.sheet.clone());
        let sheet = there.clone().unwrap_or_else(|| present::free(record::NAME, &self.taken));
        let formats = formats(package, &cases)?;
        let seal = Seal { sheet, about, formats, keys };
        let (mut all, added, id) = present::finish(cases, self.earlier, &seal);
        // Sheets of an earlier run are replaced where they stand, or go where nothing takes their place.
        let ours = self.earlier.sheets.values().cloned().chain(there);
        let there: BTreeSet<&str> = package.sheets().iter().map(|sheet| sheet.name.as_str()).collect();
        let (replace, gone): (Vec<String>, Vec<String>) = ours
            .filter(|name| there.contains(name.as_str()))
            .partition(|name| added.iter().any(|sheet| sheet.name == *name));
        all.remove_sheets = gone;
        all.graft = Some(Graft { replace, workbook: sheets::build_to_graft(&added)? });
        package.write(&all, out)?;
        Ok(Some(Return { id, about: seal.about }))
    }
}

/// The number formats of the cells that are written into.
fn formats<R: Read + Seek>(
    package: &mut XlsxPackage<R>,
    cases: &[Edits],
) -> Result<BTreeMap<CellAt, String>> {
    let edited: BTreeSet<CellAt> = cases
        .iter()
        .flat_map(|edits| &edits.package.cells)
        .map(|edit| CellAt::new(edit.sheet.clone(), edit.cell))
        .collect();
    let sheets: BTreeSet<&str> = edited.iter().map(|at| at.sheet.name.as_str()).collect();
    let looks = package.looks(sheets)?;
    let format = |at: &CellAt| Some((at.clone(), looks.get(&at.sheet.name)?.format(at.cell)?.to_owned()));
    Ok(edited.iter().filter_map(format).collect())
}

/// The edits of a case in all its files; `None` where it has neither a form that is scored nor one that states targets. What
/// the editor refuses is left out and added to the findings.
fn of_case(
    packages: &mut [Packaged<'_>],
    outcome: &mut CaseOutcome,
    (ledger_cells, earlier): (&LedgerCells, &Earlier),
    run: Run<'_>,
) -> Result<Option<Edits>> {
    let unscored = Scored::default();
    let scored = match &outcome.scored {
        Some(scored) => scored,
        None if outcome.case.is_declaration_alone() => &unscored,
        None => return Ok(None),
    };
    let Some(host) = packages.get_mut(outcome.host) else { return Ok(None) };
    let form = outcome.case.score_form.as_ref().and_then(|form| form.sheet.name_in(host.name.as_deref()));
    let geometry = match (form, &mut host.package) {
        // What cannot be measured cannot be edited either; the editor says why.
        (Some(sheet), Some(package)) => match package.geometry(sheet) {
            Err(error) if error.kind() == ErrorKind::Input => Geometry::default(),
            measured => measured?,
        },
        _ => Geometry::default(),
    };
    let names = Names::new(host.hosted, host.earlier, &mut host.taken);
    host.hosted = host.hosted.saturating_add(1);
    let file = host.name.clone();
    let edits = |findings: &[Finding], refused: &Refused| {
        let mut edits = present::edits(&View {
            case: &outcome.case,
            file: file.as_deref(),
            scored,
            reconciliation: &outcome.reconciliation,
            ledger_cells,
            findings,
            changes: &outcome.changes,
            answered: outcome.answered.as_ref(),
            replies: &outcome.replies,
            judgements: outcome.judgements.as_ref(),
            earlier,
            names: &names,
            run,
            geometry: &geometry,
            locked: refused,
        });
        refused.keep_to(&mut edits.package);
        edits
    };
    let mut planned = edits(&outcome.findings, &Refused::default());
    let refused = Refused::ask(packages, &planned.package, outcome)?;
    if refused.is_empty() {
        refused.keep_to(&mut planned.package);
        return Ok(Some(planned));
    }
    let findings = outcome.findings.iter().cloned().chain(refused.findings()).collect();
    let findings = check::in_order(&outcome.case, findings);
    let planned = edits(&findings, &refused);
    outcome.findings = findings;
    Ok(Some(planned))
}
