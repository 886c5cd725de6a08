//! jixiao (绩效): scores the performance workbooks of public spending and hands them back, explained.
//!
//! What room may use what other is in ARCHITECTURE.md; `tests/it/import_law.rs` holds it.

pub mod base;
pub mod check;
pub mod cli;
pub mod criterion;
pub mod expr;
pub mod form;
pub mod intake;
pub mod ledger;
pub mod mapping;
pub mod model;
pub mod notation;
pub mod output;
pub mod package;
pub mod pipeline;
pub mod present;
pub mod reconcile;
pub mod returned;
pub mod rule;
pub mod score;
pub mod service;
pub mod settings;
pub mod sheet;
pub mod xlsx;
