//! What a cell holds, in one spelling: what was written into it, and what is found there, compare equal in it whatever
//! program saved the workbook.

use super::formula;
use super::moves::Moves;
use super::text::{digest, held, plain};
use crate::base::limits::MAX_CELL_CHARS;
use crate::base::{CellAt, Date, Number, printable_cell};
use crate::sheet::{Cell, Value};

/// Places to which numbers are compared: a program that saves calculates in doubles.
const PLACES: u32 = 9;
/// What a formula shows whose cell was deleted.
const BROKEN: &str = "#REF!";

/// A formula that stands on the sheet `on_sheet`.
pub fn of_formula(text: &str, on_sheet: &str) -> String {
    held(format!("={}", formula::canonical(text, on_sheet, CellAt::clone)))
}

/// A text, as far as a cell holds it; one of nothing but spaces is none.
pub fn of_text(text: &str) -> String {
    let text: String = plain(text).chars().take(MAX_CELL_CHARS).collect();
    match text.trim_end() {
        "" => String::new(),
        text => held(format!("'{text}")),
    }
}

/// A number.
pub fn of_number(number: &Number) -> String {
    format!("#{}", number.round(PLACES))
}

/// A formula that is found on the sheet `on_sheet`, in the words of the workbook that was returned.
pub(super) fn found_formula(text: &str, on_sheet: &str, moves: &Moves) -> String {
    held(format!("={}", formula::canonical(text, on_sheet, |place| moves.was(place))))
}

/// What is found at a cell, in the words of the workbook that was returned; empty where it is blank.
pub(super) fn found(cell: &Cell, at: &CellAt, moves: &Moves) -> String {
    match &cell.formula {
        Some(text) => found_formula(text, &at.sheet.name, moves),
        None => value(cell),
    }
}

/// The value of a cell, of a formula the one it shows.
pub(super) fn value(cell: &Cell) -> String {
    match &cell.value {
        // A formula may follow a person's cell, whose words are written there as they are and elsewhere made visible.
        Value::Text(text) if cell.formula.is_some() => of_text(&printable_cell(text)),
        Value::Text(text) => of_text(text),
        Value::Number(number) => of_number(number),
        Value::Date(date) => serial(*date).map_or_else(|| format!("!{date}"), |day| of_number(&day)),
        Value::Empty => String::new(),
        Value::Bool(_) | Value::Error(_) | Value::Unrepresentable(_) => format!("!{}", cell.shown()),
    }
}

/// Whether a formula lost a cell that it refers to: nobody typed that.
pub(super) fn is_broken(cell: &Cell) -> bool {
    cell.formula.as_ref().is_some_and(|formula| formula.contains(BROKEN))
}

/// The spreadsheet's number of a day (1900 system).
pub fn serial(date: Date) -> Option<Number> {
    let days = date.since(Date::constant(1899, 12, 30)).ok()?.get_days();
    u32::try_from(days).ok().map(Number::from)
}

/// What is known of a cell on a sheet that we added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Digest {
    /// A person fills it in.
    Open,
    /// What it holds, and of a formula what it shows.
    Fixed {
        /// The content's digest.
        content: String,
        /// The value's digest.
        value: Option<String>,
    },
}

impl Digest {
    /// The digest of a content, and of what it shows where that is another thing.
    pub fn of(content: &str, value: Option<&str>) -> Self {
        Self::Fixed { content: digest(content), value: value.map(digest) }
    }

    /// Whether the cell shows what it showed.
    pub(super) fn shows(&self, cell: &Cell) -> bool {
        match self {
            Self::Fixed { value: Some(shown), .. } => *shown == digest(&value(cell)),
            Self::Open | Self::Fixed { value: None, .. } => true,
        }
    }

    /// As the record holds it: `*`, or one or two digests.
    pub(super) fn told(&self) -> String {
        match self {
            Self::Open => "*".to_owned(),
            Self::Fixed { content, value: None } => content.clone(),
            Self::Fixed { content, value: Some(value) } => format!("{content}/{value}"),
        }
    }

    pub(super) fn decoded(text: &str) -> Self {
        match text.split_once('/') {
            _ if text == "*" => Self::Open,
            Some((content, value)) => {
                Self::Fixed { content: content.to_owned(), value: Some(value.to_owned()) }
            }
            None => Self::Fixed { content: text.to_owned(), value: None },
        }
    }

    /// Whether the cell holds what was written, or what a person may write.
    pub(super) fn holds(&self, cell: &Cell, at: &CellAt, moves: &Moves) -> bool {
        match self {
            Self::Open => true,
            Self::Fixed { value: Some(_), .. } if is_broken(cell) => true,
            Self::Fixed { content, .. } => *content == digest(&found(cell, at, moves)),
        }
    }
}
