//! Texts of a record: written so that every spreadsheet program keeps them, and compared so that no program's habits count.

use sha2::{Digest, Sha256};

use crate::base::{hexadecimal, is_turning};

/// Bytes of a digest: 128 bits.
const DIGEST: usize = 16;
/// Characters of a record's cell; Excel holds a little more.
const MAX_TOLD: usize = 30_000;
/// Characters that one of a text becomes in the record at most: `\\10ffff;`.
const MOST_OF_ONE: usize = 9;
/// Characters of what a person saw.
const MAX_SHOWN: usize = 1_000;
/// How a text is written that is too long for a cell of the record.
const LONG: &str = "sha256:";

/// A text with its line breaks as a cell has them.
pub(super) fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The digest of a text.
pub(super) fn digest(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hexadecimal(hash.get(..DIGEST).unwrap_or_default())
}

/// A content as the record holds it: as it is, or the digest of one that no cell of the record could hold.
pub(crate) fn held(content: String) -> String {
    let may_be_long = content.len() > MAX_TOLD / MOST_OF_ONE;
    if may_be_long && told(&content).chars().count() > MAX_TOLD {
        format!("{LONG}{}", digest(&content))
    } else {
        content
    }
}

/// As much of a text as so many characters of the record hold.
pub(super) fn fitting(text: &str, most: usize) -> String {
    let mut room = most;
    let fits = |c: &char| {
        room = room.saturating_sub(told(&c.to_string()).chars().count());
        room > 0
    };
    text.chars().take_while(fits).collect()
}

/// What a person saw, cut to what can be said of it.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(MAX_SHOWN).collect()
}

/// Whether a character may be lost or changed on its way through a spreadsheet program, or turns text round.
fn is_frail(c: char) -> bool {
    c.is_control() || is_turning(c) || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A text as a cell of the record holds it: one line, without a space at either end.
pub(super) fn told(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let at_an_end = out.is_empty() || chars.peek().is_none();
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            // `_x000A_` is how the format itself writes a character.
            '_' if chars.peek() == Some(&'x') => out.push_str("\\5f;"),
            c if is_frail(c) || (c.is_whitespace() && at_an_end) => {
                out.push_str(&format!("\\{:x};", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// The text that [`told`] wrote.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('\\') | None => out.push('\\'),
            Some(first) => {
                let code: String =
                    std::iter::once(first).chain(chars.by_ref().take_while(|c| *c != ';')).collect();
                out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_heard() {
        for text in ["", " a ", "a\\n", "\n\n", "x\u{7}y", "_x000A_", "\u{3000}缩进", "a\\", "=1+1", "\\5f;x"]
        {
            let once = told(text);
            assert_eq!(decoded(&once), text);
            assert!(!once.contains('\n') && once.trim() == once, "{once:?}");
        }
    }

    #[test]
    fn what_no_cell_holds_is_a_digest() {
        assert_eq!(held("短".to_owned()), "短");
        let long = "长".repeat(MAX_TOLD + 1);
        assert!(held(long.clone()).starts_with(LONG) && held(long.clone()) != held(long + "。"));
    }
}
