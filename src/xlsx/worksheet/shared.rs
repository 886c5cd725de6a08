//! Shared formulas: handing the formula on when its first cell is overwritten.

use super::index::SheetIndex;
use super::site::{FormulaSite, SharedGroup};
use crate::base::CellRef;
use crate::base::address::column_letters;
use crate::base::limits::{MAX_COLUMNS, MAX_ROWS};
use crate::package::xml::{Splices, Tag, escape_text};

/// What overwriting a cell means for those that share its formula.
pub(crate) enum Succession<'a> {
    /// Nobody depends on it.
    None,
    /// The heir takes the formula over.
    Heir(&'a SharedGroup),
    /// It cannot be handed on with certainty.
    Impossible,
}

/// Who takes over when the formula at `cell` goes.
pub(crate) fn succession<'a>(index: &'a SheetIndex, cell: CellRef, formula: &FormulaSite) -> Succession<'a> {
    let tag = Tag(&formula.tag);
    if tag.raw(b"t") != Some(b"shared") {
        return Succession::None;
    }
    let Some(si) = tag.number("si").filter(|_| !index.shared_overflow) else { return Succession::Impossible };
    let earlier =
        index.earlier_shared.iter().find(|(i, g)| *i == si && g.master == Some(cell)).map(|(_, g)| g);
    let Some(group) = earlier.or(index.shared.get(&si)) else { return Succession::Impossible };
    if group.heir.is_none() {
        return Succession::None;
    }
    if group.master == Some(cell) {
        let handed_on = group.heir.as_ref().and_then(|(heir, _)| shift(&formula.text, cell, *heir));
        return if handed_on.is_some() { Succession::Heir(group) } else { Succession::Impossible };
    }
    // A dependent goes: the formula stays with its master, unless there is none that can be seen.
    if group.master.is_some() || formula.text.is_empty() { Succession::None } else { Succession::Impossible }
}

/// Makes the heir the first cell of the shared formula.
pub(crate) fn hand_on(group: &SharedGroup, from: CellRef, text: &str, splices: &mut Splices) -> Option<()> {
    let (heir, site) = group.heir.as_ref()?;
    let extent = group.extent?;
    let shifted = shift(text, from, *heir)?;
    let extent =
        if extent.first == extent.last { format!("{0}:{0}", extent.first) } else { extent.to_string() };
    let tag = Tag(&site.tag).with("ref", Some(&extent));
    let open = Tag(&tag).opened();
    let element = [open, escape_text(&shifted).into_bytes(), Tag(&tag).end()].concat();
    splices.replace(site.range.clone(), element);
    Some(())
}

/// The formula as it reads in another cell: relative references move along. `None` when one leaves the
/// sheet or the formula is not understood.
pub(crate) fn shift(formula: &str, from: CellRef, to: CellRef) -> Option<String> {
    let rows = i64::from(to.row()).checked_sub(i64::from(from.row()))?;
    let cols = i64::from(to.col()).checked_sub(i64::from(from.col()))?;
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    while let Some(first) = rest.chars().next() {
        let len = match first {
            '"' | '\'' => quoted(rest, first)?,
            '[' => bracketed(rest)?,
            '#' => rest.find(['!', '?', 'A']).map_or(1, |_| error_len(rest)),
            c if c.is_ascii_digit() || c == '.' => {
                let len = number_len(rest);
                let after = rest.get(len..).unwrap_or_default();
                if after.starts_with(':') {
                    // Whole rows: 1:3.
                    let end = word_len(after.get(1..).unwrap_or_default());
                    let second = after.get(1..end.checked_add(1)?)?;
                    out.push_str(&shift_row(rest.get(..len)?, rows)?);
                    out.push(':');
                    out.push_str(&shift_row(second, rows)?);
                    rest = after.get(end.checked_add(1)?..)?;
                    continue;
                }
                len
            }
            c if is_word(c) => {
                let len = word_len(rest);
                let word = rest.get(..len)?;
                let after = rest.get(len..).unwrap_or_default();
                if !after.starts_with(['(', '!', '[']) {
                    if let Ok(cell) = word.parse() {
                        out.push_str(&shift_cell(word, cell, rows, cols)?);
                        rest = after;
                        continue;
                    }
                    if let Some((moved, used)) = shift_lines(word, after, rows, cols) {
                        out.push_str(&moved?);
                        rest = after.get(used..)?;
                        continue;
                    }
                }
                len
            }
            other => other.len_utf8(),
        };
        out.push_str(rest.get(..len)?);
        rest = rest.get(len..)?;
    }
    Some(out)
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '.' | '$' | '\\' | '?') || !character.is_ascii()
}

fn word_len(text: &str) -> usize {
    text.find(|c| !is_word(c)).unwrap_or(text.len())
}

/// The length of a number: digits, a point, an exponent.
fn number_len(text: &str) -> usize {
    let mantissa = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let tail = text.get(mantissa..).unwrap_or_default();
    let Some(exponent) = tail.strip_prefix(['E', 'e']) else { return mantissa };
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let count = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    if count == 0 {
        return mantissa;
    }
    let sign = exponent.len().saturating_sub(digits.len());
    mantissa.saturating_add(1).saturating_add(sign).saturating_add(count)
}

/// The length of an error value such as `#REF!`, `#DIV/0!`, `#N/A`; one for a bare `#`.
fn error_len(text: &str) -> usize {
    ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NUM!", "#VALUE!", "#NULL!"]
        .iter()
        .find(|e| text.starts_with(**e))
        .map_or(1, |e| e.len())
}

/// The length of a quoted run; doubled quotes stand for themselves.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut at = quote.len_utf8();
    loop {
        let found = text.get(at..)?.find(quote)?;
        at = at.checked_add(found)?.checked_add(1)?;
        if !text.get(at..)?.starts_with(quote) {
            return Some(at);
        }
        at = at.checked_add(1)?;
    }
}

/// The length of a bracketed run: a structured reference or a workbook's number.
fn bracketed(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, character) in text.char_indices() {
        match character {
            '[' => depth = depth.checked_add(1)?,
            ']' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return at.checked_add(1);
        }
    }
    None
}

/// A cell reference moved; `None` when it leaves the sheet.
fn shift_cell(word: &str, cell: CellRef, rows: i64, cols: i64) -> Option<String> {
    let fixed_col = word.starts_with('$');
    let fixed_row = word.trim_start_matches('$').contains('$');
    let moved = |at: u32, by: i64, fixed: bool| {
        if fixed { Some(at) } else { u32::try_from(i64::from(at).checked_add(by)?).ok() }
    };
    let target = moved(cell.row(), rows, fixed_row)
        .zip(moved(cell.col(), cols, fixed_col))
        .and_then(|(row, col)| CellRef::new(row, col))?;
    let mark = |fixed| if fixed { "$" } else { "" };
    let row = target.row().saturating_add(1);
    Some(format!("{}{}{}{row}", mark(fixed_col), column_letters(target.col()), mark(fixed_row)))
}

/// Whole columns (`A:$B`) or rows with a mark (`$1:2`) moved, and how much of `after` they take.
fn shift_lines(word: &str, after: &str, rows: i64, cols: i64) -> Option<(Option<String>, usize)> {
    let tail = after.strip_prefix(':')?;
    let second = tail.get(..word_len(tail))?;
    let used = second.len().checked_add(1)?;
    let digits = |w: &str| w.trim_start_matches('$').bytes().all(|b| b.is_ascii_digit());
    let letters = |w: &str| {
        let w = w.trim_start_matches('$');
        (1..=3).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_alphabetic())
    };
    let pair = if letters(word) && letters(second) {
        shift_column(word, cols).zip(shift_column(second, cols))
    } else if digits(word) && digits(second) {
        shift_row(word, rows).zip(shift_row(second, rows))
    } else {
        return None;
    };
    Some((pair.map(|(a, b)| format!("{a}:{b}")), used))
}

fn shift_column(word: &str, cols: i64) -> Option<String> {
    if word.starts_with('$') {
        return Some(word.to_owned());
    }
    let col = format!("{word}1").parse::<CellRef>().ok()?.col();
    let moved = u32::try_from(i64::from(col).checked_add(cols)?).ok().filter(|c| *c < MAX_COLUMNS)?;
    Some(column_letters(moved))
}

fn shift_row(word: &str, rows: i64) -> Option<String> {
    if word.starts_with('$') {
        return Some(word.to_owned());
    }
    let row: i64 = word.parse().ok()?;
    let moved = row.checked_add(rows)?;
    (1..=i64::from(MAX_ROWS)).contains(&moved).then(|| moved.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(formula: &str, from: &str, to: &str) -> Option<String> {
        shift(formula, from.parse().unwrap(), to.parse().unwrap())
    }

    #[test]
    fn relative_references_move_and_fixed_ones_stay() {
        let cases = [
            ("A1+$A1+A$1+$A$1", "B2+$A2+B$1+$A$1"),
            ("SUM(A1:B2,C:C,$D:E,1:2,$3:4)", "SUM(B2:C3,D:D,$D:F,2:3,$3:5)"),
            ("LOG10(A1)&\"A1\"&'A1 x''y'!A1&Sheet1!A1", "LOG10(B2)&\"A1\"&'A1 x''y'!B2&Sheet1!B2"),
            ("表2!A1*1E5+1.5e-3+Q1", "表2!B2*1E5+1.5e-3+R2"),
            ("Table1[[#This Row],[A1]]+[1]Sheet1!A1", "Table1[[#This Row],[A1]]+[1]Sheet1!B2"),
            ("IF(A1=#REF!,#N/A,A1_x+ABCD1)", "IF(B2=#REF!,#N/A,A1_x+ABCD1)"),
        ];
        for (formula, expected) in cases {
            assert_eq!(moved(formula, "C3", "D4").as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_leaves_the_sheet_or_is_not_closed_is_not_guessed() {
        assert_eq!(moved("A1", "B2", "B1"), None);
        assert_eq!(moved("XFD1", "B2", "C2"), None);
        assert_eq!(moved("A:A", "B2", "A2"), None);
        assert_eq!(moved("\"A1", "B2", "B3"), None);
        assert_eq!(moved("T[A", "B2", "B3"), None);
    }
}
