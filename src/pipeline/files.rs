//! The files of a run, opened: what they hold for recognising, and their bytes for streaming and for writing back.
//!
//! Where a run has several files, each sheet is known by its file and its name (`[账.xlsx]明细账`), so that two files with
//! sheets of the same name never meet, and every finding says which file it is about.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};
use std::path::Path;
use std::sync::Arc;

use super::kinds::is_plain;
use super::opened::{Bytes, Opened, Stream, place_within};
use super::other_sheets::OtherSheets;
use super::{HEAD_ROWS, Rebuilt, Settings, Source, comes_back, long_sheets, odd_sheets};
use crate::base::{CellAt, Error, ErrorCode, Result, SheetId, sha256};
use crate::form::{self, NearSheet};
use crate::mapping::{Answered, Mappings};
use crate::model::{Case, Finding, FindingId, LedgerTotals, LocatedForm, Project, SourceId};
use crate::returned::{Earlier, Keys, Stance};
use crate::sheet::{CsvSource, Sheet, Workbook, secrecy};
use crate::xlsx::{FileKind, XlsxPackage, file_kind};

/// Opens all files of a run, with how the record in each is taken. One that cannot be read ends it: half of a case is no
/// verdict.
pub(super) fn open<'s, R: Read + Seek + Send>(
    sources: &'s mut [Source<R>],
    settings: &Settings,
    stances: &[Stance],
) -> Result<Vec<Opened<'s>>> {
    let plain = Stance::default();
    let stances = stances.iter().chain(std::iter::repeat(&plain));
    let several = sources.len() > 1;
    let opened = sources.iter_mut().zip(stances).map(|(source, stance)| {
        let name = source.name.clone();
        let file = open_one(source, settings, stance);
        if several { file.map_err(|error| error.of_file(&name)) } else { file }
    });
    let mut files = Vec::new();
    for file in opened {
        match file {
            Ok(file) => files.push(file),
            // A mark of secrecy in a file before it comes first, wherever it stands.
            Err(error) => return long_sheets::read_to_end(&mut files).and(Err(error)),
        }
    }
    Ok(together(files))
}

/// Names the sheets of files that were opened one by one, as those of a run.
pub(super) fn together(files: Vec<Opened<'_>>) -> Vec<Opened<'_>> {
    let names = names(files.iter().map(|file| file.id.file.as_str()));
    let placed = files.into_iter().zip(names).map(|(file, name)| match name {
        Some(name) => within(file, name.into()),
        None => file,
    });
    placed.collect()
}

/// What the run calls each file: its name, without what could be taken for the end of it, each once.
fn names<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> Vec<Option<String>> {
    if names.len() < 2 {
        return names.map(|_| None).collect();
    }
    let mut taken = BTreeSet::new();
    let mut unique = |name: &str| {
        let plain = name.replace('[', "(").replace(']', ")");
        let numbered = (2_u32..).map(|number| format!("{plain}({number})"));
        let free = std::iter::once(plain.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
        free.unwrap_or(plain)
    };
    names.map(|name| Some(unique(name))).collect()
}

fn within(mut file: Opened<'_>, name: Arc<str>) -> Opened<'_> {
    place_within(&mut file.sheets, &mut file.findings, &name);
    Opened { name: Some(name), ..file }
}

fn open_one<'s, R: Read + Seek + Send>(
    source: &'s mut Source<R>,
    settings: &Settings,
    stance: &Stance,
) -> Result<Opened<'s>> {
    secrecy::check_name(&source.name)?;
    let id = identify(source)?;
    if is_plain(Path::new(&source.name)) {
        let name = source.name.rsplit_once('.').map_or(source.name.as_str(), |(name, _)| name);
        let reader: Box<dyn Stream + 's> = Box::new(&mut source.reader);
        let mut csv = CsvSource::new(reader, name)?;
        let sheet = csv.head(HEAD_ROWS)?;
        secrecy::check_sheet(&sheet, 0)?;
        let sheets = vec![sheet];
        let (name, earlier, findings, ending) = (None, Earlier::default(), Vec::new(), "");
        let (shared, tails, bytes) = (None, BTreeMap::new(), Bytes::Csv(csv));
        return Ok(Opened {
            id,
            name,
            sheets,
            earlier,
            findings,
            of_sheets: 0,
            ending,
            bytes,
            shared,
            learned: false,
            tails,
        });
    }
    let taken = (&settings.keys, stance);
    let kind = file_kind::check(&mut source.reader)?;
    rewind(&mut source.reader)?;
    if kind == FileKind::Xlsx {
        return on_xlsx(Box::new(&mut source.reader), id, None, taken);
    }
    let rebuild = settings.rebuild.as_ref().ok_or_else(|| not_here(kind))?;
    let Rebuilt { mut workbook, lost } = rebuild.run(&mut source.reader)?;
    // What comes from the other process is as foreign as what went in.
    file_kind::check(&mut workbook)?;
    on_xlsx(Box::new(workbook), id, Some(rebuilt_finding(kind, &lost)), taken)
}

fn on_xlsx<'s>(
    mut reader: Box<dyn Stream + 's>,
    id: SourceId,
    rebuilt: Option<Finding>,
    (keys, stance): (&Keys, &Stance),
) -> Result<Opened<'s>> {
    rewind(&mut reader)?;
    let mut package = XlsxPackage::open(&mut reader)?;
    let names = defined_cells(&package);
    let ending = if package.has_macros() { "xlsm" } else { "xlsx" };
    let signed = package.is_signed()?.then(signed_finding);
    drop(package);
    rewind(&mut reader)?;
    let mut workbook = Workbook::open(&mut reader)?;
    let mut read = |heads| comes_back::read_sheets(&mut workbook, &names, (keys, stance), heads);
    let (sheets, earlier, odd) = read(true).or_else(|_| read(false))?;
    let shared = Some(workbook.shared());
    drop(workbook);
    let of_sheets = odd.len();
    let findings = rebuilt.into_iter().chain(signed).chain(odd).chain(comes_back::said(&earlier)).collect();
    let (name, tails, bytes) = (None, BTreeMap::new(), Bytes::Workbook(reader));
    Ok(Opened {
        id,
        name,
        sheets,
        earlier,
        findings,
        of_sheets,
        ending,
        bytes,
        shared,
        learned: false,
        tails,
    })
}

/// What earlier runs left in all files, for each that hosts a case: `cases` are the project, the host and the files of each.
pub(super) fn earlier<'c>(
    left: &[(Option<&Arc<str>>, &Earlier)],
    cases: impl Iterator<Item = (&'c Project, usize, &'c [usize])>,
) -> BTreeMap<usize, Earlier> {
    let cases: Vec<_> = cases.collect();
    let hosts: BTreeSet<usize> = cases.iter().map(|(_, host, _)| *host).collect();
    let across = |host: &usize| Some((*host, Earlier::across(left.get(*host)?.1, left)));
    let mut all: BTreeMap<usize, Earlier> = hosts.iter().filter_map(across).collect();
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for (project, host, files) in cases {
        let number = numbers.entry(host).or_default();
        let guests = files.iter().filter(|file| !hosts.contains(file)).filter_map(|file| left.get(*file));
        if let Some(earlier) = all.get_mut(&host) {
            guests.for_each(|(_, guest)| earlier.take_in(*number, project, guest));
        }
        *number = number.saturating_add(1);
    }
    all
}

/// A case and where it stands among the files.
pub(super) struct Placed {
    pub(super) case: Case,
    /// The file with the scored form, or where there is none, with the first form.
    pub(super) host: usize,
    /// All files that take part.
    pub(super) files: Vec<usize>,
    /// What its ledgers add up to, where they have been read.
    pub(super) totals: Option<LedgerTotals>,
}

/// The cases of the files, as their sheets are now.
pub(super) fn recognise(files: &mut [Opened<'_>], mappings: &Mappings) -> Result<Vec<Placed>> {
    let taken: Vec<Vec<Sheet>> = files.iter_mut().map(|file| std::mem::take(&mut file.sheets)).collect();
    let counts: Vec<usize> = taken.iter().map(Vec::len).collect();
    let sheets = taken.into_iter().flatten().collect::<Vec<_>>();
    let cases = recognised(files, &sheets, mappings);
    let mut sheets = sheets.into_iter();
    for (file, count) in files.iter_mut().zip(counts) {
        file.sheets = sheets.by_ref().take(count).collect();
    }
    cases
}

fn recognised(files: &mut [Opened<'_>], sheets: &[Sheet], mappings: &Mappings) -> Result<Vec<Placed>> {
    // What a person answered in a returned workbook holds for it.
    let answers: Vec<Answered> = files.iter().flat_map(|file| file.earlier.given.answers.clone()).collect();
    let told = (!answers.is_empty()).then(|| mappings.answered(&answers));
    let mappings = told.as_ref().unwrap_or(mappings);
    let odd = || odd_sheets::besides(files.iter().flat_map(|file| &file.findings));
    let read = form::read(sheets, mappings, &SourceId::default());
    let (mut cases, near) = read.map_err(|error| error.besides(&odd()))?;
    odd_sheets::refuse_half(&cases, &odd())?;
    odd_sheets::keep_to_forms(files.iter_mut().flat_map(|file| &mut file.findings), &cases);
    tell(files, &mut cases, &near);
    let several = cases.len() > 1;
    let strangers = strangers(files, &cases, sheets, mappings);
    let is_ours = |sheet: &SheetId| {
        let file = file_of(files, sheet).and_then(|file| files.get(file));
        file.is_some_and(|file| file.own(sheet).is_some_and(|own| file.earlier.is_no_form(own)))
    };
    let mut beside = OtherSheets::new(sheets, &cases, is_ours);
    let place = |mut case: Case| {
        let scored = case.score_form.as_ref().and_then(|form| file_of(files, &form.sheet));
        let first = || case.forms.first().and_then(|form| file_of(files, &form.sheet));
        let host = scored.or_else(first).unwrap_or(0);
        let with_form =
            |number: &usize| case.forms.iter().any(|form| file_of(files, &form.sheet) == Some(*number));
        // What is in no form, a single case takes along (sentences that state figures).
        let files_of_it: Vec<usize> = (0..files.len()).filter(|n| !several || with_form(n)).collect();
        for ledger in &mut case.ledgers {
            ledger.source = file_of(files, &ledger.sheet).unwrap_or(0);
        }
        for form in &mut case.forms {
            count_ours(files, form);
        }
        let opened = |number: &usize| files.get(*number);
        case.source = opened(&host).map(|file| file.id.clone()).unwrap_or_default();
        if files.len() > 1 {
            case.files = files_of_it.iter().filter_map(opened).map(|file| file.id.clone()).collect();
        }
        case.findings.extend(files_of_it.iter().filter_map(opened).flat_map(|file| file.findings.clone()));
        case.findings.extend(strangers.iter().cloned());
        beside.tell(&mut case, &files_of_it, |sheet| file_of(files, sheet));
        Placed { case, host, files: files_of_it, totals: None }
    };
    Ok(cases.into_iter().map(place).collect())
}

/// Adds the cells of a form that are ours, from an earlier run, to its account: they were blank when it was read.
fn count_ours(files: &[Opened<'_>], form: &mut LocatedForm) {
    let file = file_of(files, &form.sheet).and_then(|number| files.get(number));
    let Some((file, own)) = file.and_then(|file| Some((file, file.own(&form.sheet)?))) else { return };
    let account = &mut form.account;
    if account.cells == 0 {
        return;
    }
    let (first, last) = account.rows;
    let within = |at: &&CellAt| at.sheet.name == own && (first..=last).contains(&at.cell.row());
    let ours = file.earlier.cells.iter().filter(within).count();
    account.ours = account.ours.saturating_add(ours);
    account.cells = account.cells.saturating_add(ours);
}

/// Tells the cases of sheets that are all but a form: those with a form in the same file, else all. Of a file in which
/// nothing was recognised at all something is said as a whole.
fn tell(files: &[Opened<'_>], cases: &mut [Case], near: &[NearSheet]) {
    for sheet in near {
        let file = file_of(files, &sheet.sheet);
        let within = |case: &Case| case.forms.iter().any(|form| file_of(files, &form.sheet) == file);
        let known = cases.iter().any(within);
        for case in cases.iter_mut() {
            if !known {
                sheet.keep_open(case);
            } else if within(case) {
                sheet.tell(case);
            }
        }
    }
}

/// What a person answered on 处理说明 of a returned workbook, each with the mapping that read the form whose title it is.
pub(super) fn answers(files: &mut [Opened<'_>], mappings: &Mappings) -> Result<Vec<Answered>> {
    let answers: Vec<Answered> = files.iter().flat_map(|file| file.earlier.given.answers.clone()).collect();
    if answers.is_empty() {
        return Ok(answers);
    }
    let cases = long_sheets::cases(files, mappings)?;
    let forms: Vec<_> = cases.iter().flat_map(|placed| &placed.case.forms).collect();
    let named = answers.iter().flat_map(|answer| {
        let asked =
            forms.iter().filter(|form| form.account.columns.iter().any(|have| have.title == answer.title));
        let mut mappings: Vec<&String> = asked.map(|form| &form.mapping).collect();
        mappings.dedup();
        mappings.into_iter().map(|mapping| Answered { mapping: Some(mapping.clone()), ..answer.clone() })
    });
    Ok(named.collect())
}

/// The file that a sheet of the run stands in.
pub(super) fn file_of(files: &[Opened<'_>], sheet: &SheetId) -> Option<usize> {
    files.iter().position(|file| file.own(sheet).is_some())
}

/// A finding for each of several files in which nothing was recognised: what it may hold is missing in the verdict.
fn strangers(files: &[Opened<'_>], cases: &[Case], sheets: &[Sheet], mappings: &Mappings) -> Vec<Finding> {
    if files.len() < 2 {
        return Vec::new();
    }
    let known = |number: usize| {
        cases.iter().flat_map(|case| &case.forms).any(|form| file_of(files, &form.sheet) == Some(number))
    };
    let strange = files.iter().enumerate().filter(|(number, _)| !known(*number));
    strange
        .filter_map(|(_, file)| {
            let own: Vec<Sheet> =
                sheets.iter().filter(|sheet| file.own(&sheet.id).is_some()).cloned().collect();
            let looks = form::look(&own, mappings);
            // One whose project is not known has its own finding.
            if looks.iter().any(|look| !look.forms.is_empty()) {
                return None;
            }
            let near: String =
                looks.iter().flat_map(|look| &look.misses).take(1).map(form::Miss::sentence).collect();
            let message = format!("文件“{}”中没有认出任何表格，没有采用。{near}", file.id.file);
            Some(Finding::new(FindingId::FileNotRecognised, None, message))
        })
        .collect()
}

fn suffix(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Xls => ".xls",
        FileKind::Xlsb => ".xlsb",
        FileKind::Ods => ".ods",
        FileKind::Docx => ".docx",
        FileKind::Xlsx => ".xlsx",
    }
}

fn not_here(kind: FileKind) -> Error {
    Error::input(
        format!("这是 {} 格式的工作簿，此处只能处理 .xlsx 格式。", suffix(kind)),
        "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后重新提交。",
    )
    .coded(ErrorCode::InputNeedsWorker)
}

fn signed_finding() -> Finding {
    let message = "文件带有数字签名。写入评分结果会使签名失效，返回的文件中已去掉签名。";
    Finding::new(FindingId::SignatureRemoved, None, message)
}

fn rebuilt_finding(kind: FileKind, lost: &[String]) -> Finding {
    let kind = suffix(kind);
    let lost = if lost.is_empty() {
        "没有发现不能带入的内容".to_owned()
    } else {
        format!("未能带入：{}", lost.join("、"))
    };
    let message = format!("原文件是 {kind} 格式，结果按读出的内容和外观重建为 .xlsx。{lost}。");
    Finding::new(FindingId::RebuiltFromOtherFormat, None, message)
}

fn broken_stream(cause: std::io::Error) -> Error {
    Error::input("文件无法读取。", "请检查文件是否仍在原处、磁盘或网络是否正常，然后重试。").because(cause)
}

pub(super) fn rewind(reader: &mut (impl Seek + ?Sized)) -> Result<()> {
    reader.rewind().map_err(broken_stream)
}

/// The name and SHA-256 of a source.
fn identify<R: Read + Seek>(source: &mut Source<R>) -> Result<SourceId> {
    rewind(&mut source.reader)?;
    let sha256 = sha256(&mut source.reader).map_err(broken_stream)?;
    rewind(&mut source.reader)?;
    Ok(SourceId { file: source.name.clone(), sha256 })
}

/// The defined names of a workbook that refer to one cell.
pub(super) fn defined_cells<R: Read + Seek>(package: &XlsxPackage<R>) -> BTreeMap<String, CellAt> {
    let names = package.defined_names().iter();
    names.filter_map(|name| Some((name.name.clone(), name.refers_to.parse().ok()?))).collect()
}
