//! A sheet that we add, as plain data: `output` turns it into a workbook, `present` only says what is in it.

use std::collections::BTreeMap;

use super::heights;
use crate::base::{CellAt, CellRef, Number, RangeAt, RangeRef};
use crate::expr::{Expr, Value};

/// Letters of a column's width that no text takes: the cell's own margins, and what is left over of a line.
pub const MARGIN: u16 = 2;
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

impl Content {
    /// The text that is seen, as far as it is one that may take several lines.
    pub fn words(&self) -> &str {
        match self {
            Self::Text(text) | Self::Link { text, .. } | Self::File { text, .. } => text,
            Self::Formula { value: Value::Text(text), .. } | Self::Typed { value: Value::Text(text), .. } => {
                text
            }
            Self::Blank | Self::Number(_) | Self::Formula { .. } | Self::Typed { .. } => "",
        }
    }
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

/// What the axis of a chart counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Axis {
    /// Numbers, from nothing on.
    #[default]
    Numbers,
    /// Things that are counted whole, in steps of so many.
    Counts(u32),
    /// Amounts of money.
    Money,
    /// Shares of a whole: from 0 to 100 %.
    Shares,
    /// Shares of which one is more than the whole.
    SharesBeyond,
}

/// What a bar chart draws: one or more series against their labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Title; empty where the heading above it says it.
    pub title: String,
    /// What its bars are measured by.
    pub axis: Axis,
    /// The labels' range.
    pub labels: RangeAt,
    /// Each series: its name and its range.
    pub series: Vec<(String, RangeAt)>,
    /// Pixels of its height.
    pub height: u32,
}

/// A bar chart at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarChart {
    /// Its top left cell.
    pub at: CellRef,
    /// The first row of what it stays with on one page: its table, or its own.
    pub with: u32,
    /// What it draws.
    pub drawing: Drawing,
}

/// What a sheet is for, which the colour of its tab shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// The result.
    Result,
    /// Where each figure comes from.
    Evidence,
    /// What a person is to look at and to answer.
    ToDo,
    /// What is told beside it.
    #[default]
    Other,
}

/// A sheet to add.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of the whole sheet")]
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
    /// Rows (zero-based, first and last) that are repeated on each printed page without being kept in view.
    pub printed_again: Option<(u32, u32)>,
    /// The last column that is printed, where those to its right are for work at the screen.
    pub printed_to: Option<u32>,
    /// The colour of its tab.
    pub tab: Tab,
    /// The header range that filters are put on, down to the last row.
    pub filter: Option<RangeRef>,
    /// Choices.
    pub choices: Vec<Choice>,
    /// Rows that begin a page of their own.
    pub new_pages: Vec<u32>,
    /// Charts.
    pub charts: Vec<BarChart>,
    /// What is to be drawn of it on a sheet of charts.
    pub drawings: Vec<Drawing>,
    /// Cells that are yellow as long as they wait for a score.
    pub waiting: Vec<RangeRef>,
    /// Whether its rows stand closer than is read best, so that a few of them do not go over onto a page of their own.
    pub close: bool,
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

    /// Puts a link to a cell that shows where it is; without a cell, an empty one.
    pub fn link(&mut self, row: u32, col: u32, to: Option<&CellAt>) {
        match to {
            Some(to) => {
                let content = Content::Link { to: to.clone(), text: to.spoken() };
                self.put(row, col, Look::Link, content);
            }
            None => self.put(row, col, Look::Centre, Content::Blank),
        }
    }

    /// Shows cells of a column in yellow as long as they wait for a score.
    pub fn yellow_while_waiting(&mut self, column: u32, first: u32, last: u32) {
        let corners = CellRef::new(first, column).zip(CellRef::new(last, column));
        self.waiting.extend(corners.map(|(first, last)| RangeRef::new(first, last)));
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

    /// A text over all columns of a row that are printed.
    pub fn across(&mut self, row: u32, look: Look, text: impl Into<String>) {
        self.text(row, 0, look, text);
        let all = u32::try_from(self.widths.len()).unwrap_or(1).saturating_sub(1);
        let last = self.printed_to.unwrap_or(all);
        if last > 0 {
            self.merge_row(row, 0, last);
        }
    }

    /// Leaves out the columns of these in which nothing stands below their titles, and gives their room to `wide`.
    pub fn leave_out_empty(&mut self, header: u32, columns: &[u32], wide: &[u32]) {
        let holds = |column: u32| {
            let below = self.cells.iter().filter(|(at, _)| at.row() > header && at.col() == column);
            below.into_iter().any(|(_, cell)| cell.content != Content::Blank)
        };
        let empty: Vec<u32> = columns.iter().copied().filter(|column| !holds(*column)).collect();
        let mut freed = 0_u16;
        for column in &empty {
            // A hidden title would look as if somebody had hidden it.
            self.put(header, *column, Look::Header, Content::Blank);
            if let Some(width) = self.width_of(*column) {
                freed = freed.saturating_add(*width);
                *width = 0;
            }
        }
        let wide: Vec<u32> = wide.iter().copied().filter(|column| !empty.contains(column)).collect();
        let share = u16::try_from(wide.len()).ok().and_then(|count| freed.checked_div(count)).unwrap_or(0);
        for column in wide {
            if let Some(width) = self.width_of(column) {
                *width = width.saturating_add(share);
            }
        }
    }

    /// Deals the room that these columns have together out among them anew, each at least `least`, so that the rows from
    /// `first` on become as low as they can be.
    pub fn deal_out(&mut self, first: u32, columns: &[u32], least: u16) {
        let width = |column: u32| {
            usize::try_from(column)
                .ok()
                .and_then(|at| self.widths.get(at).copied())
                .filter(|width| *width > 0)
        };
        let columns: Vec<u32> = columns.iter().copied().filter(|column| width(*column).is_some()).collect();
        let room = columns.iter().filter_map(|column| width(*column)).fold(0_u16, u16::saturating_add);
        let mut rows: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
        for (at, cell) in self.cells.iter().filter(|(at, _)| at.row() >= first) {
            let Some(place) = columns.iter().position(|column| *column == at.col()) else { continue };
            let lengths = rows.entry(at.row()).or_insert_with(|| vec![0; columns.len()]);
            if let Some(length) = lengths.get_mut(place) {
                *length = u64::from(half_widths(cell.content.words()));
            }
        }
        let mut widths = vec![least; columns.len()];
        let dealt = widths.iter().copied().fold(0_u16, u16::saturating_add);
        for _ in dealt..room {
            let wider = |place: usize| {
                let one_more = |(at, width): (usize, &u16)| width.saturating_add(u16::from(at == place));
                widths.iter().enumerate().map(one_more).collect::<Vec<u16>>()
            };
            let tried = (0..widths.len()).map(wider);
            let Some(best) = tried.min_by_key(|widths| heights::of_lengths(&rows, widths)) else { break };
            widths = best;
        }
        if dealt <= room {
            for (column, dealt) in columns.into_iter().zip(widths) {
                if let Some(width) = self.width_of(column) {
                    *width = dealt;
                }
            }
        }
    }

    fn width_of(&mut self, column: u32) -> Option<&mut u16> {
        self.widths.get_mut(usize::try_from(column).ok()?)
    }

    /// A part of one of its columns.
    pub fn column(&self, column: u32, first: u32, last: u32) -> Option<RangeAt> {
        let corners = CellRef::new(first, column).zip(CellRef::new(last, column));
        let range = corners.map(|(first, last)| RangeRef::new(first, last))?;
        Some(RangeAt { sheet: self.name.clone().into(), range })
    }

    /// The address of one of its cells.
    pub fn address(&self, row: u32, col: u32) -> Option<CellAt> {
        CellRef::new(row, col).map(|cell| CellAt::new(self.name.clone(), cell))
    }
}

/// What a text takes of a line, in Latin letters of one width: a Chinese character is two wide.
pub fn half_widths(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).fold(0, u32::saturating_add)
}
