//! A package: what is in it, read without changing anything.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::archive::{Directory, EntryReader, part_key};
use super::content_types::{self, ContentTypes};
use super::fault::{excessive, printable, reading};
use super::parts::{rels_of, resolve, source_of};
use super::rels::{Relationship, Rels};
use super::transcode::AsUtf8;
use crate::base::limits::MAX_PART_BYTES;
use crate::base::{Error, Result};

/// A relationship within the package.
#[derive(Debug)]
pub(crate) struct Link {
    /// The key of the part that has it.
    pub(crate) rels: String,
    /// What it is, by the last word of its type.
    pub(crate) kind: String,
    /// The key of the part that it leads to, whether that is there or not.
    pub(crate) target: String,
}

/// A package whose directory and content types are read.
#[derive(Debug)]
pub(crate) struct Package<R> {
    pub(super) reader: R,
    pub(super) directory: Directory,
    /// Entries by the key of their part.
    index: BTreeMap<String, usize>,
    types: ContentTypes,
    links: Option<Vec<Link>>,
}

impl<R: Read + Seek> Package<R> {
    /// Opens a package; `None` where the zip file is none, for it declares no content types.
    pub(crate) fn open(mut reader: R) -> Result<Option<Self>> {
        let directory = Directory::read(&mut reader)?;
        let parts = directory.entries.iter().enumerate().filter(|(_, entry)| !entry.is_folder());
        let index: BTreeMap<String, usize> = parts.map(|(at, entry)| (part_key(&entry.name), at)).collect();
        let types = index.get(&part_key(content_types::NAME)).and_then(|at| directory.entries.get(*at));
        let Some(entry) = types else { return Ok(None) };
        let bytes = EntryReader::new(&mut reader, entry)?.read_all(MAX_PART_BYTES)?;
        let types = ContentTypes::read(bytes).map_err(|error| within(content_types::NAME, error))?;
        Ok(Some(Self { reader, directory, index, types, links: None }))
    }

    /// The part that the package is about: which one it is only its relationships say, never its name.
    pub(crate) fn main_part(&mut self) -> Result<Option<String>> {
        let name = rels_of("");
        let root = Rels::read(self.read_part(&name)?).map_err(|error| within(&name, error))?;
        let mut targets = root.of_kind("officeDocument").map(|rel| resolve("", &rel.target));
        Ok(targets.find(|part| self.find(part).is_some()))
    }

    /// The content types of its parts.
    pub(crate) fn types(&self) -> &ContentTypes {
        &self.types
    }

    /// The names of its entries, in their order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.directory.entries.iter().map(|entry| entry.name.as_str())
    }

    /// The name of an entry.
    pub(crate) fn name(&self, at: usize) -> Option<&str> {
        self.directory.entries.get(at).map(|entry| entry.name.as_str())
    }

    /// Whether the package is digitally signed.
    pub(crate) fn is_signed(&mut self) -> Result<bool> {
        Ok(self.rels("")?.list().iter().any(is_signature))
    }

    /// The entry of a part.
    pub(crate) fn find(&self, part: &str) -> Option<usize> {
        self.index.get(&part_key(part)).copied()
    }

    /// The uncompressed bytes of a part, e.g. `xl/workbook.xml`; `None` when there is no such part.
    pub(crate) fn read_part(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let part = self.open_part(name)?;
        part.map(|part| part.read_all(MAX_PART_BYTES)).transpose()
    }

    /// How many bytes a part claims to have uncompressed.
    pub(crate) fn part_size(&self, name: &str) -> Option<usize> {
        let entry = self.find(name).and_then(|at| self.directory.entries.get(at))?;
        usize::try_from(entry.size).ok()
    }

    /// The uncompressed bytes of a part as a stream, for parts too large to hold.
    pub(crate) fn open_part(&mut self, name: &str) -> Result<Option<EntryReader<'_, R>>> {
        let Some(entry) = self.find(name).and_then(|at| self.directory.entries.get(at)) else {
            return Ok(None);
        };
        EntryReader::new(&mut self.reader, entry).map(Some)
    }

    /// The same for a part that is only read, which may be in UTF-16.
    pub(crate) fn open_text(&mut self, name: &str) -> Result<Option<AsUtf8<EntryReader<'_, R>>>> {
        Ok(self.open_part(name)?.map(AsUtf8::new))
    }

    /// The bytes of such a part.
    pub(crate) fn read_text(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let size = self.part_size(name).and_then(|size| u64::try_from(size).ok()).unwrap_or(0);
        if size > MAX_PART_BYTES {
            return Err(within(name, excessive(format_args!("{size} 字节"))));
        }
        let Some(mut part) = self.open_text(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(reading)?;
        Ok(Some(bytes))
    }

    /// The relationships of a part.
    pub(crate) fn rels(&mut self, part: &str) -> Result<Rels> {
        Rels::read(self.read_part(&rels_of(part))?)
    }

    /// Every relationship within the package.
    pub(crate) fn links(&mut self) -> &[Link] {
        if self.links.is_none() {
            let names: Vec<String> = self.names().map(part_key).collect();
            let mut links = Vec::new();
            for name in names {
                let Some(source) = source_of(&name) else { continue };
                // Relationships that cannot be read lead nowhere.
                let Ok(rels) = self.rels(&source) else { continue };
                let inside = rels.list().iter().filter(|rel| !rel.external);
                links.extend(inside.map(|rel| Link {
                    rels: name.clone(),
                    kind: rel.kind.clone(),
                    target: part_key(&resolve(&source, &rel.target)),
                }));
            }
            self.links = Some(links);
        }
        self.links.as_deref().unwrap_or_default()
    }
}

/// Whether a relationship of the package leads to its signatures.
pub(crate) fn is_signature(rel: &Relationship) -> bool {
    rel.full_kind.contains("/digital-signature/")
}

/// Says which part an error is about.
pub(crate) fn within(part: &str, error: Error) -> Error {
    error.of_part(&printable(part))
}
