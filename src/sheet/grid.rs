//! A sheet read whole: for forms, which are small. Ledgers are streamed instead.

use std::collections::{BTreeMap, BTreeSet};

use super::value::Cell;
use crate::base::{CellAt, CellRef, RangeRef, SheetId};

/// A sheet's cells by address, with its merges.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Which sheet it is.
    pub id: SheetId,
    /// Whether a person sees its tab.
    pub visible: bool,
    /// Merged ranges.
    pub merges: Vec<RangeRef>,
    /// Rows in which a table shows its totals.
    pub total_rows: BTreeSet<u32>,
    /// What is printed above and below it.
    pub margins: Vec<String>,
    /// Whether rows below what was read are missing here.
    pub truncated: bool,
    /// Whether merged ranges and margins may be missing here, since they stand in the file behind rows that were not read.
    pub tail_unread: bool,
    /// Cells whose content cannot be known, and why.
    pub unread: Vec<(CellRef, &'static str)>,
    cells: BTreeMap<CellRef, Cell>,
}

const BLANK: &Cell =
    &Cell { value: super::Value::Empty, format: super::NumberFormat::General, formula: None };

impl Sheet {
    /// An empty sheet.
    pub fn new(id: impl Into<SheetId>, visible: bool) -> Self {
        Self { id: id.into(), visible, ..Self::default() }
    }

    /// Puts a cell; a blank one is not kept.
    pub fn put(&mut self, at: CellRef, cell: Cell) {
        if !cell.is_blank() {
            self.cells.insert(at, cell);
        }
    }

    /// Gives a cell its formula, whether it has a value or not.
    pub(super) fn put_formula(&mut self, at: CellRef, format: super::NumberFormat, formula: String) {
        // The format of a number that is there is that of its section.
        let cell = self.cells.entry(at).or_insert_with(|| super::Cell { format, ..super::Cell::default() });
        cell.formula = Some(formula);
    }

    /// Leaves of cells with formulas only these.
    pub(super) fn forget_results(&mut self) {
        for cell in self.cells.values_mut().filter(|cell| cell.formula.is_some()) {
            cell.value = super::Value::Empty;
        }
    }

    /// Makes a cell blank.
    pub fn clear(&mut self, at: CellRef) {
        self.cells.remove(&at);
    }

    /// The cell as stored; a blank one where there is none. A merged cell's content stands in its anchor.
    pub fn get(&self, at: CellRef) -> &Cell {
        self.cells.get(&at).unwrap_or(BLANK)
    }

    /// The cell at a zero-based position; blank outside the limits.
    pub fn at(&self, row: u32, col: u32) -> &Cell {
        CellRef::new(row, col).map_or(BLANK, |cell| self.get(cell))
    }

    /// The merged range that covers the cell.
    pub fn merge_of(&self, at: CellRef) -> Option<RangeRef> {
        self.merges.iter().copied().find(|range| range.contains(at))
    }

    /// The cell that holds the content shown at `at`: the top left of its merge, or itself.
    pub fn anchor(&self, at: CellRef) -> CellRef {
        self.merge_of(at).map_or(at, |range| range.first)
    }

    /// All cells that hold something, row by row.
    pub fn cells(&self) -> impl Iterator<Item = (CellRef, &Cell)> {
        self.cells.iter().map(|(at, cell)| (*at, cell))
    }

    /// The cells of one row that hold something, left to right.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (CellRef, &Cell)> {
        let first = CellRef::new(row, 0);
        let last = CellRef::new(row, crate::base::limits::MAX_COLUMNS.saturating_sub(1));
        first.zip(last).into_iter().flat_map(|(a, b)| self.cells.range(a..=b)).map(|(at, cell)| (*at, cell))
    }

    /// The last row that holds something, zero-based.
    pub fn last_row(&self) -> Option<u32> {
        self.cells.keys().next_back().map(|cell| cell.row())
    }

    /// The last column that holds something, zero-based.
    pub fn last_col(&self) -> Option<u32> {
        self.cells.keys().map(|cell| cell.col()).max()
    }

    /// The cell's address in the workbook.
    pub fn address(&self, at: CellRef) -> CellAt {
        CellAt::new(self.id.clone(), at)
    }
}
