//! A sheet that we add, as plain data: `output` turns it into a workbook, `present` only says what is in it.

use std::collections::BTreeMap;

use crate::base::{CellAt, CellRef, Number, RangeRef};
use crate::expr::{Expr, Value};

/// The number format of a cell that shows what it holds.
pub const GENERAL: &str = "General";

/// How a cell looks. But for its number format, every look has its format in one place, `output::sheets`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Look {
    /// The sheet's title.
    Title,
    /// A line under the title: who, what, when.
    Subtitle,
    /// A column header.
    Header,
    /// A heading within the sheet.
    Section,
    /// Text, left, wrapped.
    Text,
    /// Text, centred, wrapped.
    Centre,
    /// A number as it is.
    Plain,
    /// Points: two places at most.
    Points,
    /// A total in bold points.
    Total,
    /// A total's label in bold.
    TotalLabel,
    /// Points taken off, in red where there are any.
    Deduction,
    /// A rate shown in percent with two places.
    Rate,
    /// An amount of money with two places.
    Money,
    /// A day.
    Day,
    /// A text that repeats what the row above it says.
    Again,
    /// A link.
    Link,
    /// A cell for a person to fill in.
    Input,
    /// A cell for a person to choose in.
    Tick,
    /// An error's severity.
    Bad,
    /// A warning's severity.
    Caution,
    /// A small remark.
    Remark,
}

impl Look {
    /// How a number is shown; a text is shown as it is.
    pub fn number_format(self) -> &'static str {
        match self {
            Self::Deduction => "[=0]0;[Red]General",
            Self::Rate => "0.00%",
            Self::Money => "#,##0.00",
            Self::Day => "yyyy-mm-dd",
            _ => GENERAL,
        }
    }
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Nothing; only the look.
    Blank,
    /// A text, never a formula.
    Text(String),
    /// A number.
    Number(Number),
    /// A formula with the value that `eval` gave for it.
    Formula {
        /// The calculation.
        expr: Expr,
        /// Its value.
        value: Value,
    },
    /// A formula that a person typed, as it was typed, with what it showed.
    Typed {
        /// The formula, without `=`.
        text: String,
        /// Its value.
        value: Value,
    },
    /// A text that leads to a file.
    File {
        /// Where it is, relative to the workbook, its parts separated by `/` and escaped.
        path: String,
        /// What is shown.
        text: String,
    },
    /// A text that leads to a cell of the workbook.
    Link {
        /// Where to.
        to: CellAt,
        /// What is shown.
        text: String,
    },
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetCell {
    /// What it holds.
    pub content: Content,
    /// How it looks.
    pub look: Look,
}

/// A choice offered in a cell (a data validation list).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The cells.
    pub range: RangeRef,
    /// What can be chosen.
    pub options: Vec<String>,
}

/// A bar chart of two series against their labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarChart {
    /// Its top left cell.
    pub at: CellRef,
    /// Title.
    pub title: String,
    /// The labels' range on the same sheet.
    pub labels: RangeRef,
    /// Each series: its name and its range on the same sheet.
    pub series: Vec<(String, RangeRef)>,
    /// Size in pixels.
    pub size: (u32, u32),
}

/// A sheet to add.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AddedSheet {
    /// Its name.
    pub name: String,
    /// Widths of its columns in characters; a column of no width is hidden.
    pub widths: Vec<u16>,
    /// Its cells.
    pub cells: BTreeMap<CellRef, SheetCell>,
    /// Merged ranges; the content is the first cell's.
    pub merges: Vec<RangeRef>,
    /// Landscape rather than portrait.
    pub landscape: bool,
    /// Not protected, so that its rows can be sorted: programs sort no locked cells.
    pub open: bool,
    /// Rows (zero-based, first and last) repeated on each printed page and kept in view.
    pub header_rows: Option<(u32, u32)>,
    /// The header range that filters are put on, down to the last row.
    pub filter: Option<RangeRef>,
    /// Choices.
    pub choices: Vec<Choice>,
    /// Charts.
    pub charts: Vec<BarChart>,
    /// Not shown even in Excel's list of hidden sheets.
    pub very_hidden: bool,
}

impl AddedSheet {
    /// An empty portrait sheet.
    pub fn new(name: &str, widths: &[u16]) -> Self {
        Self { name: name.to_owned(), widths: widths.to_vec(), ..Self::default() }
    }

    /// Puts a cell; outside Excel's limits nothing happens.
    pub fn put(&mut self, row: u32, col: u32, look: Look, content: Content) {
        if let Some(at) = CellRef::new(row, col) {
            self.cells.insert(at, SheetCell { content, look });
        }
    }

    /// Puts a text.
    pub fn text(&mut self, row: u32, col: u32, look: Look, text: impl Into<String>) {
        let text = text.into();
        let content = if text.is_empty() { Content::Blank } else { Content::Text(text) };
        self.put(row, col, look, content);
    }

    /// Puts a link to a cell that shows its address; without a cell, an empty one.
    pub fn link(&mut self, row: u32, col: u32, to: Option<&CellAt>) {
        match to {
            Some(to) => {
                let content = Content::Link { to: to.clone(), text: to.cell.to_string() };
                self.put(row, col, Look::Link, content);
            }
            None => self.put(row, col, Look::Centre, Content::Blank),
        }
    }

    /// Merges cells of one row, from `first` to `last` column.
    pub fn merge_row(&mut self, row: u32, first: u32, last: u32) {
        if let Some((a, b)) = CellRef::new(row, first).zip(CellRef::new(row, last)) {
            self.merges.push(RangeRef::new(a, b));
        }
    }

    /// Title over all columns, in the first row.
    pub fn title(&mut self, text: &str) {
        self.across(0, Look::Title, text);
    }

    /// A text over all columns of a row.
    pub fn across(&mut self, row: u32, look: Look, text: impl Into<String>) {
        self.text(row, 0, look, text);
        let last = u32::try_from(self.widths.len()).unwrap_or(1).saturating_sub(1);
        if last > 0 {
            self.merge_row(row, 0, last);
        }
    }

    /// The address of one of its cells.
    pub fn address(&self, row: u32, col: u32) -> Option<CellAt> {
        CellRef::new(row, col).map(|cell| CellAt::new(self.name.clone(), cell))
    }
}
