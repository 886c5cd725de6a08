//! Links in a workbook of our own making, written just as they are given.

use std::io::Cursor;

use crate::base::Result;
use crate::package::archive::{ArchiveWriter, Directory, EntryReader};

/// Stands behind a link while the workbook is built: the library that builds it escapes a link again unless it knows a code
/// in it, and it knows few.
pub const ESCAPED: &str = "%20_jixiao_";
/// Parts with the links of a sheet.
const LINKS: &str = "xl/worksheets/_rels/";
/// Bytes of such a part; there are as many links as Excel allows.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Takes [`ESCAPED`] out again.
pub fn unescape(workbook: &[u8]) -> Result<Vec<u8>> {
    let mut source = Cursor::new(workbook);
    let mut out = Cursor::new(Vec::new());
    let directory = Directory::read(&mut source)?;
    let mut writer = ArchiveWriter::new(&mut out)?;
    for entry in &directory.entries {
        if entry.name.starts_with(LINKS) {
            let bytes = EntryReader::new(&mut source, entry)?.read_all(MAX_BYTES)?;
            let text = String::from_utf8_lossy(&bytes).replace(ESCAPED, "");
            writer.add(entry.raw_name(), |sink| sink.write_all(text.as_bytes()))?;
        } else {
            writer.copy(&mut source, entry)?;
        }
    }
    writer.finish(&directory.comment)?;
    Ok(out.into_inner())
}
