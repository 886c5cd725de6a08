//! The plain number that a cell shows, for comparing columns of amounts.

use super::view::Item;
use crate::base::Number;
use crate::sheet::{NumberFormat, Value};
use crate::words::list;

/// The number of a cell, or of a text that is nothing but one (`¥1,234.50`); a day is none.
pub(super) fn figure(item: &Item<'_>) -> Option<Number> {
    match &item.cell.value {
        Value::Number(_) if item.cell.format == NumberFormat::Date => None,
        Value::Number(number) => Some(*number),
        Value::Text(_) => {
            let plain: String = item.key.chars().filter(|c| *c != ',').collect();
            let digits = list::YUAN_BEFORE.strip(&plain).unwrap_or(&plain);
            digits.trim_end_matches('元').parse().ok()
        }
        _ => None,
    }
}
