//! A sheet prepared for reading: rows in order, texts normalised once, merges found in logarithmic time.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::base::{CellAt, CellRef, RangeRef};
use crate::mapping::looks::{self, Look};
use crate::mapping::title::normalise;
use crate::model::Entry;
use crate::sheet::{Cell, Sheet, Value};

/// Rows covered by merges that are indexed at most; more are no form's (a hostile file's, perhaps).
const MAX_MERGE_ROWS: usize = 300_000;
/// Characters of a text that titles, labels and row words are looked for in.
const KEY_CHARS: usize = 160;

/// A cell that holds something.
#[derive(Debug)]
pub(super) struct Item<'a> {
    /// Where.
    pub at: CellRef,
    /// What.
    pub cell: &'a Cell,
    /// Its text, normalised and cut; empty where the cell is no text.
    pub key: String,
    /// What its content looks like, once somebody has asked.
    look: OnceCell<Option<Look>>,
}

impl Item<'_> {
    /// The text as typed, where the cell is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.cell.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What its content looks like; `None` where it holds nothing, or a dash for nothing.
    pub(super) fn look(&self) -> Option<Look> {
        *self.look.get_or_init(|| looks::of(self.cell, &self.key))
    }
}

/// A sheet prepared for reading.
pub(super) struct View<'a> {
    /// The sheet itself.
    pub sheet: &'a Sheet,
    rows: BTreeMap<u32, Vec<Item<'a>>>,
    columns: BTreeSet<u32>,
    merges: HashMap<u32, Vec<RangeRef>>,
}

impl<'a> View<'a> {
    pub(super) fn new(sheet: &'a Sheet) -> Self {
        let mut rows: BTreeMap<u32, Vec<Item<'a>>> = BTreeMap::new();
        let mut columns = BTreeSet::new();
        for (at, cell) in sheet.cells() {
            columns.insert(at.col());
            let key = match &cell.value {
                Value::Text(text) => normalise(head(text)),
                _ => String::new(),
            };
            rows.entry(at.row()).or_default().push(Item { at, cell, key, look: OnceCell::new() });
        }
        let last = sheet.last_row().unwrap_or(0);
        let mut merges: HashMap<u32, Vec<RangeRef>> = HashMap::new();
        let mut budget = MAX_MERGE_ROWS;
        for range in &sheet.merges {
            for row in range.first.row()..=range.last.row().min(last) {
                let Some(rest) = budget.checked_sub(1) else { break };
                budget = rest;
                merges.entry(row).or_default().push(*range);
            }
        }
        for row in merges.values_mut() {
            row.sort_by_key(|range| range.first.col());
        }
        Self { sheet, rows, columns, merges }
    }

    /// The merged range over a cell, or the cell alone.
    pub(super) fn range(&self, at: CellRef) -> RangeRef {
        let alone = RangeRef { first: at, last: at };
        let Some(row) = self.merges.get(&at.row()) else { return alone };
        let behind = row.partition_point(|range| range.first.col() <= at.col());
        behind
            .checked_sub(1)
            .and_then(|i| row.get(i))
            .filter(|range| range.contains(at))
            .copied()
            .unwrap_or(alone)
    }

    /// The cell whose content is shown at a position.
    pub(super) fn anchor(&self, row: u32, col: u32) -> Option<CellRef> {
        CellRef::new(row, col).map(|at| self.range(at).first)
    }

    /// The cell right of a label's range. Columns that are blank in the whole sheet are passed over.
    pub(super) fn right_of(&self, range: RangeRef) -> Option<CellRef> {
        let next = range.last.col().saturating_add(1);
        let col = self.columns.range(next..).next().copied().unwrap_or(next);
        self.anchor(range.first.row(), col)
    }

    /// The cell below a label's range. Rows that are wholly blank are passed over.
    pub(super) fn below(&self, range: RangeRef) -> Option<CellRef> {
        let next = range.last.row().saturating_add(1);
        let row = self.rows.range(next..).next().map_or(next, |(row, _)| *row);
        self.anchor(row, range.first.col())
    }

    /// The content shown at a position, with the address where it stands.
    pub(super) fn entry(&self, row: u32, col: u32) -> Option<Entry> {
        let at = self.anchor(row, col)?;
        Some(self.entry_at(at))
    }

    /// The content of a cell with its address.
    pub(super) fn entry_at(&self, at: CellRef) -> Entry {
        Entry { at: Some(self.address(at)), cell: self.sheet.get(at).clone() }
    }

    /// The cell's address in the workbook.
    pub(super) fn address(&self, at: CellRef) -> CellAt {
        self.sheet.address(at)
    }

    /// The item of a cell, if it holds something.
    pub(super) fn item(&self, at: CellRef) -> Option<&Item<'a>> {
        let row = self.row(at.row());
        row.binary_search_by_key(&at.col(), |item| item.at.col()).ok().and_then(|i| row.get(i))
    }

    /// The item shown at a position.
    pub(super) fn shown(&self, row: u32, col: u32) -> Option<&Item<'a>> {
        self.anchor(row, col).and_then(|at| self.item(at))
    }

    /// The cells of a row that hold something, left to right.
    pub(super) fn row(&self, row: u32) -> &[Item<'a>] {
        self.rows.get(&row).map_or(&[], Vec::as_slice)
    }

    /// The rows from `first` to `last` that hold something.
    pub(super) fn rows(&self, first: u32, last: u32) -> impl DoubleEndedIterator<Item = (u32, &[Item<'a>])> {
        let range = if first <= last { Some(self.rows.range(first..=last)) } else { None };
        range.into_iter().flatten().map(|(row, items)| (*row, items.as_slice()))
    }

    /// The last row that holds something.
    pub(super) fn last_row(&self) -> u32 {
        self.rows.keys().next_back().copied().unwrap_or(0)
    }
}

fn head(text: &str) -> &str {
    match text.char_indices().nth(KEY_CHARS) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}
