//! The standard edit that proves the editor on any workbook (`jixiao selftest edit`).

use std::io::{Read, Seek, Write};

use super::package::Report;
use super::refusal::Refusal;
use crate::base::{CellAt, CellRef, Error, Result};

/// What the standard edit came to.
#[derive(Debug)]
pub enum Outcome {
    /// Written: the cell that was edited, and what the write did.
    Written {
        /// The cell that got the formula.
        cell: CellAt,
        /// What the write did.
        report: Report,
    },
    /// Nothing was written.
    Refused(Vec<Refusal>),
}

/// Puts a formula with its cached value, a fill and a note on a cell and adds a sheet with a chart.
/// `sheet` and `cell` choose the cell; without them it is the first numeric cell that can be edited.
pub fn edit<R: Read + Seek, W: Read + Write + Seek>(
    source: R,
    sheet: Option<&str>,
    cell: Option<CellRef>,
    out: &mut W,
) -> Result<Outcome> {
    let _ = (source, sheet, cell, out);
    Err(Error::internal("not yet"))
}
