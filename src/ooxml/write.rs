//! Writes a plan and checks what was written.

use std::collections::BTreeMap;
use std::io::{Read, Seek, Write};

use super::archive::{ArchiveWriter, EntryReader};
use super::package::{Package, Report};
use super::plan::Plan;
use super::verify::verify;
use super::xml::{Removed, apply};
use crate::base::Result;

/// Writes the package as planned.
pub(crate) fn write<R: Read + Seek, W: Read + Write + Seek>(
    package: &mut Package<R>,
    plan: &Plan,
    out: &mut W,
) -> Result<Report> {
    let mut report = plan.report.clone();
    let mut replaced: BTreeMap<usize, Removed> = BTreeMap::new();
    let mut writer = ArchiveWriter::new(out)?;
    let Package { reader, directory, .. } = package;
    for (at, entry) in directory.entries.iter().enumerate() {
        if plan.removed.contains(&at) {
            report.removed.push(entry.name.clone());
        } else if let Some(splices) = plan.splices.get(&at) {
            let mut source = EntryReader::new(reader, entry)?;
            let mut gone = Removed::new();
            writer.add(entry.raw_name(), |sink| {
                gone = apply(&mut source, splices, sink)?;
                Ok(())
            })?;
            replaced.insert(at, gone);
            report.changed.push(entry.name.clone());
        } else {
            writer.copy(reader, entry)?;
        }
    }
    for part in &plan.added {
        writer.add(part.name.as_bytes(), |sink| sink.write_all(&part.bytes))?;
        report.added.push(part.name.clone());
    }
    let comment = directory.comment.clone();
    writer.finish(&comment)?;
    verify(package, plan, &replaced, out)?;
    Ok(report)
}
