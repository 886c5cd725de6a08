//! What is to be changed in a package: pure data, checked and written by [`super::XlsxPackage`].
//!
//! A package knows its sheets by their names. Who plans for several files at once calls a sheet what it likes (`S`), and
//! deals the edits out to the files ([`PackageEdits::on`]).

use std::collections::BTreeSet;

use crate::base::{CellRef, Number};

/// Everything to change in one go. The default changes nothing.
#[derive(Debug, Clone)]
pub struct PackageEdits<S = String> {
    /// Cells to fill or restyle.
    pub cells: Vec<CellEdit<S>>,
    /// Notes (批注) to set or remove.
    pub notes: Vec<NoteEdit<S>>,
    /// Defined names to set or remove.
    pub names: Vec<NameEdit>,
    /// Cells that shall accept only numbers within bounds.
    pub validations: Vec<ValidationEdit<S>>,
    /// Rows that shall be higher.
    pub rows: Vec<RowEdit<S>>,
    /// Sheets to add.
    pub graft: Option<Graft>,
    /// Sheets of ours to take out, with their names and parts.
    pub remove_sheets: Vec<String>,
}

impl<S> Default for PackageEdits<S> {
    fn default() -> Self {
        Self {
            cells: Vec::new(),
            notes: Vec::new(),
            names: Vec::new(),
            validations: Vec::new(),
            rows: Vec::new(),
            graft: None,
            remove_sheets: Vec::new(),
        }
    }
}

impl<S> PackageEdits<S> {
    /// The changes to cells on the sheets that `name` has a name for, under that name.
    #[must_use]
    pub fn on<T>(&self, name: impl Fn(&S) -> Option<T>) -> PackageEdits<T> {
        let cells = self.cells.iter().filter_map(|CellEdit { sheet, cell, content, style }| {
            let sheet = name(sheet)?;
            Some(CellEdit { sheet, cell: *cell, content: content.clone(), style: style.clone() })
        });
        let notes = self.notes.iter().filter_map(|NoteEdit { sheet, cell, text, was }| {
            Some(NoteEdit { sheet: name(sheet)?, cell: *cell, text: text.clone(), was: was.clone() })
        });
        let validations =
            self.validations.iter().filter_map(|ValidationEdit { sheet, cell, min, max, message }| {
                let (sheet, message) = (name(sheet)?, message.clone());
                Some(ValidationEdit { sheet, cell: *cell, min: *min, max: *max, message })
            });
        let rows = self.rows.iter().filter_map(|RowEdit { sheet, row, points }| {
            Some(RowEdit { sheet: name(sheet)?, row: *row, points: *points })
        });
        PackageEdits {
            rows: rows.collect(),
            cells: cells.collect(),
            notes: notes.collect(),
            validations: validations.collect(),
            ..PackageEdits::default()
        }
    }

    /// Whether no cell, note or validation is to change.
    pub fn leaves_cells(&self) -> bool {
        self.cells.is_empty() && self.notes.is_empty() && self.validations.is_empty()
    }
}

impl PackageEdits {
    /// The sheets on which cells, notes or validations are to change.
    pub fn sheets(&self) -> BTreeSet<&str> {
        let cells = self.cells.iter().map(|edit| edit.sheet.as_str());
        let notes = self.notes.iter().map(|edit| edit.sheet.as_str());
        let validations = self.validations.iter().map(|edit| edit.sheet.as_str());
        cells.chain(notes).chain(validations).collect()
    }
}

/// One cell: what it shall hold and what shall change in its looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellEdit<S = String> {
    /// The sheet: its name as the workbook has it.
    pub sheet: S,
    /// The cell. A cell inside a merged range stands for the range's anchor.
    pub cell: CellRef,
    /// The new content; `None` leaves the content as it is.
    pub content: Option<Content>,
    /// What changes in the cell's looks; the rest of its style stays.
    pub style: StylePatch,
}

/// A row that shall be at least so high, so that what is written into one of its cells is seen whole. Only rows with a
/// cell that is edited grow; none becomes less high.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowEdit<S = String> {
    /// The sheet.
    pub sheet: S,
    /// The row, zero-based.
    pub row: u32,
    /// Its least height in points.
    pub points: u16,
}

/// What a cell can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A number, written from its exact decimal digits.
    Number(Number),
    /// A text, never taken for a formula whatever it begins with.
    Text(String),
    /// A formula with the value it has now.
    Formula {
        /// The formula in Excel's English notation without the leading `=`.
        text: String,
        /// Its value, for readers that do not recalculate.
        cached: Cached,
    },
    /// Nothing; the cell keeps its style.
    Blank,
}

/// The value cached beside a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cached {
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error value as Excel spells it, e.g. `#DIV/0!`.
    Error(String),
}

/// An opaque colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// Horizontal alignment of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Horizontal {
    /// To the left.
    Left,
    /// Centred.
    Center,
    /// To the right.
    Right,
}

/// Changes to a cell's own style; `None` keeps what the cell has.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StylePatch {
    /// Solid background.
    pub fill: Option<Rgb>,
    /// Number format code, e.g. `0.00`.
    pub number_format: Option<String>,
    /// Whether text wraps.
    pub wrap: Option<bool>,
    /// Font size in half points: 21 is 10.5 pt (五号).
    pub font_half_points: Option<u16>,
    /// Font colour.
    pub font_color: Option<Rgb>,
    /// Horizontal alignment.
    pub horizontal: Option<Horizontal>,
}

impl StylePatch {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A note of ours at a cell. Its author is [`super::AUTHOR`]; a person's note is never touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteEdit<S = String> {
    /// The sheet.
    pub sheet: S,
    /// The cell.
    pub cell: CellRef,
    /// The text that the note shall have; `None` takes our note away.
    pub text: Option<String>,
    /// The text we wrote there last time. A note counts as ours where it holds exactly this text, or the new one,
    /// whatever author it names: programs drop the author's name (LibreOffice does), and anybody can write it.
    pub was: Option<String>,
}

/// A defined name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameEdit {
    /// The name.
    pub name: String,
    /// What it refers to, without `=`; `None` takes the name away.
    pub refers_to: Option<String>,
    /// Whether Excel hides it from its name manager.
    pub hidden: bool,
}

/// A cell that shall accept only a number from `min` to `max`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationEdit<S = String> {
    /// The sheet.
    pub sheet: S,
    /// The cell.
    pub cell: CellRef,
    /// The smallest number accepted.
    pub min: Number,
    /// The largest number accepted.
    pub max: Number,
    /// What Excel says to other input (at most 225 characters).
    pub message: String,
}

/// Sheets to add, as a workbook built by `rust_xlsxwriter`.
#[derive(Debug, Clone, Default)]
pub struct Graft {
    /// The workbook's bytes (`save_to_buffer`). All its sheets are taken over, hidden ones too.
    pub workbook: Vec<u8>,
    /// Names of sheets in the host that a grafted sheet of the same name takes the place of. A name that
    /// is in both and not listed here is a refusal.
    pub replace: Vec<String>,
}
