//! Text in and out of XML, and the escapes that SpreadsheetML puts on top of XML's.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Resolves entities; an unknown one stays as it is. CR LF and CR become LF as XML asks.
pub(crate) fn unescape(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes);
    if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        text = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return text.into_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest: &str = &text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        // The longest reference is `&#x10FFFF;`.
        let reference =
            after.bytes().take(10).position(|b| b == b';').and_then(|end| after.split_at_checked(end));
        if let Some((character, tail)) =
            reference.and_then(|(name, tail)| Some((entity(name)?, tail.get(1..)?)))
        {
            out.push(character);
            rest = tail;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    // Programs that write ASCII alone have one for every Chinese character.
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// Escapes text between tags; characters XML cannot hold are dropped.
pub(crate) fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars().filter(|c| is_xml(*c)) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            other => out.push(other),
        }
    }
    out
}

/// Escapes text for an attribute value between double quotes.
pub(crate) fn escape_attr(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars().filter(|c| is_xml(*c)) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            other => out.push(other),
        }
    }
    out
}

/// Escapes a cell's or note's text (`ST_Xstring)`: what XML cannot hold becomes `_xHHHH_`, and a text that
/// happens to contain such an escape keeps meaning itself.
pub(crate) fn escape_cell_text(text: &str) -> String {
    let mut marked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if is_escape(rest) {
            marked.push_str("_x005F_");
        } else if !is_xml(character) || character == '\r' {
            _ = write!(marked, "_x{:04X}_", u32::from(character));
        } else {
            marked.push(character);
        }
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
    }
    escape_text(&marked)
}

/// Reads an `ST_Xstring`: entities are resolved already, `_xHHHH_` are not.
pub(crate) fn unescape_cell_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let code =
            if is_escape(rest) { rest.get(2..6).and_then(|h| u32::from_str_radix(h, 16).ok()) } else { None };
        if let Some(decoded) = code.and_then(char::from_u32) {
            out.push(decoded);
            rest = rest.get(7..).unwrap_or_default();
        } else {
            out.push(character);
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
        }
    }
    out
}

/// Whether the text begins with `_xHHHH_`.
fn is_escape(text: &str) -> bool {
    match text.as_bytes().first_chunk::<7>() {
        Some([b'_', b'x', hex @ .., b'_']) => hex.iter().all(u8::is_ascii_hexdigit),
        _ => false,
    }
}

/// Whether XML 1.0 can hold the character.
fn is_xml(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cell_text_survives_what_xml_cannot_hold() {
        for text in
            ["a\u{1}b", "_x0041_", "_x005F_x0041_", "a\r\nb", "=SUM(A1)", "<&>\"'", "_x00", "绩\u{ffff}效"]
        {
            let written = escape_cell_text(text);
            assert_eq!(unescape_cell_text(&unescape(written.as_bytes())), text, "{written}");
        }
        assert_eq!(escape_cell_text("_x0041_"), "_x005F_x0041_");
        assert_eq!(escape_cell_text("\u{1}"), "_x0001_");
    }

    #[test]
    fn entities_are_resolved_and_unknown_ones_kept() {
        assert_eq!(unescape(b"&#20013;&#x4E2D;&lt;&nbsp;&;&#xFFFFFFFF; &"), "中中<&nbsp;&;&#xFFFFFFFF; &");
    }
}
