//! Workbooks as packages: their sheets, styles, notes and names, edited in place on the floor of [`crate::package`].
//!
//! It knows nothing of performance forms.

mod closed;
pub mod edits;
pub mod file_kind;
mod geometry;
mod graft;
pub mod links;
mod looks;
mod main_part;
mod notes;
pub mod package;
mod plan;
pub mod refusal;
mod reread;
pub mod selftest;
mod styles;
mod workbook;
mod worksheet;

pub use closed::Closed;
pub use edits::{
    Cached, CellEdit, Content, Graft, Horizontal, NameEdit, NoteEdit, PackageEdits, Rgb, RowEdit, StylePatch,
    ValidationEdit,
};
pub use file_kind::FileKind;
pub use geometry::{Geometry, Room};
pub(crate) use looks::built_in_format;
pub use looks::{Looks, Series};
pub use package::{DefinedName, Note, Report, SheetEntry, SheetKind, SheetState, XlsxPackage};
pub use refusal::{Refusal, RefusalReason};
pub(crate) use worksheet::shift;

/// The author of the notes we write; notes of this author are ours.
pub const AUTHOR: &str = "jixiao";
/// Defined names that begin with this are ours.
pub const NAME_PREFIX: &str = "_jixiao_";
