//! Foreign text made visible. A name or a cell may hold what a terminal obeys (ESC), what turns a line round (U+202E) or
//! what nobody sees (U+200B); wherever such text leaves this program it shows as signs, and stays on its line.
//!
//! | where | by |
//! |---|---|
//! | one line of a terminal, a receipt, a log | [`printable`] |
//! | a text of several lines that are ours | [`printable_lines`] |
//! | a cell or note of a workbook | [`printable_cell`] |
//! | JSON | [`printable_json`]: escaped, so that a program reads the text as it is |

use std::borrow::Cow;
use std::fmt::Write as _;

/// The sign of a line break.
const BREAK: char = '↵';

/// A text as one line in which every character is seen.
pub fn printable(text: &str) -> Cow<'_, str> {
    seen(text, is_hidden, |c| match c {
        '\n' => Some(BREAK),
        '\t' => Some(' '),
        _ => None,
    })
}

/// A text with signs in the place of the characters that are bad where it goes; `instead` says of some what they become.
fn seen(text: &str, is_bad: impl Fn(char) -> bool, instead: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    if !text.chars().any(&is_bad) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, instead(c)) {
            ('\r', _) if chars.peek() == Some(&'\n') => {}
            (_, Some(other)) => out.push(other),
            (c, None) => push_sign(&mut out, c, is_bad(c)),
        }
    }
    Cow::Owned(out)
}

/// The same of each line of a text whose line breaks are ours.
pub fn printable_lines(text: &str) -> String {
    text.split('\n').map(printable).collect::<Vec<_>>().join("\n")
}

/// Adds a line.
pub fn push_line(out: &mut String, line: &str) {
    out.push_str(&printable(line));
    out.push('\n');
}

/// A text as a cell or note of a workbook can hold it for every program: line breaks and tabs stay, and so does what has no
/// width, for a formula that follows the cell it came from would show it all the same.
pub fn printable_cell(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || is_turning(c);
    seen(text, is_bad, |c| (c == '\r').then_some('\n'))
}

/// JSON text without a raw character that is not seen. Outside of its strings JSON has no such characters but line breaks,
/// so escaping them changes no value.
pub fn printable_json(json: String) -> String {
    let is_raw = |c: char| is_hidden(c) && c != '\n';
    if !json.chars().any(is_raw) {
        return json;
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_raw(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

fn push_sign(out: &mut String, c: char, hidden: bool) {
    let code = u32::from(c);
    match c {
        _ if !hidden => out.push(c),
        // The pictures of control characters stand in their order.
        '\0'..='\u{1f}' => out.push(char::from_u32(code.saturating_add(0x2400)).unwrap_or('␦')),
        '\u{7f}' => out.push('␡'),
        // Writing to a String cannot fail.
        _ => _ = write!(out, "<U+{code:04X}>"),
    }
}

/// Whether a character is obeyed or unseen rather than shown.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || is_turning(c)
        || matches!(c,
            '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a character turns the direction of a text, or ends a line without being a line feed.
pub fn is_turning(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{printable, printable_cell, printable_json, printable_lines};

    #[test]
    fn what_is_obeyed_or_unseen_becomes_signs() {
        let hostile = "a\u{1b}[31m\u{7}b\n判定：已评分\r\n\u{202e}c\u{200b}\u{9b}\u{7f}\t。";
        let shown = "a␛[31m␇b↵判定：已评分↵<U+202E>c<U+200B><U+009B>␡ 。";
        assert_eq!(printable(hostile), shown);
        assert_eq!(printable_lines("一\u{1b}\n二"), "一␛\n二");
        assert_eq!(printable_cell("a\u{1b}\r\nb\tc\u{202e}\u{200b}\r"), "a␛\nb\tc<U+202E>\u{200b}\n");
        assert_eq!(printable("项目（一）—— 100%，“好”"), "项目（一）—— 100%，“好”");
    }

    #[test]
    fn json_says_the_same_in_plain_characters() {
        let text = "a\u{7f}\u{9b}\u{202e}\u{e0041}\u{1b}\n\u{2028}";
        let json = printable_json(serde_json::to_string_pretty(&[text]).expect("JSON"));
        assert!(!json.chars().any(|c| super::is_hidden(c) && c != '\n'), "{json:?}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).expect("JSON"), [text]);
    }
}
