//! The package editor: edits an .xlsx in place by byte splices and copies everything else raw.
//!
//! It knows nothing of performance forms.

mod archive;
mod content_types;
mod dialect;
pub mod edits;
mod entry;
mod fault;
mod geometry;
mod graft;
pub mod limits;
pub mod links;
mod looks;
mod main_part;
mod notes;
pub mod package;
mod parts;
mod plan;
pub mod refusal;
mod rels;
pub mod selftest;
mod styles;
mod transcode;
mod verify;
mod workbook;
mod worksheet;
mod write;
mod xml;

pub(crate) use archive::{Directory, Entry as ArchiveEntry, EntryReader, part_key};
pub use edits::{
    Cached, CellEdit, Content, Graft, Horizontal, NameEdit, NoteEdit, PackageEdits, Rgb, StylePatch,
    ValidationEdit,
};
pub use entry::{read_entries, read_entry};
pub(crate) use fault::{printable, reading};
pub use geometry::Geometry;
pub use limits::FileKind;
pub(crate) use looks::built_in_format;
pub use looks::{Looks, Series};
pub use package::{DefinedName, Note, Package, Report, SheetEntry, SheetKind, SheetState};
pub use refusal::{Refusal, RefusalReason};
pub(crate) use worksheet::shift;
pub(crate) use xml::{Doc, Scanner, Tag, TokenKind, references_are_sound, unescape, unescape_cell_text};

/// The author of the notes we write; notes of this author are ours.
pub const AUTHOR: &str = "jixiao";
/// Defined names that begin with this are ours.
pub const NAME_PREFIX: &str = "_jixiao_";
