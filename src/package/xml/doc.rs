//! A small part in memory: its elements with their byte ranges.

use std::ops::Range;

use super::scan::{Scanner, TokenKind};
use super::tag::Tag;
use super::text::unescape;
use crate::base::Result;
use crate::package::fault::{damaged, excessive};

/// Elements of a part that is held in memory; the most styles Excel allows need about 400,000.
const MAX_ELEMENTS: usize = 2_000_000;

/// Identifies an element of a [`Doc`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Id(usize);

#[derive(Debug, Clone)]
struct Element {
    /// The start tag.
    open: Range<usize>,
    /// Behind the end tag (or the start tag that closes itself).
    end: usize,
    /// Where the end tag begins; equals `end` when the start tag closes itself.
    close: usize,
    /// Elements from here up to `next` are inside.
    next: usize,
}

/// A parsed part.
#[derive(Debug, Clone)]
pub(crate) struct Doc {
    bytes: Vec<u8>,
    elements: Vec<Element>,
}

impl Doc {
    /// Parses a whole part.
    pub(crate) fn parse(bytes: Vec<u8>) -> Result<Self> {
        let mut elements: Vec<Element> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut scanner = Scanner::new(bytes.as_slice());
        let mut roots = 0_usize;
        while let Some(token) = scanner.next()? {
            let start = usize::try_from(token.start).unwrap_or(usize::MAX);
            let end = usize::try_from(token.end).unwrap_or(usize::MAX);
            match token.kind {
                TokenKind::Open | TokenKind::Empty => {
                    let index = elements.len();
                    if index >= MAX_ELEMENTS {
                        return Err(excessive("XML 元素过多"));
                    }
                    if open.is_empty() {
                        roots = roots.saturating_add(1);
                    }
                    let next = index.saturating_add(1);
                    elements.push(Element { open: start..end, end, close: end, next });
                    if token.kind == TokenKind::Open {
                        open.push(index);
                    }
                }
                TokenKind::Close => {
                    let count = elements.len();
                    if let Some(element) = open.pop().and_then(|index| elements.get_mut(index)) {
                        element.close = start;
                        element.end = end;
                        element.next = count;
                    }
                }
                TokenKind::Text | TokenKind::Other => {}
            }
        }
        if roots != 1 {
            return Err(damaged("XML 没有唯一的根元素"));
        }
        Ok(Self { bytes, elements })
    }

    /// The root element.
    #[expect(clippy::unused_self, reason = "an id means an element of its document")]
    pub(crate) fn root(&self) -> Id {
        Id(0)
    }

    /// The start tag.
    pub(crate) fn tag(&self, id: Id) -> Tag<'_> {
        Tag(self.elements.get(id.0).and_then(|e| self.bytes.get(e.open.clone())).unwrap_or_default())
    }

    /// The range of the start tag.
    pub(crate) fn open_range(&self, id: Id) -> Range<u64> {
        self.elements.get(id.0).map_or(0..0, |e| wide(e.open.clone()))
    }

    /// The range of the whole element.
    pub(crate) fn range(&self, id: Id) -> Range<u64> {
        self.elements.get(id.0).map_or(0..0, |e| wide(e.open.start..e.end))
    }

    /// Where the end tag begins; behind the element when it closes itself.
    pub(crate) fn close_at(&self, id: Id) -> u64 {
        self.elements.get(id.0).map_or(0, |e| wide(e.close..e.close).start)
    }

    /// The bytes of the whole element.
    pub(crate) fn outer(&self, id: Id) -> &[u8] {
        self.elements.get(id.0).and_then(|e| self.bytes.get(e.open.start..e.end)).unwrap_or_default()
    }

    /// The bytes between start and end tag.
    pub(crate) fn inner(&self, id: Id) -> &[u8] {
        self.elements.get(id.0).and_then(|e| self.bytes.get(e.open.end..e.close)).unwrap_or_default()
    }

    /// The element's children in order.
    pub(crate) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let end = self.elements.get(id.0).map_or(0, |e| e.next);
        let mut at = id.0.saturating_add(1);
        std::iter::from_fn(move || {
            if at >= end {
                return None;
            }
            let child = Id(at);
            at = self.elements.get(at)?.next;
            Some(child)
        })
    }

    /// The children of this local name.
    pub(crate) fn all<'a>(&'a self, id: Id, local: &'a str) -> impl Iterator<Item = Id> + 'a {
        self.children(id).filter(move |child| self.tag(*child).local() == local.as_bytes())
    }

    /// The first child of this local name.
    pub(crate) fn child(&self, id: Id, local: &str) -> Option<Id> {
        self.children(id).find(|child| self.tag(*child).local() == local.as_bytes())
    }

    /// The text inside, of all elements, entities resolved.
    pub(crate) fn text(&self, id: Id) -> String {
        text_of(self.inner(id))
    }
}

/// The text between the tags of a piece of XML, entities resolved.
pub(crate) fn text_of(piece: &[u8]) -> String {
    let mut out = String::new();
    let mut scanner = Scanner::fragment(piece);
    while let Ok(Some(token)) = scanner.next() {
        if token.kind == TokenKind::Text {
            match token.cdata() {
                Some(raw) => out.push_str(&String::from_utf8_lossy(raw)),
                None => out.push_str(&unescape(token.bytes)),
            }
        }
    }
    out
}

fn wide(range: Range<usize>) -> Range<u64> {
    u64::try_from(range.start).unwrap_or(u64::MAX)..u64::try_from(range.end).unwrap_or(u64::MAX)
}
