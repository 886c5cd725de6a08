//! The one scanner: splits XML into tokens with their byte offsets, in a window of bounded size.
//!
//! It checks what an editor relies on (tags match, nesting is shallow, no DTD, UTF-8) and leaves names,
//! entities and namespaces to its callers.

use std::io::Read;

use crate::base::Result;
use crate::base::limits::MAX_DEPTH;
use crate::package::fault::{damaged, encoded, excessive, reading};

/// Bytes asked for at first; most parts are small. The window grows to [`LARGE_CHUNK`] in long parts.
const CHUNK: usize = 8 * 1024;
const LARGE_CHUNK: usize = 128 * 1024;
/// How far ahead the end of an element is looked for.
const MAX_SKIP: usize = 1024 * 1024;
/// The longest single token; the longest honest one is a long text in a cell or a picture in VML.
const MAX_TOKEN: usize = 16 * 1024 * 1024;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// `<a …>`
    Open,
    /// `<a …/>`
    Empty,
    /// `</a>`
    Close,
    /// Text between tags, entities unresolved; CDATA sections are of this kind too, see [`Token::cdata`].
    Text,
    /// Comments, processing instructions, the declaration.
    Other,
}

/// What the inside of an element is like, at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inside {
    /// Nothing in it needs looking at.
    Plain,
    /// It has to be taken apart.
    Intricate,
    /// The end that was found is not the element's own: looking ahead is of no use in this part.
    Astray,
}

/// A token: its kind, its place in the part and its bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token<'a> {
    /// What it is.
    pub(crate) kind: TokenKind,
    /// How many elements stand around it.
    pub(crate) depth: usize,
    /// Offset of its first byte.
    pub(crate) start: u64,
    /// Offset behind its last byte.
    pub(crate) end: u64,
    /// Its bytes, angle brackets included.
    pub(crate) bytes: &'a [u8],
}

impl<'a> Token<'a> {
    /// The text of a CDATA section.
    pub(crate) fn cdata(&self) -> Option<&'a [u8]> {
        self.bytes.strip_prefix(b"<![CDATA[")?.strip_suffix(b"]]>")
    }
}

/// Reads tokens from a stream.
pub(crate) struct Scanner<R> {
    source: R,
    window: Vec<u8>,
    /// Where the next token begins in the window.
    at: usize,
    /// Where valid bytes end in the window.
    filled: usize,
    /// Offset in the part of the window's first byte.
    base: u64,
    ended: bool,
    /// Names of the open elements, one behind the other.
    names: Vec<u8>,
    /// Lengths of the names.
    open: Vec<usize>,
    /// Whether it reads the inside of an element, which has words outside any.
    fragment: bool,
}

impl<R: Read> Scanner<R> {
    /// A scanner at the part's first byte.
    pub(crate) fn new(source: R) -> Self {
        Self {
            source,
            window: Vec::new(),
            at: 0,
            filled: 0,
            base: 0,
            ended: false,
            names: Vec::new(),
            open: Vec::new(),
            fragment: false,
        }
    }

    /// A scanner of a part of a part: elements and words side by side.
    pub(crate) fn fragment(source: R) -> Self {
        Self { fragment: true, ..Self::new(source) }
    }

    /// The next token, or `None` at the end of a well-formed part.
    pub(crate) fn next(&mut self) -> Result<Option<Token<'_>>> {
        let Some((kind, len)) = self.measure()? else {
            if self.open.is_empty() {
                return Ok(None);
            }
            return Err(damaged("XML 在中途结束"));
        };
        let start = self.base.saturating_add(u64::try_from(self.at).unwrap_or(u64::MAX));
        let from = self.at;
        self.at = self.at.saturating_add(len);
        let bytes = self.window.get(from..self.at).unwrap_or_default();
        let mut depth = self.open.len();
        match kind {
            TokenKind::Open => {
                let name = name_of(bytes.get(1..).unwrap_or_default());
                if self.open.len() >= MAX_DEPTH {
                    return Err(excessive("XML 嵌套过深"));
                }
                self.names.extend_from_slice(name);
                self.open.push(name.len());
            }
            TokenKind::Close => {
                let name = name_of(bytes.get(2..).unwrap_or_default());
                let len = self.open.pop().unwrap_or(usize::MAX);
                depth = self.open.len();
                let keep = self.names.len().checked_sub(len);
                match keep {
                    Some(keep) if self.names.get(keep..) == Some(name) => self.names.truncate(keep),
                    _ => return Err(damaged("XML 标签不配对")),
                }
            }
            TokenKind::Empty | TokenKind::Text | TokenKind::Other => {}
        }
        check(kind, self.fragment || depth > 0, bytes)?;
        let end = start.saturating_add(u64::try_from(len).unwrap_or(u64::MAX));
        Ok(Some(Token { kind, depth, start, end, bytes }))
    }

    /// Steps over the inside and the end tag of the element that has just begun, if its end is near and
    /// `look` says of its inside that it can be skipped. Else the tokens come one by one. The answer is
    /// `look`'s, or [`Inside::Astray`] when no end was found.
    pub(crate) fn skip_element(
        &mut self,
        closing: &memchr::memmem::Finder<'_>,
        look: impl FnOnce(&[u8]) -> Inside,
    ) -> Result<Inside> {
        let mut searched = 0_usize;
        loop {
            let rest = self.window.get(self.at..self.filled).unwrap_or_default();
            if let Some(found) = closing.find(rest.get(searched..).unwrap_or_default()) {
                let inner = searched.saturating_add(found);
                let skipped = rest.get(..inner).unwrap_or_default();
                // What is not plain comes once more, token by token.
                let sound = references_are_sound(skipped);
                let answer = if sound { look(skipped) } else { Inside::Intricate };
                if answer == Inside::Plain {
                    self.at = self.at.saturating_add(inner).saturating_add(closing.needle().len());
                    let name = self.open.pop().unwrap_or(0);
                    self.names.truncate(self.names.len().saturating_sub(name));
                }
                return Ok(answer);
            }
            if self.ended || rest.len() > MAX_SKIP {
                return Ok(Inside::Astray);
            }
            searched = rest.len().saturating_sub(closing.needle().len());
            self.fill()?;
        }
    }

    /// The kind and length of the token at hand; fills the window until it is whole.
    fn measure(&mut self) -> Result<Option<(TokenKind, usize)>> {
        if self.at >= self.filled && !self.fill()? {
            return Ok(None);
        }
        let mut searched = 1;
        loop {
            let token = self.window.get(self.at..self.filled).unwrap_or_default();
            if token.first() != Some(&b'<') {
                match memchr::memchr(b'<', token.get(searched..).unwrap_or_default()) {
                    Some(found) => return Ok(Some((TokenKind::Text, searched.saturating_add(found)))),
                    None if self.ended => return Ok(Some((TokenKind::Text, token.len()))),
                    None => searched = token.len(),
                }
            } else if let Some(found) = markup(token)? {
                return Ok(Some(found));
            } else if self.ended {
                return Err(damaged("XML 在标签中途结束"));
            }
            self.fill()?;
        }
    }

    /// Gets more bytes behind those in the window; false at the end of the part.
    fn fill(&mut self) -> Result<bool> {
        if self.at > 0 {
            self.window.copy_within(self.at..self.filled, 0);
            self.base = self.base.saturating_add(u64::try_from(self.at).unwrap_or(u64::MAX));
            self.filled = self.filled.saturating_sub(self.at);
            self.at = 0;
        }
        if self.filled > MAX_TOKEN {
            return Err(excessive("XML 中有过长的内容"));
        }
        let chunk = usize::try_from(self.base).unwrap_or(LARGE_CHUNK).clamp(CHUNK, LARGE_CHUNK);
        let wanted = self.filled.saturating_add(chunk.max(self.filled));
        if self.window.len() < wanted {
            self.window.resize(wanted, 0);
        }
        let first = self.base == 0 && self.filled == 0;
        // Until the window is full: it doubles for a long token, so that the token is not searched again
        // for every few bytes that arrive.
        let before = self.filled;
        while self.filled < wanted && !self.ended {
            let space = self.window.get_mut(self.filled..wanted).unwrap_or_default();
            let read = self.source.read(space).map_err(reading)?;
            self.filled = self.filled.saturating_add(read);
            self.ended = read == 0;
        }
        if first {
            refuse_encoding(self.window.get(..self.filled).unwrap_or_default())?;
        }
        Ok(self.filled > before)
    }
}

/// What else makes a part not well-formed and is seen by no reader before Excel: words outside the root, and `&` that
/// begins no reference.
fn check(kind: TokenKind, inside: bool, bytes: &[u8]) -> Result<()> {
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    let sound = match kind {
        TokenKind::Text if bytes.starts_with(b"<![CDATA[") => inside,
        TokenKind::Text if !inside => {
            bytes.strip_prefix(MARK).unwrap_or(bytes).iter().all(u8::is_ascii_whitespace)
        }
        TokenKind::Text | TokenKind::Open | TokenKind::Empty => references_are_sound(bytes),
        TokenKind::Close | TokenKind::Other => true,
    };
    if sound { Ok(()) } else { Err(damaged("XML 不合规范")) }
}

/// Whether each `&` begins a reference that XML knows without a DTD.
pub(crate) fn references_are_sound(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'&', bytes).all(|at| {
        // The longest is `&#x10FFFF;`, give or take zeros before the digits.
        let rest = bytes.get(at.saturating_add(1)..).unwrap_or_default();
        let end = rest.iter().take(16).position(|b| *b == b';');
        let name = end.and_then(|end| rest.get(..end)).unwrap_or_default();
        let digits = |digits: &[u8], what: fn(&u8) -> bool| !digits.is_empty() && digits.iter().all(what);
        match name {
            b"amp" | b"lt" | b"gt" | b"quot" | b"apos" => true,
            [b'#', b'x', hex @ ..] => digits(hex, u8::is_ascii_hexdigit),
            [b'#', decimal @ ..] => digits(decimal, u8::is_ascii_digit),
            _ => false,
        }
    })
}

/// The kind and length of the markup that begins the bytes, or `None` when it is not whole yet.
fn markup(token: &[u8]) -> Result<Option<(TokenKind, usize)>> {
    let until = |end: &[u8], skip: usize| {
        memchr::memmem::find(token.get(skip..).unwrap_or_default(), end)
            .map(|found| (TokenKind::Other, skip.saturating_add(found).saturating_add(end.len())))
    };
    match token.get(1) {
        None => Ok(None),
        Some(b'?') => Ok(until(b"?>", 2)),
        Some(b'!') => {
            if token.starts_with(b"<!--") {
                Ok(until(b"-->", 4))
            } else if token.starts_with(b"<![CDATA[") {
                Ok(until(b"]]>", 9).map(|(_, len)| (TokenKind::Text, len)))
            } else if token.len() < 9 {
                Ok(None)
            } else {
                Err(damaged("XML 含有 DTD"))
            }
        }
        Some(b'/') => {
            let close = memchr::memchr(b'>', token);
            Ok(close.map(|found| (TokenKind::Close, found.saturating_add(1))))
        }
        Some(first) if name_starts(*first) => Ok(tag_end(token)),
        Some(_) => Err(damaged("XML 标签有误")),
    }
}

fn tag_end(token: &[u8]) -> Option<(TokenKind, usize)> {
    let mut at = 1_usize;
    loop {
        let rest = token.get(at..)?;
        let found = memchr::memchr3(b'>', b'"', b'\'', rest)?;
        let mark = at.saturating_add(found);
        let next = mark.saturating_add(1);
        match token.get(mark)? {
            b'>' => {
                let slash = token.get(mark.saturating_sub(1)) == Some(&b'/');
                return Some((if slash { TokenKind::Empty } else { TokenKind::Open }, next));
            }
            quote => {
                let closing = memchr::memchr(*quote, token.get(next..)?)?;
                at = next.saturating_add(closing).saturating_add(1);
            }
        }
    }
}

fn name_starts(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte == b':' || byte >= 0x80
}

/// The name at the beginning of the bytes.
pub(super) fn name_of(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>'));
    bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default()
}

/// Only UTF-8 can be spliced with certainty.
fn refuse_encoding(head: &[u8]) -> Result<()> {
    let utf16 = head.starts_with(&[0xFE, 0xFF])
        || head.starts_with(&[0xFF, 0xFE])
        || head.get(..4).is_some_and(|h| h.contains(&0));
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let declared = head
        .strip_prefix(b"<?xml")
        .and_then(|rest| rest.get(..memchr::memmem::find(rest, b"?>")?))
        .and_then(|declaration| super::tag::attribute(declaration, b"encoding"));
    let foreign = declared.is_some_and(|name| {
        !name.eq_ignore_ascii_case(b"utf-8")
            && !name.eq_ignore_ascii_case(b"utf8")
            && !name.eq_ignore_ascii_case(b"us-ascii")
    });
    if utf16 || foreign {
        let name = String::from_utf8_lossy(declared.unwrap_or(b"UTF-16")).into_owned();
        return Err(encoded(&name));
    }
    Ok(())
}
