//! jixiao (绩效): scores the performance workbooks of public spending and hands them back, explained.
//!
//! The rooms, bottom to top; a room uses only rooms above it in this list (`tests/it/import_law.rs`).

pub mod base;
pub mod cli;
pub mod criterion;
pub mod expr;
pub mod notation;
pub mod rule;
pub mod sheet;
