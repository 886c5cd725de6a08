//! A sheet read row by row, never held: for ledgers, which may have a million rows.

use std::borrow::Cow;
use std::io::{Read, Seek};
use std::ops::ControlFlow;

use super::grid::Sheet;
use super::plain::PlainRow;
use super::reader::Workbook;
use super::value::{NumberFormat, Value};
use crate::base::{Date, Number, Result, SheetId};

/// A cell of a streamed row, decoded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StreamCell {
    /// Zero-based column.
    pub col: u32,
    /// The value.
    pub value: Value,
    /// The number format.
    pub format: NumberFormat,
    /// Whether the font is red: some packages write a negative amount as a positive one in red.
    pub red: bool,
    /// A formula without a stored value.
    pub formula_without_value: bool,
}

/// What a cell of a streamed row holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item<'a> {
    /// Nothing, or nothing but spaces.
    Blank,
    /// A text as typed.
    Text(Cow<'a, str>),
    /// A number at 15 significant digits.
    Number(Number),
    /// A day.
    Date(Date),
    /// An error value, a truth value, a number out of range: as shown.
    Unreadable(Cow<'a, str>),
    /// A formula without a stored value.
    FormulaWithoutValue,
}

/// A row on its way through.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    number: u32,
    cells: Cells<'a>,
    misfit: bool,
}

#[derive(Debug, Clone, Copy)]
enum Cells<'a> {
    Decoded(&'a [StreamCell]),
    Plain(PlainRow<'a>),
}

impl<'a> Row<'a> {
    /// A row of decoded cells, in the order of their columns.
    pub fn new(number: u32, cells: &'a [StreamCell]) -> Self {
        Self { number, cells: Cells::Decoded(cells), misfit: false }
    }

    /// A row of cells that are decoded when they are asked for.
    pub(super) fn plain(number: u32, cells: PlainRow<'a>) -> Self {
        Self { number, cells: Cells::Plain(cells), misfit: false }
    }

    /// The same row, and whether its fields are not those of the titles: what stands in which column is then not known.
    pub(super) fn fitting(self, fits: bool) -> Self {
        Self { misfit: !fits, ..self }
    }

    /// Whether the row has other fields than the titles have (a CSV file's may).
    pub fn is_misfit(&self) -> bool {
        self.misfit
    }

    /// The zero-based row.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// What the column holds.
    pub fn get(&self, col: u32) -> Item<'a> {
        match self.cells {
            Cells::Decoded(cells) => find(cells, col, |cell| cell.col).map_or(Item::Blank, item),
            Cells::Plain(row) => row.get(col),
        }
    }

    /// What the column holds, its number format, and whether its font is red.
    pub fn look(&self, col: u32) -> (Item<'a>, NumberFormat, bool) {
        let blank = (Item::Blank, NumberFormat::General, false);
        match self.cells {
            Cells::Decoded(cells) => {
                find(cells, col, |cell| cell.col).map_or(blank, |cell| (item(cell), cell.format, cell.red))
            }
            Cells::Plain(row) => row.look(col).unwrap_or(blank),
        }
    }

    /// All cells that hold something, left to right: column and content.
    pub fn items(&self) -> impl Iterator<Item = (u32, Item<'a>)> + use<'a> {
        let (decoded, plain) = match self.cells {
            Cells::Decoded(cells) => (Some(cells.iter().map(|cell| (cell.col, item(cell)))), None),
            Cells::Plain(row) => (None, Some(row.items())),
        };
        let all = decoded.into_iter().flatten().chain(plain.into_iter().flatten());
        all.filter(|(_, item)| *item != Item::Blank)
    }
}

/// The cell of a column. Cells rise, so it stands at its own number or a few places before.
pub(super) fn find<C>(cells: &[C], col: u32, col_of: impl Fn(&C) -> u32) -> Option<&C> {
    let most = usize::try_from(col).ok()?.saturating_add(1).min(cells.len());
    cells.get(..most)?.iter().rev().find(|cell| col_of(cell) <= col).filter(|cell| col_of(cell) == col)
}

fn item(cell: &StreamCell) -> Item<'_> {
    match &cell.value {
        _ if cell.formula_without_value => Item::FormulaWithoutValue,
        Value::Empty => Item::Blank,
        Value::Text(text) => Item::Text(Cow::Borrowed(text)),
        Value::Number(number) => Item::Number(*number),
        Value::Date(day) => Item::Date(*day),
        Value::Bool(flag) => Item::Unreadable(Cow::Borrowed(if *flag { "TRUE" } else { "FALSE" })),
        Value::Error(text) | Value::Unrepresentable(text) => Item::Unreadable(Cow::Borrowed(text)),
    }
}

/// Takes the rows one by one; `Break` stops the stream.
pub type Sink<'s> = dyn FnMut(&Row<'_>) -> Result<ControlFlow<()>> + 's;

/// Anything whose sheets can be streamed, as often as needed.
pub trait RowSource {
    /// Streams the rows of a sheet from the zero-based `first_row` on, top to bottom; rows without a cell are
    /// left out.
    fn rows(&mut self, sheet: &SheetId, first_row: u32, sink: &mut Sink<'_>) -> Result<()>;
}

/// Sheets that are in memory already (formats read through the worker, tests).
impl RowSource for Vec<Sheet> {
    fn rows(&mut self, sheet: &SheetId, first_row: u32, sink: &mut Sink<'_>) -> Result<()> {
        let Some(found) = self.iter().find(|candidate| candidate.id == *sheet) else { return Ok(()) };
        let mut gather = Gather::new(first_row);
        for (at, cell) in found.cells() {
            let decoded = StreamCell {
                col: at.col(),
                value: cell.value.clone(),
                format: cell.format,
                red: false,
                formula_without_value: cell.formula.is_some() && cell.value == Value::Empty,
            };
            if gather.cell(at.row(), decoded, sink)?.is_break() {
                return Ok(());
            }
        }
        gather.finish(sink)
    }
}

impl<R: Read + Seek> RowSource for Workbook<R> {
    fn rows(&mut self, sheet: &SheetId, first_row: u32, sink: &mut Sink<'_>) -> Result<()> {
        let rows = self.general(&sheet.name, false, &mut |row| {
            if row.number < first_row || row.cells.is_empty() {
                return Ok(ControlFlow::Continue(()));
            }
            sink(&Row::plain(row.number, row.cells))
        });
        rows.map(|_| ())
    }
}

/// Gathers cells into rows.
struct Gather {
    first_row: u32,
    row: u32,
    cells: Vec<StreamCell>,
}

impl Gather {
    fn new(first_row: u32) -> Self {
        Self { first_row, row: 0, cells: Vec::new() }
    }

    fn cell(&mut self, row: u32, cell: StreamCell, sink: &mut Sink<'_>) -> Result<ControlFlow<()>> {
        if row < self.first_row {
            return Ok(ControlFlow::Continue(()));
        }
        if row != self.row && self.flush(sink)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        self.row = row;
        if cell.value != Value::Empty || cell.formula_without_value {
            // A file may have its cells in any order; a row has them rising.
            let at = self.cells.partition_point(|before| before.col < cell.col);
            self.cells.insert(at, cell);
        }
        Ok(ControlFlow::Continue(()))
    }

    fn flush(&mut self, sink: &mut Sink<'_>) -> Result<ControlFlow<()>> {
        if self.cells.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let flow = sink(&Row::new(self.row, &self.cells))?;
        self.cells.clear();
        Ok(flow)
    }

    fn finish(mut self, sink: &mut Sink<'_>) -> Result<()> {
        self.flush(sink).map(|_| ())
    }
}
