//! The entrance: a workbook in, its cases scored and explained, the workbook out. Everything that scores calls this.

mod ledgers;

pub use ledgers::reconcile;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek, Write};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::base::{CellAt, Date, Error, Result};
use crate::check::{self, Facts};
use crate::form;
use crate::mapping::Mappings;
use crate::model::{Case, Finding, FindingId, Reconciliation, SourceId};
use crate::ooxml::{FileKind, Geometry, Graft, Package, Refusal, RefusalReason, limits};
use crate::output::{json::Report, report, sheets};
use crate::present::{self, Earlier, LedgerCells, Locked, Names, RECORD, Run, View};
use crate::reconcile;
use crate::score::{self, Scored};
use crate::sheet::{Sheet, SheetStream, Workbook};

/// Rows of a sheet that are read to recognise it; a form is shorter, a ledger is streamed later.
const HEAD_ROWS: u32 = 2_000;

/// Rows of a ledger whose totals are written as live formulas; a larger one gets values with their origin.
const LIVE_LEDGER_ROWS: u32 = 20_000;

/// A workbook to score.
#[derive(Debug)]
pub struct Source<R> {
    /// Its file name without a folder.
    pub name: String,
    /// Its bytes.
    pub reader: R,
}

/// A workbook of another format as an `.xlsx`.
#[derive(Debug)]
pub struct Rebuilt {
    /// The `.xlsx`.
    pub workbook: NamedTempFile,
    /// What could not be carried, in Chinese.
    pub lost: Vec<String>,
}

/// Makes an `.xlsx` of a workbook of another format, in a process of its own: reading such a file can cost more than
/// any limit in this one could hold (DESIGN §12).
pub type Rebuild = fn(&mut dyn Read) -> Result<Rebuilt>;

/// What a run may be told.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settings {
    /// Replace scores that a person typed by computed ones; the old value goes into the note.
    pub replace_scores: bool,
    /// How workbooks of other formats are read; without it they are refused.
    pub rebuild: Option<Rebuild>,
}

/// The results of one case.
#[derive(Debug)]
pub struct CaseOutcome {
    /// What the forms say.
    pub case: Case,
    /// What scoring gave; `None` where no form with indicators was found.
    pub scored: Option<Scored>,
    /// What reconciling gave.
    pub reconciliation: Reconciliation,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl CaseOutcome {
    /// The case as the JSON object.
    pub fn report(&self, output: Option<String>) -> Report {
        report::report(&self.case, self.scored.as_ref(), &self.reconciliation, &self.findings, output)
    }
}

/// Scores a workbook; with `out`, writes it back there, annotated.
pub fn run<R, W>(
    source: &mut Source<R>,
    mappings: &Mappings,
    settings: Settings,
    clock: Date,
    out: Option<&mut W>,
) -> Result<Vec<CaseOutcome>>
where
    R: Read + Seek + Send,
    W: Read + Write + Seek,
{
    let id = identify(source)?;
    let kind = limits::check(&mut source.reader)?;
    rewind(&mut source.reader)?;
    if kind == FileKind::Xlsx {
        return on_xlsx(&mut source.reader, &Origin { id, rebuilt: None }, mappings, settings, clock, out);
    }
    let rebuild = settings.rebuild.ok_or_else(|| not_here(kind))?;
    let Rebuilt { mut workbook, lost } = rebuild(&mut source.reader)?;
    // What comes from the other process is as foreign as what went in.
    limits::check(&mut workbook)?;
    let origin = Origin { id, rebuilt: Some(rebuilt_finding(kind, &lost)) };
    on_xlsx(&mut workbook, &origin, mappings, settings, clock, out)
}

/// Where an `.xlsx` comes from.
struct Origin {
    id: SourceId,
    /// Set where it was made of another format.
    rebuilt: Option<Finding>,
}

fn on_xlsx<R, W>(
    reader: &mut R,
    origin: &Origin,
    mappings: &Mappings,
    settings: Settings,
    clock: Date,
    out: Option<&mut W>,
) -> Result<Vec<CaseOutcome>>
where
    R: Read + Seek + Send,
    W: Read + Write + Seek,
{
    rewind(reader)?;
    let names = defined_cells(reader)?;
    let mut workbook = Workbook::open(&mut *reader)?;
    let (sheets, earlier) = read_sheets(&mut workbook, &names)?;
    let cases = form::read_case(&sheets, mappings, &origin.id)?;
    let ledgers: Vec<LedgerCells> =
        cases.iter().map(|case| ledger_cells(case, &mut workbook)).collect::<Result<_>>()?;
    drop(workbook);
    let mut outcomes = Vec::new();
    for (number, mut case) in cases.into_iter().enumerate() {
        case.ticks = earlier.ticks(number);
        case.findings.extend(origin.rebuilt.clone());
        outcomes.push(one(case, &mut SheetStream::new(&mut *reader))?);
    }
    if let Some(out) = out {
        let run =
            Run { version: env!("JIXIAO_VERSION"), date: clock, replace_scores: settings.replace_scores };
        write(reader, &outcomes, &ledgers, &earlier, run, out)?;
    }
    Ok(outcomes)
}

/// Scores, reconciles and checks one case.
fn one<R: Read + Seek + Send>(case: Case, rows: &mut SheetStream<R>) -> Result<CaseOutcome> {
    let scored = score::run(&case)?;
    let reconciliation = reconcile::run(&case, &mut [rows], &reconcile::Settings::default())?;
    let scorecard = scored.as_ref().map(|scored| &scored.card);
    let findings = check::run(&Facts { case: &case, scorecard, reconciliation: &reconciliation });
    Ok(CaseOutcome { case, scored, reconciliation, findings })
}

/// The cells of a case's ledger, where there is one and it is small.
fn ledger_cells<R: Read + Seek>(case: &Case, workbook: &mut Workbook<R>) -> Result<LedgerCells> {
    let [locator] = case.ledgers.as_slice() else { return Ok(LedgerCells::default()) };
    let Some(info) = workbook.sheets().iter().find(|info| info.name == locator.sheet).cloned() else {
        return Ok(LedgerCells::default());
    };
    let sheet = workbook.read(&info, Some(LIVE_LEDGER_ROWS))?;
    Ok(LedgerCells { sheet: (!sheet.truncated).then_some(sheet) })
}

fn suffix(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Xls => ".xls",
        FileKind::Xlsb => ".xlsb",
        FileKind::Ods => ".ods",
        FileKind::Xlsx => ".xlsx",
    }
}

fn not_here(kind: FileKind) -> Error {
    Error::input(
        format!("这是 {} 格式的工作簿，此处只能处理 .xlsx 格式。", suffix(kind)),
        "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后重新提交。",
    )
}

fn rebuilt_finding(kind: FileKind, lost: &[String]) -> Finding {
    let kind = suffix(kind);
    let also = if lost.is_empty() { String::new() } else { format!("，以及{}", lost.join("、")) };
    let message = format!(
        "原文件是 {kind} 格式，结果按读出的内容重建为 .xlsx。未能带入：字体、颜色、行高等外观和打印设置{also}。"
    );
    Finding::new(FindingId::RebuiltFromOtherFormat, None, message)
}

fn broken_stream(cause: std::io::Error) -> Error {
    Error::input("文件无法读取。", "请检查文件是否仍在原处、磁盘或网络是否正常，然后重试。").because(cause)
}

fn rewind(reader: &mut impl Seek) -> Result<()> {
    reader.rewind().map_err(broken_stream)
}

/// The name and SHA-256 of a source.
fn identify<R: Read + Seek>(source: &mut Source<R>) -> Result<SourceId> {
    rewind(&mut source.reader)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let read = source.reader.read(&mut buffer).map_err(broken_stream)?;
        match buffer.get(..read) {
            Some([]) | None => break,
            Some(bytes) => hasher.update(bytes),
        }
    }
    rewind(&mut source.reader)?;
    let mut sha256 = String::new();
    for byte in hasher.finalize() {
        sha256.push_str(&format!("{byte:02x}"));
    }
    Ok(SourceId { file: source.name.clone(), sha256 })
}

/// The defined names of a workbook that refer to one cell.
fn defined_cells<R: Read + Seek>(reader: &mut R) -> Result<BTreeMap<String, CellAt>> {
    let package = Package::open(&mut *reader)?;
    let names = package.defined_names().iter().filter_map(|name| {
        let at = name.refers_to.parse().ok()?;
        Some((name.name.clone(), at))
    });
    let names = names.collect();
    drop(package);
    rewind(reader)?;
    Ok(names)
}

/// The agency's sheets as forms are read from them: hidden ones and our own are left out, and cells that still hold
/// what we wrote in an earlier run are blank again. With them, what that run left.
fn read_sheets<R: Read + Seek>(
    workbook: &mut Workbook<R>,
    names: &BTreeMap<String, CellAt>,
) -> Result<(Vec<Sheet>, Earlier)> {
    let mut sheets = Vec::new();
    let mut record = None;
    for info in workbook.sheets().to_vec() {
        if info.name == RECORD {
            record = Some(workbook.read(&info, None)?);
        } else if info.visible {
            sheets.push(workbook.read(&info, Some(HEAD_ROWS))?);
        } else {
            sheets.push(Sheet::new(info.name, false));
        }
    }
    let Some(record) = record else { return Ok((sheets, Earlier::default())) };
    let earlier = Earlier::read(&record, names, &sheets);
    for at in &earlier.cells {
        if let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.name == at.sheet) {
            sheet.clear(at.cell);
        }
    }
    for sheet in &mut sheets {
        if earlier.sheets.values().any(|ours| *ours == sheet.name) {
            *sheet = Sheet::new(sheet.name.clone(), false);
        }
    }
    Ok((sheets, earlier))
}

/// Cells that the editor refused.
#[derive(Debug, Default)]
struct Refused(BTreeSet<CellAt>);

impl Locked for Refused {
    fn is_locked(&self, at: &CellAt) -> bool {
        self.0.contains(at)
    }
}

fn write<R, W>(
    reader: &mut R,
    outcomes: &[CaseOutcome],
    ledgers: &[LedgerCells],
    earlier: &Earlier,
    run: Run,
    out: &mut W,
) -> Result<()>
where
    R: Read + Seek,
    W: Read + Write + Seek,
{
    rewind(reader)?;
    let mut package = Package::open(reader)?;
    let mut taken: BTreeSet<String> =
        package.sheets().iter().map(|sheet| present::folded(&sheet.name)).collect();
    let mut cases = Vec::new();
    for (number, (outcome, ledger_cells)) in outcomes.iter().zip(ledgers).enumerate() {
        let Some(scored) = &outcome.scored else { continue };
        let mut refused = Refused::default();
        // What cannot be edited is known only by asking; what is written then depends on the answer.
        let form = outcome.case.score_form.as_ref();
        let geometry = form.map(|form| package.geometry(&form.sheet)).transpose()?.unwrap_or_default();
        let names = Names::new(number, earlier, &mut taken);
        let known = Known { scored, ledger_cells, earlier, names: &names, geometry: &geometry, run };
        let mut edits = present::edits(&view(outcome, known, &refused));
        let answers = package.check(&edits.package)?;
        let (notes, cells): (Vec<_>, Vec<_>) = answers.into_iter().partition(is_about_a_note);
        refused.0.extend(cells.into_iter().filter_map(place));
        if !refused.0.is_empty() {
            edits = present::edits(&view(outcome, known, &refused));
        }
        let unwanted: BTreeSet<CellAt> = notes.into_iter().filter_map(place).collect();
        edits.package.notes.retain(|note| !unwanted.contains(&CellAt::new(note.sheet.clone(), note.cell)));
        cases.push(edits);
    }
    let (mut all, added) = present::finish(cases, earlier);
    // Sheets of an earlier run are replaced where they stand, or go where nothing takes their place.
    let ours = earlier.sheets.values().cloned().chain([RECORD.to_owned()]);
    let there: BTreeSet<&str> = package.sheets().iter().map(|sheet| sheet.name.as_str()).collect();
    let (replace, gone): (Vec<String>, Vec<String>) = ours
        .filter(|name| there.contains(name.as_str()))
        .partition(|name| added.iter().any(|sheet| sheet.name == *name));
    all.remove_sheets = gone;
    all.graft = Some(Graft { replace, workbook: sheets::build(&added)? });
    package.write(&all, out)?;
    Ok(())
}

/// What a view knows beside its case.
#[derive(Clone, Copy)]
struct Known<'a> {
    scored: &'a Scored,
    ledger_cells: &'a LedgerCells,
    earlier: &'a Earlier,
    names: &'a Names,
    geometry: &'a Geometry,
    run: Run<'a>,
}

fn view<'a>(outcome: &'a CaseOutcome, known: Known<'a>, locked: &'a Refused) -> View<'a> {
    View {
        case: &outcome.case,
        scored: known.scored,
        reconciliation: &outcome.reconciliation,
        ledger_cells: known.ledger_cells,
        findings: &outcome.findings,
        earlier: known.earlier,
        names: known.names,
        run: known.run,
        geometry: known.geometry,
        locked,
    }
}

fn place(refusal: Refusal) -> Option<CellAt> {
    Some(CellAt::new(refusal.sheet?, refusal.cell?))
}

/// A refused note leaves its cell alone; its text is on our own sheets.
fn is_about_a_note(refusal: &Refusal) -> bool {
    matches!(refusal.reason, RefusalReason::PersonsNote | RefusalReason::ThreadedComment)
}
