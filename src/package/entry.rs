//! Entries of a zip file that is no OpenXML package in parts of XML (`.ods`, `.xlsb`), read under the same limits.

use std::io::{Read, Seek};

use super::archive::{Directory, EntryReader, part_key};
use crate::base::Result;

/// Hands the uncompressed bytes of the named entry to `read`; `None` where there is no such entry.
pub fn read_entry<T>(
    reader: &mut (impl Read + Seek),
    name: &str,
    read: impl FnOnce(&mut dyn Read) -> Result<T>,
) -> Result<Option<T>> {
    let directory = Directory::read(reader)?;
    let Some(entry) = directory.entries.iter().find(|entry| part_key(&entry.name) == name) else {
        return Ok(None);
    };
    read(&mut EntryReader::new(reader, entry)?).map(Some)
}

/// Hands the uncompressed bytes of each entry whose name, in lower case, is wanted to `read`.
pub fn read_entries(
    reader: &mut (impl Read + Seek),
    is_wanted: impl Fn(&str) -> bool,
    read: &mut dyn FnMut(&mut dyn Read) -> Result<()>,
) -> Result<()> {
    let directory = Directory::read(reader)?;
    for entry in directory.entries.iter().filter(|entry| is_wanted(&part_key(&entry.name))) {
        read(&mut EntryReader::new(reader, entry)?)?;
    }
    Ok(())
}
