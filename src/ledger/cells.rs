//! Small readings of a row's cells that several files share.

use std::borrow::Cow;

use crate::sheet::{Item, Row};

/// The trimmed text of a column; a number or day as shown; empty for nothing.
pub(super) fn text<'r>(row: &'r Row<'_>, col: Option<u32>) -> Cow<'r, str> {
    match col.map_or(Item::Blank, |col| row.get(col)) {
        Item::Text(Cow::Borrowed(cell)) => Cow::Borrowed(trimmed(cell)),
        Item::Text(Cow::Owned(cell)) => Cow::Owned(cell.trim().to_owned()),
        Item::Number(number) => Cow::Owned(number.to_string()),
        Item::Date(day) => Cow::Owned(day.to_string()),
        Item::Unreadable(cell) => cell,
        Item::Blank | Item::FormulaWithoutValue => Cow::Borrowed(""),
    }
}

/// The text without spaces around it; most have none, which the bytes at its ends tell.
fn trimmed(cell: &str) -> &str {
    // The first bytes of the Chinese characters, of which none is a space.
    let chinese = |byte: &u8| matches!(byte, 0xE4..=0xE9);
    let begins = |bytes: &[u8]| bytes.first().is_some_and(|byte| byte.is_ascii_graphic() || chinese(byte));
    let ends = |bytes: &[u8]| match bytes {
        [.., first, _, _] if chinese(first) => true,
        [.., last] => last.is_ascii_graphic(),
        [] => false,
    };
    let bytes = cell.as_bytes();
    if begins(bytes) && ends(bytes) { cell } else { cell.trim() }
}

/// All texts of a row but the direction, without spaces: a label may be spread over cells (合 | 计).
pub(super) fn joined_text(row: &Row<'_>, direction: Option<u32>) -> String {
    let mut joined = String::new();
    for (col, item) in row.items() {
        if let Item::Text(cell) = item
            && Some(col) != direction
        {
            joined.extend(cell.chars().filter(|c| !c.is_whitespace()));
        }
    }
    joined
}

/// `2022年` → 2022.
pub(super) fn bare_year(cell: &str) -> Option<i16> {
    let digits = cell.strip_suffix("年度").or_else(|| cell.strip_suffix('年'))?;
    (digits.len() == 4).then(|| digits.parse().ok()).flatten()
}

/// `：5001.02.07 农村饮用水`, behind the label of an account → code and name.
pub(super) fn account_after(label: &str) -> Option<(String, String)> {
    let rest = label.trim_start().strip_prefix(['：', ':'])?.trim_start();
    let code_end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'))).unwrap_or(rest.len());
    let (code, name) = rest.split_at_checked(code_end)?;
    let name = name.trim_start_matches([' ', '-', '_', '\u{3000}', '/', '（', '(', '[', '【']);
    let name = name.split(['\u{3000}', '\t']).next().unwrap_or(name);
    let name = name.split("  ").next().unwrap_or(name).trim();
    (!code.is_empty() || !name.is_empty())
        .then(|| (code.trim_matches(['.', '-']).to_owned(), name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_around_a_text_go() {
        for (cell, bare) in [
            ("付款", "付款"),
            (" a", "a"),
            ("款\u{3000}", "款"),
            ("\u{a0}中a\t", "中a"),
            ("é ", "é"),
            ("", ""),
            ("　", ""),
        ] {
            assert_eq!(trimmed(cell), bare);
        }
    }
}
