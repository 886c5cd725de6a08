//! The package that OpenXML documents are: a zip file of parts, their content types, the relationships by which one leads to
//! another, and XML edited by byte splices. What is not to be changed is copied as it is.
//!
//! It knows nothing of workbooks: `xlsx` stands on it, and whatever else is a package can.

pub(crate) mod archive;
pub(crate) mod content_types;
mod contents;
pub(crate) mod dialect;
mod edit;
mod entry;
pub(crate) mod fault;
pub(crate) mod parts;
pub(crate) mod rels;
mod transcode;
mod verify;
mod write;
pub(crate) mod xml;

pub(crate) use archive::{Directory, Entry as ArchiveEntry, EntryReader, as_on_unix, part_key};
pub(crate) use contents::{Package, within};
pub(crate) use edit::{Changes, NewPart, PartEdits, PartNames};
pub use entry::{read_entries, read_entry};
pub(crate) use fault::{printable, reading};
pub(crate) use write::write;
pub(crate) use xml::{Doc, Scanner, Tag, TokenKind, references_are_sound, unescape, unescape_cell_text};
