//! How a sheet of ours shows what it holds, as the record says it, and what a number format makes of a cell.

use crate::base::{CellRef, Number};
use crate::sheet::format::number_format;
use crate::sheet::sections::{section_of, sections};
use crate::sheet::{Cell, NumberFormat, UNREAD, Value};
use crate::xlsx::Series;

/// The number format of a cell that shows what it holds.
pub(super) const GENERAL: &str = "General";
/// What is said in the place of a value that nobody sees.
const UNSEEN: &str = "（不显示）";

/// Between the words of a view.
const BETWEEN: char = '\u{1f}';

/// One thing of how a sheet of ours shows what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// Its cells are protected.
    Protected,
    /// What a chart draws.
    Series(Series),
    /// The number format of these cells; all others have `General`.
    Format {
        /// The format.
        code: String,
        /// The cells.
        cells: Vec<CellRef>,
    },
}

impl View {
    /// As the record holds it: what it is, and its words.
    pub(super) fn told(&self) -> (String, String) {
        match self {
            Self::Protected => ("protected".to_owned(), String::new()),
            Self::Series(Series { name, labels, values }) => {
                (["series", labels, values].join(&BETWEEN.to_string()), name.clone())
            }
            Self::Format { code, cells } => {
                let cells: Vec<String> = cells.iter().map(ToString::to_string).collect();
                (["format", &cells.join(" ")].join(&BETWEEN.to_string()), code.clone())
            }
        }
    }

    pub(super) fn decoded(content: &str, shown: &str) -> Option<Self> {
        let (word, rest) = content.split_once(BETWEEN).unwrap_or((content, ""));
        Some(match word {
            "protected" => Self::Protected,
            "series" => {
                let (labels, values) = rest.split_once(BETWEEN)?;
                let (name, labels, values) = (shown.to_owned(), labels.to_owned(), values.to_owned());
                Self::Series(Series { name, labels, values })
            }
            "format" => {
                let cells = rest.split(' ').filter_map(|cell| cell.parse().ok()).collect();
                Self::Format { code: shown.to_owned(), cells }
            }
            _ => return None,
        })
    }
}

/// Whether a person sees the same of a cell by two number formats. By the one that it has now a number may be no number any
/// more (`"97.5"` shows words): no format of ours does that.
pub(super) fn is_same(code: &str, other: &str, cell: &Cell) -> bool {
    code == other || !is_lost(cell) && even(code, cell) == even(other, cell)
}

/// Whether the format of a cell hides what it holds.
pub(super) fn is_lost(cell: &Cell) -> bool {
    cell.shown() == UNREAD
}

/// What a person sees of a cell by a number format.
pub(super) fn seen(code: &str, cell: &Cell) -> String {
    match &cell.value {
        Value::Text(text) => text_by(code, text),
        Value::Number(number) => by_section(&section_of(code, *number), cell, *number),
        Value::Date(_) | Value::Empty | Value::Bool(_) | Value::Error(_) | Value::Unrepresentable(_) => {
            cell.shown()
        }
    }
}

/// The same without zeros at the end, which say nothing, and with what kind of number it is.
fn even(code: &str, cell: &Cell) -> (bool, String) {
    let shown = seen(code, cell);
    let digits = shown.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'))).unwrap_or(shown.len());
    let (digits, unit) = shown.split_at(digits);
    let number: Option<Number> = digits.parse().ok();
    let shown = number.map_or_else(|| shown.clone(), |number| format!("{}{unit}", number.normalize()));
    (number_format(code) == NumberFormat::Date, shown)
}

fn by_section(section: &str, cell: &Cell, number: Number) -> String {
    let letters = letters(section);
    let meaning = number_format(section);
    let shows_digits = meaning != NumberFormat::General || section.to_lowercase().contains("general");
    let shown = Cell { value: Value::Number(number), format: meaning, ..cell.clone() }.shown();
    // A digit that stands in the format is none of the number.
    match (shows_digits, letters.chars().any(char::is_numeric)) {
        (true, true) => format!("{shown}{letters}"),
        (true, false) => shown,
        (false, _) if letters.trim().is_empty() => UNSEEN.to_owned(),
        (false, _) => letters,
    }
}

fn text_by(code: &str, text: &str) -> String {
    let sections = sections(code);
    let of_text = |section: &&String| plain(section).contains('@');
    let Some(section) = sections.get(3).or_else(|| sections.last().filter(of_text)) else {
        return text.to_owned();
    };
    let letters = letters(section);
    match (of_text(&section), letters.trim().is_empty()) {
        (true, true) => text.to_owned(),
        (true, false) => format!("{text}{letters}"),
        (false, true) => UNSEEN.to_owned(),
        (false, false) => letters,
    }
}

/// The letters that a section shows as they are, signs and spaces aside.
fn letters(section: &str) -> String {
    parts(section).0
}

/// A section without what is quoted, escaped or in brackets.
fn plain(section: &str) -> String {
    parts(section).1
}

fn parts(section: &str) -> (String, String) {
    let (mut letters, mut plain) = (String::new(), String::new());
    let mut chars = section.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => letters.extend(chars.by_ref().take_while(|c| *c != '"')),
            '\\' | '!' => letters.extend(chars.next()),
            '_' | '*' => drop(chars.next()),
            '[' => drop(chars.by_ref().find(|c| *c == ']')),
            c if !c.is_ascii() => letters.push(c),
            c => plain.push(c),
        }
    }
    (letters, plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Cell {
        Cell { value: Value::Number(text.parse().expect("a number")), ..Cell::default() }
    }

    #[test]
    fn a_format_that_shows_another_number_is_known() {
        for (code, value, wanted) in [
            ("General", "87.5", "87.5"),
            ("0.00", "87.5", "87.50"),
            ("\"97.5\"", "87.5", "97.5"),
            ("0\"0\"", "8", "80"),
            (";;;", "8", "（不显示）"),
            ("0;0;\"3\"", "0", "3"),
            ("[=0]0;[Red]General", "0", "0"),
            ("[=0]0;[Red]General", "2.5", "2.5"),
            ("[>=60]\"合格\";0", "87.5", "合格"),
            ("0.0\"分\"", "87.5", "87.5"),
            ("0%", "0.875", "88%"),
            ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", "87.5", "87.50"),
        ] {
            assert_eq!(seen(code, &number(value)), wanted, "{code} of {value}");
        }
        let reason = Cell::text("扣1分。");
        assert_eq!(seen(";;;", &reason), "（不显示）");
        assert_eq!(seen("General;General;General;\"无\"", &reason), "无");
        assert_eq!(seen("0.00_);@_)", &reason), "扣1分。");
    }

    #[test]
    fn formats_that_show_the_same_are_the_same() {
        let cell = number("87.5");
        assert!(is_same("General", "0.00", &cell) && is_same("#,##0.00", "0.00_ ", &cell));
        assert!(is_same("[=0]0;[Red]General", "[=0]0;[RED]General", &cell));
        for other in ["0", "0%", "\"87.5\"0", "yyyy-mm-dd", "0.0,", ";;;", "0.0\"万元\""] {
            assert!(!is_same("General", other, &cell), "{other}");
        }
    }
}
