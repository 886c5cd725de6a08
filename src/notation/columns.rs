//! Forms that split a target over sign, value and unit columns, in any order and with cells that slipped.

use super::numeral::scan_number;
use super::read::{Hints, Role, Unread, Why};
use super::sign::{Sign, scan_sign};
use super::unit::{Measure, measure, scan_measure};
use super::width::normalise;
use crate::words::{Class, Words, list};

/// What the three cells of a row say, each put where it belongs.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The plain value text.
    pub(super) value: String,
    /// The sign column's sign.
    pub(super) sign: Option<Sign>,
    /// The unit column's unit.
    pub(super) unit: Option<Measure>,
    /// The row is marked 定性.
    pub(super) qualitative: bool,
}

/// What one cell of the three can be.
enum CellMeaning {
    Nothing,
    Qualitative,
    Sign(Sign),
    Other(String),
}

fn part(text: &str, words: Option<&Words>) -> CellMeaning {
    let plain = normalise(text);
    let text = plain.as_str().trim();
    if text.is_empty() || list::COLUMN_BLANK.has(text) {
        return CellMeaning::Nothing;
    }
    if list::QUALITATIVE.has(text) {
        return CellMeaning::Qualitative;
    }
    let words = words.unwrap_or(Words::shipped());
    if words.of(Class::FloorSigns).has(text) {
        return CellMeaning::Sign(Sign::AtLeast);
    }
    if words.of(Class::CapSigns).has(text) {
        return CellMeaning::Sign(Sign::AtMost);
    }
    match scan_sign(text) {
        Some((sign, taken)) if taken == text.len() => CellMeaning::Sign(sign),
        _ => CellMeaning::Other(text.to_owned()),
    }
}

/// Sorts the cells of a row. The value's own cell is `value`, already plain and trimmed.
pub(super) fn sort(value: &str, hints: &Hints) -> Result<Columns, Unread> {
    let mut columns = Columns { value: value.to_owned(), ..Columns::default() };
    let mut loose = Vec::new();
    for text in [hints.sign, hints.unit].into_iter().flatten() {
        match part(text, hints.words) {
            CellMeaning::Nothing => {}
            CellMeaning::Qualitative => columns.qualitative = true,
            CellMeaning::Sign(sign) => columns.sign = Some(sign),
            CellMeaning::Other(words) => loose.push(words),
        }
    }
    if hints.role == Role::Actual {
        // The columns belong to the target; of them, the actual shares the unit only.
        columns.sign = None;
        columns.unit =
            if columns.qualitative { None } else { loose.iter().rev().find_map(|words| measure(words)) };
        return Ok(columns);
    }
    columns.qualitative |= matches!(part(&columns.value, hints.words), CellMeaning::Qualitative);
    if columns.value.is_empty() || is_slipped(&columns.value, hints.words) {
        // The value slipped into another column: it is the one that is no unit.
        if let Some(at) = loose.iter().position(|words| is_value(words, columns.qualitative)) {
            let own = std::mem::replace(&mut columns.value, loose.remove(at));
            match part(&own, hints.words) {
                CellMeaning::Sign(sign) => columns.sign = Some(sign),
                CellMeaning::Qualitative => columns.qualitative = true,
                CellMeaning::Other(words) => loose.push(words),
                CellMeaning::Nothing => {}
            }
        }
    }
    for words in loose {
        match measure(&words) {
            Some(unit) if columns.unit.is_none() => columns.unit = Some(unit),
            _ => return Err(Unread::new(&words, Why::NotUnderstood)),
        }
    }
    Ok(columns)
}

/// Whether a unit column holds what is no unit that is known, and no value that slipped into it: what the number beside it
/// counts is told there, and in no other place.
pub(super) fn is_unread_unit(text: &str, words: Option<&Words>) -> bool {
    match part(text, words) {
        CellMeaning::Other(words) => {
            measure(&words).is_none() && (words.contains('/') || !is_value(&words, false))
        }
        _ => false,
    }
}

/// Whether the value's cell holds what belongs into another column.
fn is_slipped(value: &str, words: Option<&Words>) -> bool {
    matches!(part(value, words), CellMeaning::Sign(_) | CellMeaning::Qualitative)
        || scan_measure(value).is_some_and(|(_, taken)| taken == value.len())
}

/// Whether a stray cell is the value: it begins with a number, or the row is 定性 and it holds words.
fn is_value(words: &str, qualitative: bool) -> bool {
    qualitative || scan_number(words).is_some() || scan_sign(words).is_some()
}
