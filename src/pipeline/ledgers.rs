//! Ledgers alone: one file, or a form in one file and its ledger in others.

use std::io::{Read, Seek};

use super::{CaseOutcome, Settings, Source, defined_cells, identify, not_here, read_sheets, rewind};
use crate::base::{Error, Result};
use crate::form;
use crate::mapping::Mappings;
use crate::model::{Case, SourceId};
use crate::ooxml::{FileKind, limits};
use crate::reconcile;
use crate::sheet::{CsvSource, RowSource, Sheet, SheetStream, Workbook};

/// A file whose sheets have been looked at and whose ledgers can be streamed.
struct Opened<'s> {
    cases: Vec<Case>,
    rows: Box<dyn RowSource + 's>,
}

/// Reconciles files. A file that states amounts and has no ledger is held against the ledgers of the other files,
/// which then are one case with it; otherwise each file stands for itself.
pub fn reconcile<R: Read + Seek + Send>(
    sources: &mut [Source<R>],
    mappings: &Mappings,
    settings: Settings,
) -> Result<Vec<CaseOutcome>> {
    let mut opened =
        sources.iter_mut().map(|source| open(source, mappings, settings)).collect::<Result<Vec<_>>>()?;
    let forms: Vec<usize> = (0..opened.len()).filter(|at| lacks_ledger(opened.get(*at))).collect();
    if let ([form], true) = (forms.as_slice(), opened.len() > 1) {
        return Ok(vec![joined(&mut opened, *form)?]);
    }
    let mut outcomes = Vec::new();
    for file in &mut opened {
        for case in std::mem::take(&mut file.cases) {
            outcomes.push(outcome(case, &mut [file.rows.as_mut()])?);
        }
    }
    Ok(outcomes)
}

/// Whether the file is one project's form without a ledger.
fn lacks_ledger(file: Option<&Opened<'_>>) -> bool {
    let cases = file.map(|file| file.cases.as_slice()).unwrap_or_default();
    matches!(cases, [case] if case.ledgers.is_empty() && states_money(case))
}

fn states_money(case: &Case) -> bool {
    !case.amounts.is_empty() || case.score_form.as_ref().is_some_and(|form| !form.budget.is_empty())
}

/// The form's case with the ledgers of all other files.
fn joined(opened: &mut [Opened<'_>], form: usize) -> Result<CaseOutcome> {
    let mut case = None;
    let mut ledgers = Vec::new();
    for (number, file) in opened.iter_mut().enumerate() {
        for found in std::mem::take(&mut file.cases) {
            if number == form {
                case = Some(found);
                continue;
            }
            if states_money(&found) {
                return Err(Error::usage(
                    "多个文件都有填报表，无法判断明细账属于哪一个。",
                    "请一次只给一个填报表和它的明细账。",
                ));
            }
            ledgers.extend(found.ledgers.into_iter().map(|mut ledger| {
                ledger.source = number;
                ledger
            }));
        }
    }
    let mut case = case.ok_or_else(|| Error::internal("the form's case is gone"))?;
    case.ledgers = ledgers;
    let mut rows: Vec<&mut dyn RowSource> = Vec::new();
    for file in opened {
        rows.push(file.rows.as_mut());
    }
    outcome(case, &mut rows)
}

fn outcome(case: Case, rows: &mut [&mut dyn RowSource]) -> Result<CaseOutcome> {
    let reconciliation = reconcile::run(&case, rows, &reconcile::Settings::default())?;
    let findings = reconciliation.findings.clone();
    Ok(CaseOutcome { case, scored: None, reconciliation, findings })
}

fn open<'s, R: Read + Seek + Send>(
    source: &'s mut Source<R>,
    mappings: &Mappings,
    settings: Settings,
) -> Result<Opened<'s>> {
    let id = identify(source)?;
    let csv = source
        .name
        .rsplit_once('.')
        .filter(|(_, ending)| ["csv", "tsv", "txt"].iter().any(|known| ending.eq_ignore_ascii_case(known)));
    if let Some((name, _)) = csv {
        let mut rows = CsvSource::new(&mut source.reader, name)?;
        let sheets = [rows.head(super::HEAD_ROWS)?];
        return Ok(Opened { cases: cases(&sheets, mappings, &id)?, rows: Box::new(rows) });
    }
    let kind = limits::check(&mut source.reader)?;
    rewind(&mut source.reader)?;
    if kind == FileKind::Xlsx {
        return on_xlsx(&mut source.reader, mappings, &id);
    }
    let rebuild = settings.rebuild.ok_or_else(|| not_here(kind))?;
    let mut made = rebuild(&mut source.reader)?;
    limits::check(&mut made.workbook)?;
    on_xlsx(made.workbook, mappings, &id)
}

fn on_xlsx<'s, R: Read + Seek + Send + 's>(
    mut reader: R,
    mappings: &Mappings,
    id: &SourceId,
) -> Result<Opened<'s>> {
    rewind(&mut reader)?;
    let names = defined_cells(&mut reader)?;
    let mut workbook = Workbook::open(&mut reader)?;
    let (sheets, _) = read_sheets(&mut workbook, &names)?;
    drop(workbook);
    let cases = cases(&sheets, mappings, id)?;
    Ok(Opened { cases, rows: Box::new(SheetStream::new(reader)) })
}

fn cases(sheets: &[Sheet], mappings: &Mappings, id: &SourceId) -> Result<Vec<Case>> {
    form::read_case(sheets, mappings, id)
}
