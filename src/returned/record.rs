//! The record of what is ours as it is read back: a very hidden sheet, and a hidden defined name that follows each cell
//! wherever a person moves it. A cell that still holds its record is ours and is written anew; one that differs is a
//! person's from then on.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::base::{CellAt, hexadecimal};
use crate::ooxml::NAME_PREFIX;
use crate::sheet::{Cell, Sheet, Value};

/// The sheet's name.
pub const NAME: &str = "_jixiao";
/// What the record calls the digests of a sheet's texts.
pub const TEXTS: &str = "texts";
/// Records that are read back at most.
const MAX_RECORDS: u32 = 100_000;

/// The digest of a text: the first 32 bits of its SHA-256. It finds what a person changed; it is no seal.
pub fn digest(text: &str) -> String {
    let hash = Sha256::digest(plain(text).trim_end().as_bytes());
    hexadecimal(hash.get(..4).unwrap_or_default())
}

/// The same of a cell that was read.
pub(super) fn found(cell: &Cell) -> String {
    match (&cell.formula, &cell.value) {
        (Some(formula), _) => format!("={}", shape(formula)),
        (None, Value::Text(text)) => plain(text),
        // The format of the agency's cell shows it otherwise.
        (None, Value::Number(number)) => number.to_string(),
        (None, _) => cell.shown(),
    }
}

/// A text with its line breaks as a cell has them.
pub fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// A formula with every reference replaced by `#`, without spaces: what is left when rows are inserted or sheets
/// renamed. Texts between quotation marks stay as they are.
pub fn shape(formula: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    let mut chars = formula.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                flush(&mut out, &mut word, false);
                out.push('"');
                for inside in chars.by_ref() {
                    out.push(inside);
                    if inside == '"' {
                        break;
                    }
                }
            }
            '\'' => {
                // A quoted sheet name: part of a reference.
                for inside in chars.by_ref() {
                    if inside == '\'' {
                        break;
                    }
                }
                word.push('\'');
            }
            c if c.is_alphanumeric() || matches!(c, '$' | '!' | '.' | '_' | ':' | '\u{80}'..) => word.push(c),
            c => {
                flush(&mut out, &mut word, c == '(');
                if !c.is_whitespace() {
                    out.push(c);
                }
            }
        }
    }
    flush(&mut out, &mut word, false);
    out
}

/// Ends a word: a function's name and a number stay, a reference becomes `#`.
fn flush(out: &mut String, word: &mut String, is_function: bool) {
    let is_number = word.parse::<crate::base::Number>().is_ok();
    let has_reference = word.contains('!') || word.contains('$') || word.chars().any(|c| c.is_ascii_digit());
    if is_function || is_number || !has_reference {
        out.push_str(&word.to_uppercase());
    } else {
        out.push('#');
    }
    word.clear();
}

/// A line of the record as it is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recorded {
    pub(super) kind: String,
    /// The cell, where it is now.
    pub(super) at: CellAt,
    /// Whether the cell was deleted; then `at` is where it was.
    pub(super) is_gone: bool,
    pub(super) content: String,
    pub(super) replaced: String,
    pub(super) shown: String,
    pub(super) of: String,
}

/// The lines of a record: `names` are the workbook's defined names that refer to one cell.
pub(super) fn lines(record: &Sheet, names: &BTreeMap<String, CellAt>) -> Vec<Recorded> {
    // Where a program has dropped all names, cells are taken to stand where they stood.
    let followed = names.keys().any(|name| name.starts_with(NAME_PREFIX));
    let last = record.last_row().unwrap_or(0).min(MAX_RECORDS);
    let line = |row: u32| {
        let text = |column: u32| record.at(row, column).shown();
        let now = names.get(&text(0)).cloned();
        let is_gone = now.is_none() && followed;
        let written_at = || text(3).parse().ok().map(|cell| CellAt::new(text(2), cell));
        Some(Recorded {
            kind: text(1),
            at: now.or_else(written_at)?,
            is_gone,
            content: text(4),
            replaced: text(5),
            shown: text(6),
            of: text(7),
        })
    };
    (1..=last).filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn references_do_not_count_in_a_shape() {
        let before =
            shape("IF(EXACT('表2 评分表'!$I$11,'评分明细'!$G$32),ROUND(ROUND(1.5*F11,8),2),\"待重算\")");
        let after = shape("IF(EXACT(评分表!$I$12, $评分明细.$G$32),ROUND(ROUND(1.5*F12,8),2),\"待重算\")");
        assert_eq!(before, "IF(EXACT(#,#),ROUND(ROUND(1.5*#,8),2),\"待重算\")");
        assert_eq!(before, after);
        assert_ne!(before, shape("IF(EXACT(A1,B1),ROUND(ROUND(2.5*F11,8),2),\"待重算\")"));
        assert_eq!(shape("SUM(A1:B2)"), "SUM(#)");
    }
}
