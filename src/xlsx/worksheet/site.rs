//! Places in a worksheet that an edit touches.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::{CellRef, RangeRef};

/// A formula element.
#[derive(Debug, Clone, Default)]
pub(crate) struct FormulaSite {
    /// The start tag.
    pub(crate) tag: Vec<u8>,
    /// The whole element.
    pub(crate) range: Range<u64>,
    /// The formula, entities resolved.
    pub(crate) text: String,
}

/// A cell that is there.
#[derive(Debug, Clone, Default)]
pub(crate) struct CellSite {
    /// The start tag.
    pub(crate) tag: Vec<u8>,
    /// The range of the start tag.
    pub(crate) open: Range<u64>,
    /// The whole element.
    pub(crate) range: Range<u64>,
    /// Its formula.
    pub(crate) formula: Option<FormulaSite>,
    /// The text of `<v>`.
    pub(crate) value: Option<String>,
    /// The text of `<is>`.
    pub(crate) inline: Option<String>,
}

/// A row that is there and touched.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowSite {
    /// The start tag.
    pub(crate) tag: Vec<u8>,
    /// The range of the start tag.
    pub(crate) open: Range<u64>,
    /// Where the end tag begins; behind the start tag when that closes itself.
    pub(crate) close_at: u64,
    /// The touched cells that are there, by column.
    pub(crate) cells: BTreeMap<u32, CellSite>,
    /// Where a touched cell that is missing belongs, by column; at `close_at` when not listed.
    pub(crate) gaps: BTreeMap<u32, u64>,
    /// Whether the row or one of its touched cells occurs twice.
    pub(crate) ambiguous: bool,
}

/// Cells that share a formula.
#[derive(Debug, Clone, Default)]
pub(crate) struct SharedGroup {
    /// The cell that holds the formula.
    pub(crate) master: Option<CellRef>,
    /// The first dependent that keeps its formula: its cell and formula element.
    pub(crate) heir: Option<(CellRef, FormulaSite)>,
    /// The rectangle around all dependents that keep their formula.
    pub(crate) extent: Option<RangeRef>,
}

/// An existing validation that covers a cell asked about.
#[derive(Debug, Clone)]
pub(crate) struct ValidationSite {
    /// The whole element.
    pub(crate) range: Range<u64>,
    /// The start tag.
    pub(crate) tag: Vec<u8>,
    /// The cells it covers, as written.
    pub(crate) sqref: String,
}

/// The width and style of columns.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ColumnSpan {
    /// First column, zero-based.
    pub(crate) first: u32,
    /// Last column, zero-based.
    pub(crate) last: u32,
    /// Style of cells that are not there.
    pub(crate) style: u32,
    /// Width in whole characters, if stated.
    pub(crate) width: Option<u32>,
    /// Whether nobody sees it.
    pub(crate) hidden: bool,
}
