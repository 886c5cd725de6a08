//! The roll's file: named by the operator, or 项目清单.xlsx where it is looked for.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use crate::base::limits::MAX_FILE_BYTES;
use crate::base::{Error, Result, readable_name};
use crate::intake::roster::{self, FILE, Roster};
use crate::mapping::Mappings;
use crate::pipeline::{Rebuilt, kinds};
use crate::service::rebuild;
use crate::sheet::{CsvSource, Sheet, Workbook, secrecy};
use crate::xlsx::{FileKind, file_kind};

/// Rows of a roll; a county has some thousand projects.
const MAX_ROWS: u32 = 50_000;

/// Where the roll is, if it is anywhere: as told, else in the first of these folders that has one.
pub(in crate::service) fn find(told: Option<&Path>, folders: &[&Path]) -> Option<PathBuf> {
    let there = || folders.iter().map(|folder| folder.join(FILE)).find(|path| path.is_file());
    told.map(Path::to_owned).or_else(there)
}

/// Reads it.
pub(in crate::service) fn read(path: &Path, mappings: &Mappings) -> Result<Roster> {
    let name = readable_name(path.file_name().unwrap_or_default());
    secrecy::check_name(&name)?;
    let sheets = sheets(path, &name).map_err(|error| error.of_file(&name))?;
    for (number, sheet) in sheets.iter().enumerate() {
        secrecy::check_sheet(sheet, number)?;
    }
    if sheets.iter().any(|sheet| sheet.truncated) {
        return Err(Error::input(
            format!("项目清单“{name}”超过 {MAX_ROWS} 行，没有读取。"),
            "请只保留本年度应报的项目。",
        ));
    }
    roster::read(&sheets, mappings).map_err(|error| error.of_file(&name))
}

fn sheets(path: &Path, name: &str) -> Result<Vec<Sheet>> {
    let mut file = File::open(path).map_err(|cause| {
        Error::input("文件无法打开。", "请检查路径是否正确、文件是否被其他程序占用。").because(cause)
    })?;
    if file.metadata().is_ok_and(|about| about.len() > MAX_FILE_BYTES) {
        return Err(Error::input("文件过大。", "请只保留项目清单。"));
    }
    if kinds::is_plain(Path::new(name)) {
        return Ok(vec![CsvSource::new(file, name)?.head(MAX_ROWS)?]);
    }
    if file_kind::check(&mut file)? == FileKind::Xlsx {
        return of_workbook(file);
    }
    let Rebuilt { mut workbook, .. } = rebuild::by_this_program().run(&mut file)?;
    file_kind::check(&mut workbook)?;
    of_workbook(workbook)
}

fn of_workbook(reader: impl Read + Seek) -> Result<Vec<Sheet>> {
    let mut workbook = Workbook::open(reader)?;
    let sheets = workbook.sheets().to_vec();
    sheets.iter().map(|info| workbook.read(info, Some(MAX_ROWS))).collect()
}
