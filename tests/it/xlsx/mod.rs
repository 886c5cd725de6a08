//! The package editor, through its public door.

mod corpus;
pub(crate) mod fuzz_seeds;
mod kit;
mod pitfalls_cells;
mod pitfalls_notes;
mod pitfalls_package;
mod pitfalls_styles;
mod pitfalls_xml;
mod standard;
