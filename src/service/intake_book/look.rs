//! The register's page of all as it stands, for those who look at it without a spreadsheet program.

use std::fs::Metadata;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::FILE;
use super::columns::{Column, FIRST, HEADER};
use super::pages::ALL;
use crate::base::{Error, Result};
use crate::service::disk;
use crate::sheet::Workbook;
use crate::xlsx::{FileKind, file_kind};

/// Bytes of a register that is shown.
const MAX_BOOK: u64 = 32 * 1024 * 1024;
/// Rows that are read; a register has fewer.
const MAX_ROWS: u32 = 25_000;

/// The register of what came in (收件登记表).
#[derive(Debug)]
pub struct Book {
    /// When it was written.
    pub at: Option<SystemTime>,
    /// Its bytes.
    pub length: u64,
    path: PathBuf,
}

impl Book {
    /// The one in a folder of results, where there is one.
    pub fn in_folder(folder: &Path) -> Option<Self> {
        let path = folder.join(FILE);
        let found = path.symlink_metadata().ok().filter(Metadata::is_file)?;
        Some(Self { at: found.modified().ok(), length: found.len(), path })
    }

    /// What stands on its page of all.
    pub fn read(&self) -> Result<Shown> {
        let bytes = disk::read_small(&self.path, MAX_BOOK).map_err(|cause| {
            Error::input("收件登记表无法读取，或者太大。", "请在结果文件夹中用 Excel 或 WPS 打开。")
                .because(cause)
        })?;
        look(&bytes)
    }
}

/// What stands on the page of all.
#[derive(Debug, Default)]
pub struct Shown {
    /// The titles.
    pub titles: Vec<String>,
    /// The rows, each with as many texts.
    pub rows: Vec<Vec<String>>,
}

/// Reads it; an error where it is no register, or no workbook that can be read.
fn look(bytes: &[u8]) -> Result<Shown> {
    let none = || {
        Error::input(
            "收件登记表无法读取。",
            "请在结果文件夹中用 Excel 或 WPS 打开；已损坏的，移走后由程序重新生成。",
        )
    };
    let mut source = Cursor::new(bytes);
    if file_kind::check(&mut source)? != FileKind::Xlsx {
        return Err(none());
    }
    let mut workbook = Workbook::open(source)?;
    let info = workbook.sheets().iter().find(|info| info.name == ALL).cloned().ok_or_else(none)?;
    let sheet = workbook.read(&info, Some(MAX_ROWS))?;
    let text = |row: u32, col: u32| sheet.at(row, col).shown();
    let columns: Vec<u32> = (0..=sheet.last_col().unwrap_or_default())
        .filter(|col| {
            let title = text(HEADER, *col);
            !title.is_empty() && title != Column::Key.title()
        })
        .take(Column::ALL.len().saturating_mul(2))
        .collect();
    let of = |row: u32| columns.iter().map(|col| text(row, *col)).collect::<Vec<String>>();
    let rows = (FIRST..=sheet.last_row().unwrap_or_default()).map(of);
    let rows = rows.filter(|row| row.iter().any(|text| !text.is_empty())).collect();
    Ok(Shown { titles: of(HEADER), rows })
}
