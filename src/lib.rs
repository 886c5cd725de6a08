//! jixiao (绩效): scores the performance workbooks of public spending and hands them back, explained.
//!
//! The rooms stand below in the order of the alphabet; what may use what is in ARCHITECTURE.md
//! (`tests/it/import_law.rs` holds it).

pub mod base;
pub mod expr;
pub mod model;
pub mod sheet;
