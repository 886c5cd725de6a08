//! What is known of the workbook's cells while the edits are made, so that every formula gets its value.

use std::collections::HashMap;

use super::across_files::fixed;
use super::sheet::Content;
use crate::base::{CellAt, RangeAt};
use crate::expr::{self, Env, Expr, Value};
use crate::model::Entry;
use crate::returned::content;
use crate::sheet;

/// Cells that a range may have at most to be added up here; larger ones (ledgers) are summed as they stream.
const MAX_RANGE_CELLS: u64 = 100_000;

/// Values by cell. A cell that is not known is blank.
#[derive(Debug, Default)]
pub(super) struct KnownCells {
    cells: HashMap<CellAt, Value>,
}

impl KnownCells {
    /// Remembers a value.
    pub(super) fn know(&mut self, at: CellAt, value: Value) {
        self.cells.insert(at, value);
    }

    /// What a cell holds now.
    pub(super) fn value(&self, at: &CellAt) -> Value {
        self.cells.get(at).cloned().unwrap_or(Value::Blank)
    }

    /// Remembers a cell of the original.
    pub(super) fn know_entry(&mut self, entry: &Entry) {
        if let Some(at) = &entry.at {
            self.know(at.clone(), original(&entry.cell.value));
        }
    }

    /// A formula with the value it has now; the value alone where no program could hold the formula.
    pub(super) fn formula(&self, expr: Expr) -> Content {
        let value = expr::eval(&expr, self);
        match expr::formula(&expr, None) {
            Ok(_) => Content::Formula { expr, value },
            Err(_) => fixed(&value),
        }
    }
}

impl Env for KnownCells {
    fn cell(&self, at: &CellAt) -> Value {
        self.value(at)
    }

    fn range(&self, at: &RangeAt) -> Option<Vec<Value>> {
        let (first, last) = (at.range.first, at.range.last);
        let rows = u64::from(last.row().saturating_sub(first.row())).saturating_add(1);
        let cols = u64::from(last.col().saturating_sub(first.col())).saturating_add(1);
        if rows.saturating_mul(cols) > MAX_RANGE_CELLS {
            return None;
        }
        let rows = first.row()..=last.row();
        let cells = rows.flat_map(|row| (first.col()..=last.col()).map(move |col| (row, col)));
        let cells = cells.filter_map(|(row, col)| crate::base::CellRef::new(row, col));
        Some(cells.map(|cell| self.cell(&CellAt::new(at.sheet.clone(), cell))).collect())
    }
}

/// A cell's value as formulas see it: a date is its serial day.
pub(super) fn original(value: &sheet::Value) -> Value {
    match value {
        sheet::Value::Empty => Value::Blank,
        sheet::Value::Text(text) => Value::Text(text.clone()),
        sheet::Value::Number(number) => Value::Number(*number),
        sheet::Value::Date(date) => {
            content::serial(*date).map_or(Value::Error(expr::ErrorValue::Num), Value::Number)
        }
        sheet::Value::Bool(flag) => Value::Bool(*flag),
        sheet::Value::Error(_) | sheet::Value::Unrepresentable(_) => Value::Error(expr::ErrorValue::Value),
    }
}
