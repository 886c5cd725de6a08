//! Writes a package with its changes and checks what was written.

use std::collections::BTreeMap;
use std::io::{Read, Seek, Write};

use super::archive::{ArchiveWriter, EntryReader};
use super::contents::Package;
use super::edit::Changes;
use super::verify::{Reread, verify};
use super::xml::{Removed, apply};
use crate::base::Result;

/// The parts that a write touched, each list in package order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written {
    pub(crate) changed: Vec<String>,
    pub(crate) added: Vec<String>,
    pub(crate) removed: Vec<String>,
}

/// Writes the package with the changes made. `reread` sees every changed part once more as it stands in the result.
pub(crate) fn write<R: Read + Seek, W: Read + Write + Seek>(
    package: &mut Package<R>,
    changes: &Changes,
    out: &mut W,
    reread: &mut Reread,
) -> Result<Written> {
    let mut written = Written::default();
    let mut replaced: BTreeMap<usize, Removed> = BTreeMap::new();
    let mut writer = ArchiveWriter::new(out)?;
    let Package { reader, directory, .. } = package;
    for (at, entry) in directory.entries.iter().enumerate() {
        if changes.removed.contains(&at) {
            written.removed.push(entry.name.clone());
        } else if let Some(splices) = changes.splices.get(&at) {
            let mut source = EntryReader::new(reader, entry)?;
            let mut gone = Removed::new();
            writer.add(entry.raw_name(), |sink| {
                gone = apply(&mut source, splices, sink)?;
                Ok(())
            })?;
            replaced.insert(at, gone);
            written.changed.push(entry.name.clone());
        } else {
            writer.copy(reader, entry)?;
        }
    }
    for part in &changes.added {
        writer.add(part.name.as_bytes(), |sink| sink.write_all(&part.bytes))?;
        written.added.push(part.name.clone());
    }
    writer.finish(&directory.comment)?;
    verify(package, changes, &replaced, out, reread)?;
    Ok(written)
}
