//! One entry of a zip file that is no OpenXML package (`.ods`), read under the same limits.

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
