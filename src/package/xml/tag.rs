//! A start tag and its attributes.

use std::ops::Range;

use super::scan::name_of;
use super::text::{escape_attr, unescape};

/// The bytes of a start tag, angle brackets included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag<'a>(pub(crate) &'a [u8]);

/// One attribute's places in its tag.
#[derive(Debug, Clone)]
struct AttributeRange {
    /// From the name's first byte to behind the closing quote.
    all: Range<usize>,
    name: Range<usize>,
    value: Range<usize>,
}

impl<'a> Tag<'a> {
    /// The name with its prefix.
    pub(crate) fn name(self) -> &'a [u8] {
        let start = if self.0.starts_with(b"</") { 2 } else { 1 };
        name_of(self.0.get(start..).unwrap_or_default())
    }

    /// The name without its prefix.
    pub(crate) fn local(self) -> &'a [u8] {
        split_name(self.name()).1
    }

    /// The prefix without its colon; empty when there is none.
    pub(crate) fn prefix(self) -> &'a [u8] {
        split_name(self.name()).0
    }

    /// Whether it closes itself.
    pub(crate) fn is_empty(self) -> bool {
        self.0.ends_with(b"/>")
    }

    /// The value of the attribute with exactly this name, entities unresolved.
    pub(crate) fn raw(self, name: &[u8]) -> Option<&'a [u8]> {
        let place = self.places().find(|p| self.0.get(p.name.clone()) == Some(name))?;
        self.0.get(place.value)
    }

    /// The value of the attribute with exactly this name.
    pub(crate) fn get(self, name: &str) -> Option<String> {
        self.raw(name.as_bytes()).map(unescape)
    }

    /// The value of an attribute with a prefix, whatever the prefix: `r:id` under any name for `r`.
    pub(crate) fn get_prefixed(self, local: &str) -> Option<String> {
        let place = self.places().find(|p| {
            let (prefix, found) = split_name(self.0.get(p.name.clone()).unwrap_or_default());
            !prefix.is_empty() && prefix != b"xmlns" && found == local.as_bytes()
        })?;
        self.0.get(place.value).map(unescape)
    }

    /// A whole number.
    pub(crate) fn number(self, name: &str) -> Option<u32> {
        parse_number(self.raw(name.as_bytes())?)
    }

    /// An XML boolean: `1`, `true`, `on`.
    pub(crate) fn flag(self, name: &str) -> Option<bool> {
        match self.raw(name.as_bytes())? {
            b"1" | b"true" | b"on" => Some(true),
            b"0" | b"false" | b"off" => Some(false),
            _ => None,
        }
    }

    /// All attributes: name and raw value.
    pub(crate) fn attributes(self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        self.places().filter_map(move |p| Some((self.0.get(p.name)?, self.0.get(p.value)?)))
    }

    /// The tag with the attribute set, in its place or behind the others; `None` takes it away.
    pub(crate) fn with(self, name: &str, value: Option<&str>) -> Vec<u8> {
        let place = self.places().find(|p| self.0.get(p.name.clone()) == Some(name.as_bytes()));
        let bytes = |range: Range<usize>| self.0.get(range).unwrap_or_default();
        let len = self.0.len();
        match (place, value) {
            (Some(place), Some(value)) => {
                [bytes(0..place.value.start), escape_attr(value).as_bytes(), bytes(place.value.end..len)]
                    .concat()
            }
            (Some(place), None) => {
                let head = bytes(0..place.all.start).trim_ascii_end();
                [head, bytes(place.all.end..len)].concat()
            }
            (None, Some(value)) => {
                let end = len.saturating_sub(if self.is_empty() { 2 } else { 1 });
                let attribute = format!(" {name}=\"{}\"", escape_attr(value));
                [bytes(0..end).trim_ascii_end(), attribute.as_bytes(), bytes(end..len)].concat()
            }
            (None, None) => self.0.to_vec(),
        }
    }

    /// The end tag that belongs to this start tag.
    pub(crate) fn end(self) -> Vec<u8> {
        [b"</", self.name(), b">"].concat()
    }

    /// The same tag, not closing itself.
    pub(crate) fn opened(self) -> Vec<u8> {
        match self.0.strip_suffix(b"/>") {
            Some(head) => [head.trim_ascii_end(), b">"].concat(),
            None => self.0.to_vec(),
        }
    }

    /// The same tag, closing itself.
    pub(crate) fn closed(self) -> Vec<u8> {
        match self.0.strip_suffix(b">") {
            Some(head) if !self.is_empty() => [head, b"/>"].concat(),
            _ => self.0.to_vec(),
        }
    }

    fn places(self) -> Places<'a> {
        let start = usize::from(self.0.starts_with(b"<"));
        let at = name_of(self.0.get(start..).unwrap_or_default()).len().saturating_add(start);
        Places { bytes: self.0, at }
    }
}

struct Places<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Iterator for Places<'_> {
    type Item = AttributeRange;

    fn next(&mut self) -> Option<AttributeRange> {
        let skip = |from: usize, what: fn(&u8) -> bool| {
            let rest = self.bytes.get(from..)?;
            Some(from.saturating_add(rest.iter().position(|b| !what(b))?))
        };
        let start = skip(self.at, u8::is_ascii_whitespace)?;
        let name_end = skip(start, |b| !matches!(b, b'=' | b' ' | b'\t' | b'\r' | b'\n' | b'>' | b'/'))?;
        if name_end == start {
            return None;
        }
        let equals = skip(name_end, u8::is_ascii_whitespace)?;
        if self.bytes.get(equals) != Some(&b'=') {
            return None;
        }
        let quote_at = skip(equals.saturating_add(1), u8::is_ascii_whitespace)?;
        let quote = self.bytes.get(quote_at).filter(|q| matches!(q, b'"' | b'\''))?;
        let value_start = quote_at.saturating_add(1);
        let value_end = value_start.saturating_add(memchr::memchr(*quote, self.bytes.get(value_start..)?)?);
        self.at = value_end.saturating_add(1);
        Some(AttributeRange { all: start..self.at, name: start..name_end, value: value_start..value_end })
    }
}

/// The attribute of a processing instruction's content.
pub(super) fn attribute<'a>(content: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let mut places = Places { bytes: content, at: 0 };
    let place = places.find(|p| content.get(p.name.clone()) == Some(name))?;
    content.get(place.value)
}

/// Prefix and local name.
fn split_name(name: &[u8]) -> (&[u8], &[u8]) {
    match memchr::memchr(b':', name) {
        Some(colon) => {
            (name.get(..colon).unwrap_or_default(), name.get(colon.saturating_add(1)..).unwrap_or_default())
        }
        None => (b"", name),
    }
}

/// Reads ASCII digits.
pub(crate) fn parse_number(digits: &[u8]) -> Option<u32> {
    let digits = digits.trim_ascii();
    if digits.is_empty() || digits.len() > 10 {
        return None;
    }
    digits.iter().try_fold(0_u32, |sum, byte| {
        let digit = byte.checked_sub(b'0').filter(|d| *d < 10)?;
        sum.checked_mul(10)?.checked_add(u32::from(digit))
    })
}
