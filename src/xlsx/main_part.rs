//! Which part is the workbook: the package's relationships name it, and its content type says what it is. What other parts
//! or defaults declare says nothing of it.

use std::io::{Read, Seek};

use super::file_kind::FileKind;
use crate::base::Result;
use crate::package::Package;

/// The types a main part can have: workbook, template, add-in, with or without macros.
const XML_TYPES: [&str; 5] = [
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "application/vnd.ms-excel.template.macroEnabled.main+xml",
    "application/vnd.ms-excel.addin.macroEnabled.main+xml",
];
const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const BINARY_TYPE: &str = "application/vnd.ms-excel.sheet.binary.macroEnabled.main";

/// The workbook's part and which kind of workbook it is; `None` where the package is none.
pub(super) fn find<R: Read + Seek>(package: &mut Package<R>) -> Result<Option<(String, FileKind)>> {
    let Some(name) = package.main_part()? else { return Ok(None) };
    let kind = package.types().of(&name).and_then(|kind| match kind.trim() {
        kind if XML_TYPES.iter().any(|known| known.eq_ignore_ascii_case(kind)) => Some(FileKind::Xlsx),
        kind if WORD_TYPE.eq_ignore_ascii_case(kind) => Some(FileKind::Docx),
        kind if BINARY_TYPE.eq_ignore_ascii_case(kind) => Some(FileKind::Xlsb),
        _ => None,
    });
    Ok(kind.map(|kind| (name, kind)))
}
