//! Is this a workbook that we returned, unaltered in what is ours? It is scored again, and the two are compared.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};
use std::path::Path;

use super::comes_back::{drafts, find_record};
use super::files::{defined_cells, rewind};
use super::kinds::is_plain;
use super::{Outcome, Settings, Source, run_as};
use crate::base::{CellAt, Date, Result};
use crate::mapping::Mappings;
use crate::model::{Change, FindingId};
use crate::returned::verify::Again;
use crate::returned::{self, Keys, Returned, Stance, Verified};
use crate::sheet::{Sheet, Workbook, secrecy};
use crate::xlsx::{FileKind, SheetKind, XlsxPackage, file_kind};

/// Rows of a sheet that are compared; a sheet of ours is far shorter.
const MAX_ROWS: u32 = 100_000;

/// Verifies the files of a submission: for each what was found, `None` where it is no workbook that we returned.
pub fn verify<R: Read + Seek + Send>(
    sources: &mut [Source<R>],
    mappings: &Mappings,
    settings: &Settings,
    clock: Date,
) -> Result<Vec<Option<Verified>>> {
    let keys = &settings.keys;
    let mut returned = Vec::new();
    for source in sources.iter_mut() {
        let is_xlsx =
            !is_plain(Path::new(&source.name)) && file_kind::check(&mut source.reader)? == FileKind::Xlsx;
        let book = if is_xlsx { read(&mut source.reader, keys)? } else { Returned::default() };
        rewind(&mut source.reader)?;
        returned.push(book);
    }
    if !returned.iter().any(Returned::is_returned) {
        return Ok(returned.iter().map(|_| None).collect());
    }
    let mut outs = drafts(sources.len())?;
    let in_place = Stance { in_place: true, ..Stance::default() };
    let outcome = run_as(sources, mappings, settings, clock, Some(outs.as_mut_slice()), &in_place)?;
    let mut verified = Vec::new();
    for (number, ((workbook, out), written)) in
        returned.iter().zip(&mut outs).zip(&outcome.written).enumerate()
    {
        let again = if written.is_some() { read(out, keys)? } else { Returned::default() };
        let changes = changes(&outcome, number);
        let of_another = outcome.cases.iter().filter(|case| case.files.contains(&number));
        let mut findings = of_another.flat_map(|case| &case.findings);
        let of_another = findings.any(|finding| finding.id == FindingId::RecordOfAnotherWorkbook);
        let again = Again { workbook: &again, changes: &changes, of_another };
        verified.push(returned::verify(workbook, &again));
    }
    Ok(verified)
}

/// What a person changed in one of the files, as the workbook at hand.
fn changes(outcome: &Outcome, file: usize) -> Vec<Change> {
    let file = outcome.names.get(file).and_then(Option::as_deref);
    let all = outcome.cases.iter().flat_map(|case| &case.changes);
    let own = |change: &Change| {
        let sheet = change.at.sheet.name_in(file)?;
        Some(Change { at: CellAt::new(sheet, change.at.cell), ..change.clone() })
    };
    all.filter_map(own).collect()
}

/// Reads all of a workbook that can be ours.
fn read<R: Read + Seek>(reader: &mut R, keys: &Keys) -> Result<Returned> {
    rewind(reader)?;
    let mut package = XlsxPackage::open(&mut *reader)?;
    let names = defined_cells(&package);
    let worksheets = package.sheets().iter().filter(|sheet| sheet.kind == SheetKind::Worksheet);
    let worksheets: Vec<String> = worksheets.map(|sheet| sheet.name.clone()).collect();
    let mut notes: BTreeMap<CellAt, String> = BTreeMap::new();
    for sheet in &worksheets {
        let of_sheet = package.notes(sheet)?.into_iter();
        notes.extend(of_sheet.map(|note| (CellAt::new(sheet.clone(), note.cell), note.text)));
    }
    drop(package);
    rewind(reader)?;
    let mut workbook = Workbook::open(&mut *reader)?;
    let record = find_record(&mut workbook, keys)?;
    let infos = workbook.sheets().to_vec();
    let infos = infos.iter().filter(|info| worksheets.contains(&info.name));
    let sheets: Vec<Sheet> = infos.map(|info| workbook.read(info, Some(MAX_ROWS))).collect::<Result<_>>()?;
    for (number, sheet) in sheets.iter().enumerate() {
        secrecy::check_sheet(sheet, number)?;
    }
    secrecy::check_workbook(&mut workbook)?;
    drop(workbook);
    rewind(reader)?;
    // Where a program dropped the names, the sheets are called as they were.
    let lines = record.iter().flat_map(|(_, record)| &record.lines).map(|(_, line)| &line.at);
    let told: BTreeSet<&str> = lines.chain(names.values()).map(|at| at.sheet.name.as_str()).collect();
    let looks = XlsxPackage::open(reader)?.looks(told)?;
    Ok(Returned { record, names, sheets, looks, notes })
}
