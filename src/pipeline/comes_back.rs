//! Workbooks that come back. What a proved record says is ours is ours at once; what any other record claims is tried: the
//! submission is scored as if the claims held, and those are kept which that run would write just so (`docs/design.md`, "The signed record").

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use super::files::{self, Placed};
use super::opened::Opened;
use super::{CaseOutcome, HEAD_ROWS, Settings, Source, long_sheets, odd_sheets, write};
use crate::base::{CellAt, CellRef, Date, Error, Result};
use crate::mapping::Mappings;
use crate::model::{Case, Entry, Finding, FindingId, Project};
use crate::present;
use crate::returned::record::{self, MAX_ROWS};
use crate::returned::{Claims, Earlier, Kept, Keys, Record, Stance, Standing};
use crate::sheet::{OddSheet, Sheet, SheetInfo, Workbook, forget_placeholders, secrecy};

/// Runs in which claims are tried; those that still differ then do not count.
const TRIALS: usize = 6;

/// Finds the record among the sheets: the first that is proved, else the first.
pub(super) fn find_record<R: Read + Seek>(
    workbook: &mut Workbook<R>,
    keys: &Keys,
) -> Result<Option<(String, Record)>> {
    let named = |info: &&SheetInfo| present::folded(&info.name).starts_with(record::NAME);
    let mut found: Option<(String, Record)> = None;
    let infos: Vec<SheetInfo> = workbook.sheets().iter().filter(named).cloned().collect();
    for info in infos {
        // One that cannot be read is no record.
        let Ok(sheet) = workbook.read_or_why(&info, Some(MAX_ROWS.saturating_add(1)))? else { continue };
        let Some(record) = record::read(&sheet, keys) else { continue };
        let proved = record.standing == Standing::Proved;
        if proved || found.is_none() {
            found = Some((info.name, record));
        }
        if proved {
            break;
        }
    }
    Ok(found)
}

/// The agency's sheets as forms are read from them: hidden ones and our own are left out, and cells that still hold
/// what we wrote in an earlier run are blank again. With them, what that run left, and what is to be said of sheets and
/// cells that could not be read. With `heads`, the merged ranges of long sheets may be left for later.
pub(super) fn read_sheets<R: Read + Seek>(
    workbook: &mut Workbook<R>,
    names: &BTreeMap<String, CellAt>,
    (keys, stance): (&Keys, &Stance),
    heads: bool,
) -> Result<(Vec<Sheet>, Earlier, Vec<Finding>)> {
    let found = find_record(workbook, keys)?;
    let claimed = found.as_ref().map(|(_, record)| record.sheets(names)).unwrap_or_default();
    let mut odd: Vec<OddSheet> = workbook.odd().iter().filter(|odd| !odd.is_chart).cloned().collect();
    let mut sheets = Vec::new();
    for (number, info) in workbook.sheets().to_vec().into_iter().enumerate() {
        let is_record = found.as_ref().is_some_and(|(name, _)| *name == info.name);
        let rows = match (is_record, claimed.contains(&info.name), info.visible) {
            (true, ..) | (_, false, false) => None,
            // Sheets that may be ours are compared as a whole, whether a person hid them or not.
            (_, true, _) => Some(MAX_ROWS),
            (_, false, true) => Some(HEAD_ROWS),
        };
        // What an earlier run left is compared with whole sheets.
        let whole = found.is_some() || !heads;
        let read = rows.map(|rows| {
            if whole { workbook.read_or_why(&info, Some(rows)) } else { workbook.head_or_why(&info, rows) }
        });
        let read = read.transpose()?;
        match &read {
            Some(Ok(sheet)) => check_marks(workbook, Some(sheet), &info, number)?,
            Some(Err(_)) => check_marks(workbook, None, &info, number)?,
            None if !is_record => {
                let head = workbook.head(&info, secrecy::MAX_ROWS);
                check_marks(workbook, head.as_ref(), &info, number)?;
            }
            None => {}
        }
        sheets.push(read.and_then(|read| read.map_err(|why| odd.push(why)).ok()).unwrap_or_else(|| {
            // Nothing of it is taken.
            Sheet::new(info.name, false)
        }));
    }
    secrecy::check_workbook(workbook)?;
    let mut said = odd_sheets::of_sheets(&odd);
    let Some((name, record)) = found else {
        // A workbook of ours asks to be computed, too; its results are ours.
        if workbook.recalculates() {
            forget_placeholders(&mut sheets);
        }
        said.extend(odd_sheets::of_cells(&sheets));
        return Ok((sheets, Earlier::default(), said));
    };
    let mut earlier = Earlier::read(&record, &name, names, &sheets, stance);
    earlier.given = present::given(&earlier, &sheets);
    for info in workbook.sheets().to_vec() {
        let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.id.name == info.name) else { continue };
        if earlier.is_no_form(&info.name) || !info.visible {
            *sheet = Sheet::new(info.name, false);
        } else if claimed.contains(&info.name) {
            *sheet = workbook
                .read_or_why(&info, Some(HEAD_ROWS))?
                .unwrap_or_else(|_| Sheet::new(info.name, false));
        }
    }
    for at in &earlier.cells {
        if let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.id == at.sheet) {
            sheet.clear(at.cell);
        }
    }
    said.extend(odd_sheets::of_cells(&sheets));
    Ok((sheets, earlier, said))
}

/// Refuses a sheet with a secrecy mark; where not all of it could be read, its part as it stands is searched, too.
fn check_marks<R: Read + Seek>(
    workbook: &mut Workbook<R>,
    read: Option<&Sheet>,
    info: &SheetInfo,
    number: usize,
) -> Result<()> {
    read.map_or(Ok(()), |sheet| secrecy::check_sheet(sheet, number))?;
    if read.is_none_or(|sheet| !sheet.unread.is_empty()) {
        secrecy::check_unread(workbook, &info.name, number)?;
    }
    Ok(())
}

/// What is to be said of a workbook that came with a record.
pub(super) fn said(earlier: &Earlier) -> Vec<Finding> {
    let Some(source) = &earlier.source else { return Vec::new() };
    let mut findings = Vec::new();
    let why = match source.standing {
        Standing::Proved => None,
        Standing::Unsigned => Some("没有签名"),
        Standing::Unknown => Some("由未登记的密钥签名"),
        Standing::Broken => Some("与签名时不一致"),
    };
    if let Some(why) = why {
        let message = format!(
            "文件带有评分软件的返回记录，但记录{why}，只作线索：与本次应写入的内容完全相同的才视为本软件写入，其余一律作为填报内容保留。"
        );
        findings.push(Finding::new(FindingId::RecordNotProved, None, message));
    } else if source.of_another {
        let of: Vec<String> = source.about.projects.iter().map(called).collect();
        let message = format!("文件中的返回记录是“{}”的，与表中的项目名称、单位或年度不同。", of.join("”“"));
        findings.push(Finding::new(FindingId::RecordOfAnotherWorkbook, None, message));
    }
    for (key, kept) in &earlier.kept {
        let what = changed(kept)
            .map_or_else(|| "与本次应写入的内容不同".to_owned(), |cells| format!("{cells}有改动"));
        let title = key.part.title();
        findings.push(of_ours(kept, &format!("{what}，原样保留；本次的“{title}”写在新的工作表中。")));
    }
    // What was kept aside in an earlier run is said as long as it is there.
    let before = earlier.aside.values().filter(|kept| !earlier.kept.values().any(|new| new == *kept));
    findings.extend(before.map(|kept| {
        let what = changed(kept).map_or_else(
            || "是以前返回后原样保留下来的".to_owned(),
            |cells| format!("{cells}在以前返回后有改动，原样保留"),
        );
        of_ours(kept, &format!("{what}，没有采用；现行内容写在新的工作表中。"))
    }));
    findings
}

/// The cells of a sheet of ours that a person changed: `H30 等 2 个单元格`; `None` where they are not known.
fn changed(kept: &Kept) -> Option<String> {
    let first = kept.first?;
    Some(if kept.cells > 1 {
        format!("{first} 等 {} 个单元格", kept.cells)
    } else {
        format!("{first} ")
    })
}

fn of_ours(kept: &Kept, what: &str) -> Finding {
    let at = kept.first.or_else(|| CellRef::new(0, 0)).map(|cell| CellAt::new(kept.name.clone(), cell));
    Finding::new(FindingId::SheetOfOursChanged, at, format!("工作表“{}”{what}", kept.name))
}

fn called(project: &Project) -> String {
    let year = project.year.map(|year| format!("{year}年度"));
    let parts = [project.name.clone(), project.agency.clone(), year];
    parts.into_iter().flatten().collect::<Vec<_>>().join("，")
}

/// What is to be done before the cases of a run are scored.
pub(super) enum Next {
    /// Nothing.
    Score,
    /// The records in these files are of another workbook.
    Doubt(Vec<usize>),
    /// Claims are to be tried: the cells of each file that we would ever write into.
    Try(Vec<BTreeSet<CellAt>>),
}

/// Looks at the records of the files beside what the forms say.
pub(super) fn next(opened: &[Opened<'_>], placed: &[Placed], stances: &[Stance]) -> Next {
    let taken = |number: usize| stances.get(number).cloned().unwrap_or_default();
    let doubtful = opened.iter().enumerate().filter(|(number, file)| {
        let source = file.earlier.source.as_ref().filter(|source| source.is_believed());
        source.is_some_and(|source| is_of_another(*number, placed, &source.about.projects))
    });
    let doubtful: Vec<usize> = doubtful.map(|(number, _)| number).collect();
    if !doubtful.is_empty() {
        return Next::Doubt(doubtful);
    }
    let untried = |(number, file): (usize, &Opened<'_>)| {
        taken(number).accepted.is_none() && !file.earlier.claims.is_empty()
    };
    if !opened.iter().enumerate().any(untried) {
        return Next::Score;
    }
    Next::Try(opened.iter().map(|file| writable(file, placed)).collect())
}

/// Whether the projects in a file are others than those its record is about.
fn is_of_another(file: usize, placed: &[Placed], recorded: &[Project]) -> bool {
    let of_file = placed.iter().filter(|placed| placed.files.contains(&file));
    let mut scored = of_file.filter(|placed| placed.case.score_form.is_some());
    scored.any(|placed| !recorded.iter().any(|project| is_same(project, &placed.case.project)))
}

/// Whether two say the same: the project's name, and agency and year where both say them (a declaration that names them
/// may stand in a file that was not handed in again).
fn is_same(recorded: &Project, now: &Project) -> bool {
    let plain = |text: &Option<String>| {
        text.as_ref().map(|text| text.chars().filter(|c| !c.is_whitespace()).collect::<String>())
    };
    let agencies = plain(&recorded.agency).zip(plain(&now.agency));
    let years = recorded.year.zip(now.year);
    plain(&recorded.name) == plain(&now.name)
        && agencies.is_none_or(|(then, now)| then == now)
        && years.is_none_or(|(then, now)| then == now)
}

/// The cells of a file that a run may write into, as those of the workbook at hand.
fn writable(file: &Opened<'_>, placed: &[Placed]) -> BTreeSet<CellAt> {
    let cells = placed.iter().flat_map(|placed| write_cells(&placed.case));
    cells.filter_map(|at| Some(CellAt::new(file.own(&at.sheet)?, at.cell))).collect()
}

fn write_cells(case: &Case) -> Vec<CellAt> {
    let mut entries: Vec<Option<&Entry>> = Vec::new();
    if let Some(form) = &case.score_form {
        for i in &form.indicators {
            entries.extend([i.score.as_ref(), i.stated_score.as_ref(), i.reason.as_ref()]);
        }
        entries.extend(form.budget.iter().map(|row| row.score.as_ref()));
        let total = &form.total;
        entries.extend([total.score.as_ref(), total.stated_score.as_ref(), total.grade.as_ref()]);
    }
    if let Some(summary) = &case.summary {
        entries.extend(summary.rows.iter().map(|row| Some(&row.score)));
        let total = &summary.total;
        entries.extend([total.score.as_ref(), total.stated_score.as_ref(), total.grade.as_ref()]);
    }
    entries.into_iter().flatten().filter_map(|entry| entry.at.clone()).collect()
}

/// Tries the claims of all files: scores as if those held that are at cells we write into, keeps the ones that were
/// written just so, and tries again until nothing differs.
pub(super) fn tried<R: Read + Seek + Send>(
    sources: &mut [Source<R>],
    mappings: &Mappings,
    settings: &Settings,
    clock: Date,
    stances: &[Stance],
    writable: &[BTreeSet<CellAt>],
) -> Result<Vec<Stance>> {
    let opened = files::open(sources, settings, stances)?;
    let claims: Vec<Claims> = opened.iter().map(|file| file.earlier.claims.clone()).collect();
    drop(opened);
    let mut stances = stances.to_vec();
    for ((stance, claims), writable) in stances.iter_mut().zip(&claims).zip(writable) {
        if stance.accepted.is_none() {
            let cells = claims.cells.intersection(writable).cloned().collect();
            stance.accepted = Some(Claims { cells, sheets: claims.sheets.clone() });
        }
    }
    for _ in 0..TRIALS {
        let written = would_write(sources, mappings, settings, clock, &stances)?;
        let mut settled = true;
        let files = sources.iter_mut().zip(&mut stances).zip(&claims);
        for (((source, stance), claims), record) in files.zip(written) {
            let Some(accepted) = stance.accepted.as_ref().filter(|accepted| !accepted.is_empty()) else {
                continue;
            };
            let kept = match record {
                Some(record) => accepted.borne_out(&record, &sheets_of(source, accepted)?, &claims.sheets),
                None => Claims::default(),
            };
            settled = settled && kept == *accepted;
            stance.accepted = Some(kept);
        }
        if settled {
            return Ok(stances);
        }
    }
    for stance in &mut stances {
        stance.accepted = Some(Claims::default());
    }
    Ok(stances)
}

/// The sheets on which something is claimed.
fn sheets_of<R: Read + Seek>(source: &mut Source<R>, claims: &Claims) -> Result<Vec<Sheet>> {
    let named: BTreeSet<&String> =
        claims.cells.iter().map(|at| &at.sheet.name).chain(claims.sheets.values()).collect();
    files::rewind(&mut source.reader)?;
    let mut workbook = Workbook::open(&mut source.reader)?;
    let infos: Vec<SheetInfo> =
        workbook.sheets().iter().filter(|info| named.contains(&info.name)).cloned().collect();
    infos.iter().map(|info| workbook.read(info, Some(MAX_ROWS))).collect()
}

/// The record that a run would write into each file.
fn would_write<R: Read + Seek + Send>(
    sources: &mut [Source<R>],
    mappings: &Mappings,
    settings: &Settings,
    clock: Date,
    stances: &[Stance],
) -> Result<Vec<Option<Record>>> {
    let mut outs = drafts(sources.len())?;
    let mut opened = files::open(sources, settings, stances)?;
    let placed = long_sheets::cases(&mut opened, mappings)?;
    let mut cases: Vec<CaseOutcome> = super::score(placed, &mut opened, settings)?;
    let run = super::run_of(settings, clock);
    let written = write::write(&mut opened, &mut cases, run, &settings.keys, outs.as_mut_slice())?;
    drop(opened);
    let mut records = Vec::new();
    for (out, written) in outs.iter_mut().zip(written) {
        records.push(match written {
            Some(_) => {
                files::rewind(out)?;
                find_record(&mut Workbook::open(out)?, &settings.keys)?.map(|(_, record)| record)
            }
            None => None,
        });
    }
    Ok(records)
}

/// Files to write to and forget.
pub(super) fn drafts(count: usize) -> Result<Vec<std::fs::File>> {
    let drafts = (0..count).map(|_| tempfile::tempfile()).collect::<std::io::Result<Vec<_>>>();
    drafts.map_err(|cause| {
        Error::output("无法建立临时文件。", "请检查系统临时文件夹的空间和权限。").because(cause)
    })
}
