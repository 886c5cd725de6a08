//! The package editor: edits an .xlsx in place by byte splices and copies everything else raw.
//!
//! It knows nothing of performance forms.

pub mod edits;
pub mod limits;
pub mod package;
pub mod refusal;
pub mod selftest;

pub use edits::{
    Cached, CellEdit, Content, Graft, Horizontal, NameEdit, NoteEdit, PackageEdits, Rgb, StylePatch,
    ValidationEdit,
};
pub use limits::FileKind;
pub use package::{DefinedName, Note, Package, Report, SheetEntry, SheetKind, SheetState};
pub use refusal::{Refusal, RefusalReason};

/// The author of the notes we write; notes of this author are ours.
pub const AUTHOR: &str = "jixiao";
/// Defined names that begin with this are ours.
pub const NAME_PREFIX: &str = "_jixiao_";
