//! A sheet of the summary being filled, and what is known of all its cells, so that every formula has its value.

use std::collections::HashMap;

use crate::base::{CellAt, CellRef, Number, RangeAt, RangeRef};
use crate::expr::{self, Env, Expr, Func, Value};
use crate::present::{AddedSheet, Content, Look};

/// Values by sheet and cell.
#[derive(Debug, Default)]
pub(super) struct Known {
    sheets: HashMap<String, HashMap<CellRef, Value>>,
}

impl Env for Known {
    fn cell(&self, at: &CellAt) -> Value {
        let found = self.sheets.get(&at.sheet.name).and_then(|cells| cells.get(&at.cell));
        found.cloned().unwrap_or(Value::Blank)
    }

    fn range(&self, at: &RangeAt) -> Option<Vec<Value>> {
        let cells = self.sheets.get(&at.sheet.name);
        let (first, last) = (at.range.first, at.range.last);
        let mut values = Vec::new();
        for row in first.row()..=last.row() {
            for col in first.col()..=last.col() {
                let value = CellRef::new(row, col).and_then(|cell| cells?.get(&cell).cloned());
                values.push(value.unwrap_or(Value::Blank));
            }
        }
        Some(values)
    }
}

/// A sheet being filled.
pub(super) struct Page<'k> {
    pub(super) sheet: AddedSheet,
    known: &'k mut Known,
}

impl<'k> Page<'k> {
    /// An empty landscape sheet with a title, a line under it and column titles in the third row.
    pub(super) fn new(
        name: &str,
        widths: &[u16],
        titles: &[&str],
        subtitle: &str,
        known: &'k mut Known,
    ) -> Self {
        let last = u32::try_from(widths.len()).unwrap_or(1).saturating_sub(1);
        Self::printed(name, (widths, last), titles, subtitle, known)
    }

    /// The same with the last column that is printed.
    pub(super) fn printed(
        name: &str,
        (widths, last): (&[u16], u32),
        titles: &[&str],
        subtitle: &str,
        known: &'k mut Known,
    ) -> Self {
        let column_count = u32::try_from(widths.len()).unwrap_or(1);
        let mut sheet = AddedSheet::new(name, widths);
        sheet.landscape = true;
        sheet.printed_to = Some(last).filter(|last| *last < column_count.saturating_sub(1));
        sheet.title(name);
        sheet.across(1, Look::Subtitle, subtitle);
        let mut page = Self { sheet, known };
        page.header(2, titles);
        page
    }

    /// Column titles.
    pub(super) fn header(&mut self, row: u32, titles: &[&str]) {
        for (column, title) in (0_u32..).zip(titles) {
            self.text(row, column, Look::Header, *title);
        }
    }

    fn put(&mut self, row: u32, col: u32, look: Look, content: Content, value: Value) {
        if let Some(cell) = CellRef::new(row, col) {
            self.known.sheets.entry(self.sheet.name.clone()).or_default().insert(cell, value);
        }
        self.sheet.put(row, col, look, content);
    }

    /// A text.
    pub(super) fn text(&mut self, row: u32, col: u32, look: Look, text: impl Into<String>) {
        let text = text.into();
        if text.is_empty() {
            self.put(row, col, look, Content::Blank, Value::Blank);
        } else {
            self.put(row, col, look, Content::Text(text.clone()), Value::Text(text));
        }
    }

    /// A number, or nothing.
    pub(super) fn number(&mut self, row: u32, col: u32, look: Look, number: Option<Number>) {
        match number {
            Some(number) => self.put(row, col, look, Content::Number(number), Value::Number(number)),
            None => self.put(row, col, look, Content::Blank, Value::Blank),
        }
    }

    /// A count.
    pub(super) fn count(&mut self, row: u32, col: u32, count: usize) {
        self.number(row, col, Look::Plain, u32::try_from(count).ok().map(Number::from));
    }

    /// A formula with its value.
    pub(super) fn formula(&mut self, row: u32, col: u32, look: Look, expr: Expr) {
        let value = expr::eval(&expr, self.known);
        self.put(row, col, look, Content::Formula { expr, value: value.clone() }, value);
    }

    /// A link to a file.
    pub(super) fn file(&mut self, row: u32, col: u32, path: String, text: String) {
        let value = Value::Text(text.clone());
        self.put(row, col, Look::Link, Content::File { path, text }, value);
    }

    /// One of its cells, as an operand.
    pub(super) fn cell(&self, row: u32, col: u32) -> Expr {
        self.sheet.address(row, col).map_or_else(|| Expr::text(""), Expr::Cell)
    }

    /// A part of one of its columns, as an operand.
    pub(super) fn column(&self, col: u32, first: u32, last: u32) -> Expr {
        column(&self.sheet.name, col, first, last)
    }

    /// Filters on a table: its column titles, and all rows below.
    pub(super) fn filter(&mut self, header: u32, columns: usize, last: u32) {
        let right = u32::try_from(columns).unwrap_or(1).saturating_sub(1);
        let corners = CellRef::new(header, 0).zip(CellRef::new(last, right));
        self.sheet.filter = corners.map(|(first, last)| RangeRef::new(first, last));
        self.sheet.header_rows = Some((header, header));
    }
}

/// A part of a column of a sheet.
pub(super) fn column(sheet: &str, col: u32, first: u32, last: u32) -> Expr {
    match CellRef::new(first, col).zip(CellRef::new(last, col)) {
        Some((first, last)) => {
            Expr::Range(RangeAt { sheet: sheet.into(), range: RangeRef::new(first, last) })
        }
        None => Expr::text(""),
    }
}

/// `IF(ISNUMBER(test), then, "—")`.
pub(super) fn where_number(test: Expr, then: Expr) -> Expr {
    Expr::call(Func::IsNumber, [test]).choose(then, Expr::text("—"))
}

/// `IF(divisor>0, dividend/divisor, "—")`; a blank divisor is none.
pub(super) fn share(dividend: Expr, divisor: Expr) -> Expr {
    let sound =
        Expr::call(Func::And, [Expr::call(Func::IsNumber, [divisor.clone()]), divisor.clone().above(0)]);
    sound.choose(dividend.over(divisor), Expr::text("—"))
}

/// The place of a value among those of a column, the largest first: `COUNTIF(column, ">"&value)+1`.
pub(super) fn rank(value: Expr, column: Expr) -> Expr {
    let above = Expr::text(">").concat(value.clone());
    where_number(value, Expr::call(Func::CountIf, [column, above]).plus(1))
}
