//! Is this a workbook that we returned, unaltered in what is ours? It is scored again, and the two are compared.

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::path::Path;

use super::files::{defined_cells, rewind};
use super::kinds::is_plain;
use super::{Settings, Source, run};
use crate::base::{CellAt, Date, Error, Result};
use crate::mapping::Mappings;
use crate::ooxml::{FileKind, Package, SheetKind, limits};
use crate::returned::{self, Returned, Verified};
use crate::sheet::Workbook;

/// Rows of a sheet that are compared; a sheet of ours is far shorter.
const MAX_ROWS: u32 = 100_000;

/// Verifies the files of a submission: for each what was found, `None` where it is no workbook that we returned.
pub fn verify<R: Read + Seek + Send>(
    sources: &mut [Source<R>],
    mappings: &Mappings,
    settings: Settings,
    clock: Date,
) -> Result<Vec<Option<Verified>>> {
    let mut returned = Vec::new();
    for source in sources.iter_mut() {
        let is_xlsx =
            !is_plain(Path::new(&source.name)) && limits::check(&mut source.reader)? == FileKind::Xlsx;
        let book = if is_xlsx { read(&mut source.reader)? } else { Returned::default() };
        rewind(&mut source.reader)?;
        returned.push(book);
    }
    if !returned.iter().any(Returned::is_returned) {
        return Ok(returned.iter().map(|_| None).collect());
    }
    let drafts = sources.iter().map(|_| tempfile::tempfile()).collect::<std::io::Result<Vec<_>>>();
    let mut outs = drafts.map_err(|cause| {
        Error::output("无法建立临时文件。", "请检查系统临时文件夹的空间和权限。").because(cause)
    })?;
    let outcome = run(sources, mappings, settings, clock, Some(outs.as_mut_slice()))?;
    let mut verified = Vec::new();
    for ((book, out), written) in returned.iter().zip(&mut outs).zip(&outcome.written) {
        let again = if written.is_some() { read(out)? } else { Returned::default() };
        verified.push(returned::verify(book, &again));
    }
    Ok(verified)
}

/// Reads all of a workbook that can be ours.
fn read<R: Read + Seek>(reader: &mut R) -> Result<Returned> {
    rewind(reader)?;
    let mut package = Package::open(&mut *reader)?;
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
    let mut workbook = Workbook::open(reader)?;
    let infos = workbook.sheets().to_vec();
    let infos = infos.iter().filter(|info| worksheets.contains(&info.name));
    let sheets = infos.map(|info| workbook.read(info, Some(MAX_ROWS))).collect::<Result<_>>()?;
    Ok(Returned { names, sheets, notes })
}
