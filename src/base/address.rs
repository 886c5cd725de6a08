//! Cell addresses: absolute, zero-based inside, A1 outside.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::SheetId;
use super::limits::{MAX_COLUMNS, MAX_ROWS};

/// A cell of a sheet. Always within Excel's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    row: u32,
    col: u32,
}

/// A text that is no cell address or range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a cell address: {0:?}")]
pub struct AddressError(String);

impl CellRef {
    /// The cell at the zero-based row and column, if a sheet has it.
    pub const fn new(row: u32, col: u32) -> Option<Self> {
        if row < MAX_ROWS && col < MAX_COLUMNS { Some(Self { row, col }) } else { None }
    }

    /// Zero-based row.
    pub const fn row(self) -> u32 {
        self.row
    }

    /// Zero-based column.
    pub const fn col(self) -> u32 {
        self.col
    }

    /// The cell in the same row, another column.
    pub const fn with_col(self, col: u32) -> Option<Self> {
        Self::new(self.row, col)
    }

    /// The cell in the same column, another row.
    pub const fn with_row(self, row: u32) -> Option<Self> {
        Self::new(row, self.col)
    }

    /// `$A$1`.
    pub fn absolute(self) -> String {
        format!("${}${}", column_letters(self.col), self.row.saturating_add(1))
    }
}

/// The letters of a zero-based column: 0 is `A`, 26 is `AA`.
pub fn column_letters(col: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = col;
    loop {
        let digit = u8::try_from(rest.checked_rem(26).unwrap_or(0)).unwrap_or(0);
        letters.push(char::from(b'A'.saturating_add(digit)));
        match rest.checked_div(26).and_then(|r| r.checked_sub(1)) {
            Some(next) => rest = next,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.col), self.row.saturating_add(1))
    }
}

impl FromStr for CellRef {
    type Err = AddressError;

    /// Reads `A1`, `$A$1`, `a1`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || AddressError(text.chars().take(40).collect());
        let rest = text.strip_prefix('$').unwrap_or(text);
        let digits_at = rest.find(|c: char| !c.is_ascii_alphabetic()).ok_or_else(error)?;
        let (letters, digits) = rest.split_at(digits_at);
        let digits = digits.strip_prefix('$').unwrap_or(digits);
        if letters.is_empty() || letters.len() > 3 || digits.is_empty() || digits.len() > 7 {
            return Err(error());
        }
        if digits.starts_with('0') || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(error());
        }
        let mut col: u32 = 0;
        for byte in letters.bytes() {
            let digit = u32::from(byte.to_ascii_uppercase().saturating_sub(b'A')).saturating_add(1);
            col = col.saturating_mul(26).saturating_add(digit);
        }
        let row: u32 = digits.parse().map_err(|_| error())?;
        Self::new(row.saturating_sub(1), col.saturating_sub(1)).ok_or_else(error)
    }
}

/// A rectangle of cells; `first` is its top left, `last` its bottom right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RangeRef {
    /// Top left.
    pub first: CellRef,
    /// Bottom right.
    pub last: CellRef,
}

impl RangeRef {
    /// The rectangle that two opposite corners span.
    pub fn new(a: CellRef, b: CellRef) -> Self {
        Self {
            first: CellRef { row: a.row.min(b.row), col: a.col.min(b.col) },
            last: CellRef { row: a.row.max(b.row), col: a.col.max(b.col) },
        }
    }

    /// Whether the cell lies inside.
    pub fn contains(&self, cell: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.col..=self.last.col).contains(&cell.col)
    }

    /// `$A$1:$B$2`.
    pub fn absolute(&self) -> String {
        format!("{}:{}", self.first.absolute(), self.last.absolute())
    }
}

impl fmt::Display for RangeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}:{}", self.first, self.last)
        }
    }
}

impl FromStr for RangeRef {
    type Err = AddressError;

    /// Reads `A1:B2`, `A1` as a range of one cell, and whole columns and rows: `A:B`, `1:3`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (a, b) = text.split_once(':').unwrap_or((text, text));
        match whole(a, b) {
            Some(range) => Ok(range),
            None => Ok(Self::new(a.parse()?, b.parse()?)),
        }
    }
}

/// Whole columns (`A` and `$B`) or rows (`1` and `$3`).
fn whole(a: &str, b: &str) -> Option<RangeRef> {
    let is = |text: &str, what: fn(&u8) -> bool| {
        let plain = text.strip_prefix('$').unwrap_or(text);
        !plain.is_empty() && plain.as_bytes().iter().all(what)
    };
    let cell = |text: String| text.parse::<CellRef>().ok();
    if is(a, u8::is_ascii_alphabetic) && is(b, u8::is_ascii_alphabetic) {
        let (first, last) = (cell(format!("{a}1"))?, cell(format!("{b}{MAX_ROWS}"))?);
        return Some(RangeRef::new(first, last));
    }
    if is(a, u8::is_ascii_digit) && is(b, u8::is_ascii_digit) {
        let (first, last) = (cell(format!("A{a}"))?, cell(format!("XFD{b}"))?);
        return Some(RangeRef::new(first, last));
    }
    None
}

/// A cell of a run: the sheet and the cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellAt {
    /// The sheet.
    pub sheet: SheetId,
    /// The cell.
    pub cell: CellRef,
}

impl CellAt {
    /// The cell of the sheet.
    pub fn new(sheet: impl Into<SheetId>, cell: CellRef) -> Self {
        Self { sheet: sheet.into(), cell }
    }
}

impl CellAt {
    /// The cell as people say it: `自评表G14`, of another file `自评表（自评表.xlsx）G14`.
    pub fn spoken(&self) -> String {
        let sheet = self.sheet.spoken();
        // Letters and digits would run together.
        let between = if sheet.ends_with(|last: char| last.is_ascii_alphanumeric()) { " " } else { "" };
        format!("{sheet}{between}{}", self.cell)
    }
}

/// Cells as people list them, each as it is said: of those that follow each other on one sheet the sheet once.
pub fn together<'c>(cells: impl IntoIterator<Item = &'c CellAt>, said: impl Fn(&CellAt) -> String) -> String {
    let mut words = String::new();
    let mut sheet = None;
    for at in cells {
        if sheet == Some(&at.sheet) {
            words.push_str(&format!("、{}", at.cell));
        } else {
            words.push_str(if words.is_empty() { "" } else { "；" });
            words.push_str(&said(at));
        }
        sheet = Some(&at.sheet);
    }
    words
}

impl fmt::Display for CellAt {
    /// `'sheet'!A1`, the form of `cell` in JSON and of links.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}!{}", quote_sheet(&self.sheet.to_string()), self.cell)
    }
}

impl FromStr for CellAt {
    type Err = AddressError;

    /// Reads `'sheet'!$A$1`, `sheet!A1`, `'[file]sheet'!A1`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || AddressError(text.chars().take(40).collect());
        let (sheet, cell) = text.rsplit_once('!').ok_or_else(error)?;
        let quoted = sheet.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        let sheet = quoted.map_or_else(|| sheet.to_owned(), |inside| inside.replace("''", "'"));
        let id = match sheet.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((file, name)) => SheetId::of_file(Some(&file.into()), name),
            None => SheetId::new(sheet),
        };
        if id.name.is_empty() {
            return Err(error());
        }
        Ok(Self::new(id, cell.parse()?))
    }
}

impl Serialize for CellAt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A range of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RangeAt {
    /// The sheet.
    pub sheet: SheetId,
    /// The range.
    pub range: RangeRef,
}

/// A sheet's name between apostrophes, as formulas need it; apostrophes inside are doubled.
pub fn quote_sheet(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}
