//! Parts in UTF-16, which the standard allows, read as UTF-8. Parts are edited as they are, so this is for reading only.

use std::io::{self, Read};

const CHUNK: usize = 16 * 1024;

/// A part as UTF-8.
pub(crate) struct AsUtf8<R> {
    source: R,
    order: Option<Order>,
    /// What was read and not given out: first as it is, then in UTF-8.
    ready: Vec<u8>,
    at: usize,
    /// Bytes of a unit, or a unit of a pair, that is not whole yet.
    rest: Vec<u8>,
    begun: bool,
    /// How far a declaration of the encoding can still come.
    head: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Little,
    Big,
}

impl<R: Read> AsUtf8<R> {
    /// Reads from the part's first byte.
    pub(crate) fn new(source: R) -> Self {
        Self { source, order: None, ready: Vec::new(), at: 0, rest: Vec::new(), begun: false, head: true }
    }

    /// Fills `ready`; false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        self.ready.clear();
        self.at = 0;
        let mut bytes = std::mem::take(&mut self.rest);
        let before = bytes.len();
        let limit = u64::try_from(CHUNK).unwrap_or(u64::MAX);
        self.source.by_ref().take(limit).read_to_end(&mut bytes)?;
        let ended = bytes.len() == before;
        if !self.begun {
            self.begun = true;
            self.order = order(&bytes);
        }
        match self.order {
            None => self.ready = bytes,
            Some(order) => self.convert(&bytes, order, ended),
        }
        Ok(!ended || !self.ready.is_empty())
    }

    fn convert(&mut self, bytes: &[u8], order: Order, ended: bool) {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .filter_map(|pair| <[u8; 2]>::try_from(pair).ok())
            .map(
                |pair| {
                    if order == Order::Little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
                },
            )
            .collect();
        // Half a pair waits for its other half.
        let waits = !ended && units.last().is_some_and(|unit| (0xD800..0xDC00).contains(unit));
        let whole = units.len().saturating_sub(usize::from(waits));
        self.rest = bytes.get(whole.saturating_mul(2)..).unwrap_or_default().to_vec();
        if ended {
            self.rest.clear();
        }
        let text = String::from_utf16_lossy(units.get(..whole).unwrap_or_default());
        let head = self.head && !text.is_empty();
        self.head &= !head;
        let text = if head { without_declaration(text.trim_start_matches('\u{feff}')) } else { &text };
        self.ready = text.as_bytes().to_vec();
    }
}

/// The declaration says what the text no longer is.
fn without_declaration(text: &str) -> &str {
    let declaration = text.starts_with("<?xml").then(|| text.split_once("?>")).flatten();
    declaration.map_or(text, |(_, rest)| rest)
}

/// UTF-16, if the first bytes are: a byte order mark, or the `<` that every part begins with.
fn order(head: &[u8]) -> Option<Order> {
    match head.first_chunk::<2>()? {
        [0xFF, 0xFE] | [b'<', 0] => Some(Order::Little),
        [0xFE, 0xFF] | [0, b'<'] => Some(Order::Big),
        _ => None,
    }
}

impl<R: Read> Read for AsUtf8<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.ready.len() {
            if buf.is_empty() || !self.fill()? {
                return Ok(0);
            }
        }
        let ready = self.ready.get(self.at..).unwrap_or_default();
        let count = ready.len().min(buf.len());
        if let (Some(to), Some(from)) = (buf.get_mut(..count), ready.get(..count)) {
            to.copy_from_slice(from);
        }
        self.at = self.at.saturating_add(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        let mut text = String::new();
        AsUtf8::new(bytes).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn both_orders_are_read_with_and_without_a_mark() {
        let long = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>{}𠮷</a>", "绩效𠮷".repeat(20_000));
        let inner = long.split_once("?>").unwrap().1;
        let little: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = long.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&little), inner);
        assert_eq!(read(&big), inner);
        assert_eq!(read(&[&[0xFF, 0xFE], little.as_slice()].concat()), inner);
        assert_eq!(read(&[&[0xFE, 0xFF], big.as_slice()].concat()), inner);
        assert_eq!(read("<a>绩效</a>".as_bytes()), "<a>绩效</a>");
        assert_eq!(read(b""), "");
    }
}
