//! Writes the workbooks of a run back: what each case has to say, into the file where it belongs.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek, Write};

use super::files::rewind;
use super::opened::{Bytes, Opened, Stream};
use super::{CaseOutcome, Written};
use crate::base::{CellAt, CellRef, Error, ErrorKind, Result, in_book, own_sheet};
use crate::check;
use crate::model::Project;
use crate::model::{Finding, FindingId};
use crate::output::sheets;
use crate::present::{self, Edits, LedgerCells, Locked, Names, Run, Seal, View};
use crate::returned::{About, Earlier, Keys, Return, record};
use crate::xlsx::{Geometry, Graft, NoteEdit, PackageEdits, Refusal, RefusalReason, XlsxPackage};

/// What the editor refused.
#[derive(Debug, Default)]
struct Refused {
    /// Cells, each with the reason.
    cells: BTreeMap<CellAt, RefusalReason>,
    /// Whole sheets.
    sheets: BTreeMap<String, RefusalReason>,
    /// Cells whose note alone was refused: their text is on our own sheets.
    notes: BTreeSet<CellAt>,
    /// Sheets whose notes alone were refused.
    noteless: BTreeSet<String>,
}

impl Locked for Refused {
    fn is_locked(&self, at: &CellAt) -> bool {
        self.cells.contains_key(at) || self.sheets.contains_key(&at.sheet)
    }
}

impl Refused {
    /// Takes the editor's answers in; whether there was one that was not known.
    fn learn(&mut self, answers: Vec<Refusal>) -> bool {
        let counts =
            |known: &Self| [known.cells.len(), known.sheets.len(), known.notes.len(), known.noteless.len()];
        let before = counts(self);
        for Refusal { sheet, cell, reason } in answers {
            match (sheet, cell) {
                (Some(sheet), Some(cell)) if reason.is_about_notes() => {
                    self.notes.insert(CellAt::new(sheet, cell));
                }
                (Some(sheet), None) if reason.is_about_notes() => {
                    self.noteless.insert(sheet);
                }
                (Some(sheet), Some(cell)) => {
                    self.cells.insert(CellAt::new(sheet, cell), reason);
                }
                (Some(sheet), None) => {
                    self.sheets.insert(sheet, reason);
                }
                // What is about the whole workbook stops the writing, which says so.
                (None, _) => {}
            }
        }
        before != counts(self)
    }

    /// The edits that are left.
    fn keep_to(&self, edits: &mut PackageEdits) {
        let free = |sheet: &str, cell: CellRef| !self.is_locked(&CellAt::new(sheet.to_owned(), cell));
        edits.cells.retain(|edit| free(&edit.sheet, edit.cell));
        edits.validations.retain(|edit| free(&edit.sheet, edit.cell));
        let noted = |note: &NoteEdit| {
            self.noteless.contains(&note.sheet)
                || self.notes.contains(&CellAt::new(note.sheet.clone(), note.cell))
        };
        edits.notes.retain(|note| free(&note.sheet, note.cell) && !noted(note));
    }

    /// What a person must know of it: one finding for each sheet and reason, at the first cell.
    fn findings(&self) -> Vec<Finding> {
        let mut groups: BTreeMap<(&str, String), Vec<&CellAt>> = BTreeMap::new();
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
    files: &mut [Opened<'_>],
    outcomes: &mut [CaseOutcome],
    run: Run<'_>,
    keys: &Keys,
    outs: &mut [W],
) -> Result<Vec<Option<Written>>> {
    let mut ledgers = Vec::new();
    for outcome in outcomes.iter() {
        ledgers.push(match files.get_mut(outcome.host) {
            Some(host) => ledger_cells(outcome, host)?,
            None => LedgerCells::default(),
        });
    }
    let mut packages = files.iter_mut().map(Packaged::open).collect::<Result<Vec<_>>>()?;
    let earlier = earlier(&packages, outcomes);
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
            edits.iter().map(|(host, edits)| edits.of_file(file.book, *host == number)).collect();
        let of_file = outcomes.iter().filter(|outcome| outcome.files.contains(&number));
        let projects: Vec<Project> = of_file.map(|outcome| outcome.case.project.clone()).collect();
        let about = file.about(run.version, projects);
        returns.push(file.write(own, about, keys, out)?);
    }
    drop(packages);
    let mut written = Vec::new();
    for ((file, out), returned) in files.iter_mut().zip(outs).zip(returns) {
        if let (Bytes::Workbook(reader), None) = (&mut file.bytes, &returned) {
            rewind(reader)?;
            std::io::copy(reader, out).map_err(unwritable)?;
        }
        let is_workbook = matches!(file.bytes, Bytes::Workbook(_));
        written.push(is_workbook.then_some(Written { ending: file.ending, returned }));
    }
    Ok(written)
}

/// What earlier runs left, for each file that hosts a case.
fn earlier(packages: &[Packaged<'_>], outcomes: &[CaseOutcome]) -> BTreeMap<usize, Earlier> {
    let left: Vec<(Option<&str>, &Earlier)> = packages.iter().map(|file| (file.book, file.earlier)).collect();
    let hosts: BTreeSet<usize> = outcomes.iter().map(|outcome| outcome.host).collect();
    let across = |host: usize| Some((host, Earlier::across(packages.get(host)?.earlier, &left)));
    hosts.into_iter().filter_map(across).collect()
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
    book: Option<&'p str>,
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
        let (book, source) = (file.book.as_deref(), file.id.sha256.as_str());
        Ok(Self { book, earlier: &file.earlier, source, taken, hosted: 0, package })
    }

    /// What a sheet of the run is called in this file.
    fn own<'n>(&self, sheet: &'n str) -> Option<&'n str> {
        own_sheet(self.book, sheet)
    }

    /// Which of the edits the editor refuses, by the sheets' names in the run.
    fn refusals(&mut self, edits: &Edits) -> Result<Vec<Refusal>> {
        let own = edits.of_file(self.book, false).package;
        let Some(package) = self.package.as_mut().filter(|_| !is_empty(&own)) else { return Ok(Vec::new()) };
        let place = |refusal: Refusal| {
            let sheet = refusal.sheet.map(|sheet| match self.book {
                Some(book) => in_book(book, &sheet),
                None => sheet,
            });
            Refusal { sheet, ..refusal }
        };
        Ok(package.check(&own)?.into_iter().map(place).collect())
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
        all.graft = Some(Graft { replace, workbook: sheets::build(&added)? });
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
    let sheets: BTreeSet<&str> = edited.iter().map(|at| at.sheet.as_str()).collect();
    let looks = package.looks(sheets)?;
    let format = |at: &CellAt| Some((at.clone(), looks.get(&at.sheet)?.format(at.cell)?.to_owned()));
    Ok(edited.iter().filter_map(format).collect())
}

fn is_empty(edits: &PackageEdits) -> bool {
    edits.cells.is_empty() && edits.notes.is_empty() && edits.validations.is_empty()
}

/// Rounds in which the editor is asked what it refuses: what is written depends on the answer, and may be refused anew.
const ROUNDS: usize = 4;

/// The edits of a case in all its files; `None` where nothing was scored. What the editor refuses is left out and added to
/// the findings.
fn of_case(
    packages: &mut [Packaged<'_>],
    outcome: &mut CaseOutcome,
    (ledger_cells, earlier): (&LedgerCells, &Earlier),
    run: Run<'_>,
) -> Result<Option<Edits>> {
    let Some(scored) = &outcome.scored else { return Ok(None) };
    let Some(host) = packages.get_mut(outcome.host) else { return Ok(None) };
    let form = outcome.case.score_form.as_ref().and_then(|form| host.own(&form.sheet));
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
    let book = host.book;
    let edits = |findings: &[Finding], refused: &Refused| {
        let mut edits = present::edits(&View {
            case: &outcome.case,
            book,
            scored,
            reconciliation: &outcome.reconciliation,
            ledger_cells,
            findings,
            changes: &outcome.changes,
            earlier,
            names: &names,
            run,
            geometry: &geometry,
            locked: refused,
        });
        refused.keep_to(&mut edits.package);
        edits
    };
    let mut refused = Refused::default();
    let mut findings = outcome.findings.clone();
    let mut planned = edits(&findings, &refused);
    for _ in 0..ROUNDS {
        let mut answers = Vec::new();
        for file in packages.iter_mut() {
            answers.extend(file.refusals(&planned)?);
        }
        if !refused.learn(answers) {
            break;
        }
        findings = outcome.findings.iter().cloned().chain(refused.findings()).collect();
        findings = check::in_order(&outcome.case, findings);
        planned = edits(&findings, &refused);
    }
    outcome.findings = findings;
    Ok(Some(planned))
}
