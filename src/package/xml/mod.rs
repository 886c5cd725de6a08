//! XML as bytes with offsets: what edits by splices need and no document model gives.

mod doc;
mod scan;
mod splice;
mod tag;
mod text;

pub(crate) use doc::{Doc, Id, text_of};
pub(crate) use scan::{Inside, Scanner, Token, TokenKind, references_are_sound};
pub(crate) use splice::{Removed, Restorer, Splices, apply};
pub(crate) use tag::{Tag, parse_number};
pub(crate) use text::{escape_attr, escape_cell_text, escape_text, unescape, unescape_cell_text};
