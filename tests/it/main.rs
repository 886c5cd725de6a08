//! Tests through the public door, one binary so that they link once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking; clippy.toml's exceptions do not reach helpers outside #[test]"
)]

mod expr;
mod forms;
mod import_law;
mod ledger;
mod ledger_gen;
mod ledger_layouts;
mod libreoffice;
mod model_case;
mod notation;
mod ooxml;
mod platform;
mod reconcile;
mod sheet_stream;
mod sheets;
mod support;
