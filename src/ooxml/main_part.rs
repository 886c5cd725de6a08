//! Which part is the workbook: the package's relationships name it, and its content type says what it is. What other parts
//! or defaults declare says nothing of it.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::archive::{Directory, EntryReader, part_key};
use super::content_types::{self, ContentTypes};
use super::limits::FileKind;
use super::parts::{rels_of, resolve};
use super::rels::Rels;
use crate::base::limits::MAX_PART_BYTES;
use crate::base::{Error, Result};

/// The types a main part can have: workbook, template, add-in, with or without macros.
const XML_TYPES: [&str; 5] = [
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "application/vnd.ms-excel.template.macroEnabled.main+xml",
    "application/vnd.ms-excel.addin.macroEnabled.main+xml",
];
const BINARY_TYPE: &str = "application/vnd.ms-excel.sheet.binary.macroEnabled.main";

/// The entries of a package by the key of their part.
pub(super) type Index = BTreeMap<String, usize>;

/// The main part.
#[derive(Debug)]
pub(super) struct MainPart {
    pub(super) name: String,
    pub(super) kind: FileKind,
    pub(super) types: ContentTypes,
}

/// Entries by the key of their part.
pub(super) fn index(directory: &Directory) -> Index {
    let parts = directory.entries.iter().enumerate().filter(|(_, entry)| !entry.is_folder());
    parts.map(|(at, entry)| (part_key(&entry.name), at)).collect()
}

/// The bytes of a part; `None` where there is none.
pub(super) fn read(
    reader: &mut (impl Read + Seek),
    (directory, index): (&Directory, &Index),
    name: &str,
) -> Result<Option<Vec<u8>>> {
    let entry = index.get(&part_key(name)).and_then(|at| directory.entries.get(*at));
    entry.map(|entry| EntryReader::new(reader, entry)?.read_all(MAX_PART_BYTES)).transpose()
}

/// Finds it; `None` where the package is no workbook.
pub(super) fn find(
    reader: &mut (impl Read + Seek),
    package: (&Directory, &Index),
) -> Result<Option<MainPart>> {
    let Some(types) = read(reader, package, content_types::NAME)? else { return Ok(None) };
    let types = ContentTypes::read(types).map_err(|error| within(content_types::NAME, error))?;
    let rels = rels_of("");
    let root = Rels::read(read(reader, package, &rels)?).map_err(|error| within(&rels, error))?;
    let mut targets = root.of_kind("officeDocument").map(|rel| resolve("", &rel.target));
    let Some(name) = targets.find(|part| package.1.contains_key(&part_key(part))) else { return Ok(None) };
    let kind = types.of(&name).and_then(|kind| match kind.trim() {
        kind if XML_TYPES.iter().any(|known| known.eq_ignore_ascii_case(kind)) => Some(FileKind::Xlsx),
        kind if BINARY_TYPE.eq_ignore_ascii_case(kind) => Some(FileKind::Xlsb),
        _ => None,
    });
    Ok(kind.map(|kind| MainPart { name, kind, types }))
}

/// Says which part an error is about.
pub(super) fn within(part: &str, error: Error) -> Error {
    error.of_part(&super::fault::printable(part))
}
