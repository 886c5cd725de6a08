//! The shared strings of a workbook, in one piece of memory.

use std::io::Read;

use super::palette::is_on;
use crate::base::{Error, Result};
use crate::package::{Scanner, Tag, TokenKind, unescape, unescape_cell_text};

/// All strings, one behind the other, with the end of each.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
    /// The numbers of those of which a part is struck out, rising.
    struck: Vec<usize>,
}

/// Bytes of all strings together; a ledger of a million rows with texts of its own in each has a quarter of it.
const MAX_BYTES: usize = 256 * 1024 * 1024;
/// Strings that are kept; a ledger of a million rows has two or three times as many as rows.
const MAX_STRINGS: usize = 8_000_000;

impl Strings {
    /// Reads the shared strings part, whatever its form.
    pub(super) fn read(part: impl Read) -> Result<Self> {
        let mut strings = Self::default();
        strings.append(part)?;
        Ok(strings)
    }

    /// Adds the strings of a part, or of a piece of one.
    pub(super) fn append(&mut self, part: impl Read) -> Result<()> {
        let strings = self;
        let mut scanner = Scanner::new(part);
        let mut path: Vec<Vec<u8>> = Vec::new();
        let mut preserve = false;
        let mut piece = Vec::new();
        let mut struck = false;
        while let Some(token) = scanner.next()? {
            match token.kind {
                TokenKind::Open => {
                    let name = local_name(token.bytes);
                    struck = name != b"r" && (struck || strikes(token.bytes, &path));
                    if name == b"t" {
                        preserve = memchr::memmem::find(token.bytes, b"preserve").is_some();
                        piece.clear();
                    }
                    path.push(name.to_vec());
                }
                TokenKind::Close => {
                    let name = path.pop().unwrap_or_default();
                    let phonetic = path.iter().any(|name| name == b"rPh");
                    if name == b"t" && !phonetic {
                        strings.room(piece.len())?;
                        let from = strings.text.len();
                        strings.text.push_str(&cell_text(&piece, preserve));
                        if struck && strings.text.get(from..).is_some_and(|text| !text.trim().is_empty()) {
                            strings.strike();
                        }
                    } else if name == b"si" {
                        strings.end()?;
                    }
                }
                TokenKind::Empty if local_name(token.bytes) == b"si" => strings.end()?,
                TokenKind::Text if path.last().is_some_and(|name| name == b"t") => {
                    strings.room(piece.len().saturating_add(token.bytes.len()))?;
                    match token.cdata() {
                        Some(raw) => piece.extend_from_slice(escaped(raw).as_bytes()),
                        None => piece.extend_from_slice(token.bytes),
                    }
                }
                TokenKind::Empty => struck |= strikes(token.bytes, &path),
                TokenKind::Text | TokenKind::Other => {}
            }
        }
        Ok(())
    }

    /// Adds to the string at hand what a `t` element holds.
    pub(super) fn push_piece(&mut self, raw: &str, preserve: bool) -> Result<()> {
        self.room(raw.len())?;
        let bytes = raw.as_bytes();
        let blank = |byte: Option<&u8>| byte.is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
        let trims = !preserve && (blank(bytes.first()) || blank(bytes.last()));
        if trims || memchr::memchr3(b'&', b'\r', b'_', bytes).is_some() {
            self.text.push_str(&cell_text(bytes, preserve));
        } else {
            self.text.push_str(raw);
        }
        Ok(())
    }

    /// Where the text of the string at hand will begin.
    pub(super) fn begun(&self) -> usize {
        self.text.len()
    }

    /// Drops what was added to the string at hand, which begins there.
    pub(super) fn drop_from(&mut self, begun: usize) {
        self.text.truncate(begun);
    }

    /// Remembers that a part of the string at hand is struck out.
    fn strike(&mut self) {
        if self.struck.last() != Some(&self.ends.len()) {
            self.struck.push(self.ends.len());
        }
    }

    /// Whether a part of the string of that number is struck out.
    pub(super) fn is_struck(&self, index: usize) -> bool {
        !self.struck.is_empty() && self.struck.binary_search(&index).is_ok()
    }

    /// Refuses more text than is kept; asked before it is, for one string may hold any number of pieces.
    fn room(&self, more: usize) -> Result<()> {
        if self.text.len().saturating_add(more) <= MAX_BYTES { Ok(()) } else { Err(too_much()) }
    }

    /// Ends the string at hand.
    pub(super) fn end(&mut self) -> Result<()> {
        let end = u32::try_from(self.text.len()).ok().filter(|_| self.ends.len() < MAX_STRINGS);
        self.ends.push(end.ok_or_else(too_much)?);
        Ok(())
    }

    /// The strings in which a word stands.
    pub(super) fn holding<'s>(&'s self, word: &'s str) -> impl Iterator<Item = &'s str> {
        let places = memchr::memmem::find_iter(self.text.as_bytes(), word.as_bytes());
        places.filter_map(|at| {
            self.get(self.ends.partition_point(|end| usize::try_from(*end).is_ok_and(|end| end <= at)))
        })
    }

    /// The string of that number.
    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let end = usize::try_from(*self.ends.get(index)?).ok()?;
        let start = match index.checked_sub(1) {
            Some(before) => usize::try_from(*self.ends.get(before)?).ok()?,
            None => 0,
        };
        self.text.get(start..end)
    }
}

fn too_much() -> Error {
    Error::input("工作簿的文字内容过多，已停止读取", "请删去与填报无关的内容后重新提交。")
}

/// The text of a `t` element as a program shows it.
pub(super) fn cell_text(raw: &[u8], preserve: bool) -> String {
    let whole = unescape(raw);
    let text = if preserve { whole.as_str() } else { whole.trim_matches([' ', '\t', '\r', '\n']) };
    if memchr::memmem::find(text.as_bytes(), b"_x").is_some() {
        unescape_cell_text(text)
    } else if text.len() == whole.len() {
        whole
    } else {
        text.to_owned()
    }
}

/// CDATA as the text that stands for it elsewhere.
pub(super) fn escaped(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw).replace('&', "&amp;")
}

/// Whether a tag strikes out the run whose properties it stands in.
fn strikes(tag: &[u8], path: &[Vec<u8>]) -> bool {
    path.last().is_some_and(|name| name == b"rPr") && local_name(tag) == b"strike" && is_on(Tag(tag))
}

fn local_name(tag: &[u8]) -> &[u8] {
    let name = tag.strip_prefix(b"<").unwrap_or(tag);
    let end = name.iter().position(|b| matches!(b, b' ' | b'>' | b'/' | b'\t' | b'\r' | b'\n'));
    let name = end.and_then(|end| name.get(..end)).unwrap_or(name);
    name.iter().rposition(|b| *b == b':').and_then(|at| name.get(at.saturating_add(1)..)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_struck_out_is_known() {
        let run = |properties: &str, text: &str| format!("<r><rPr>{properties}</rPr><t>{text}</t></r>");
        let entries = [
            "<si><t>100</t></si>".to_owned(),
            format!("<si><r><t>1</t></r>{}</si>", run("<strike/><sz val=\"9\"/>", "2")),
            format!("<si>{}{}</si>", run("<strike val=\"0\"/>", "1"), run("<b/>", "2")),
            format!("<si>{}<r><t>1</t></r></si>", run("<strike/>", " ")),
            format!("<si>{}</si>", run("<b/><strike val=\"1\"></strike>", "7")),
        ];
        let strings = Strings::read(format!("<sst>{}</sst>", entries.concat()).as_bytes()).unwrap();
        let struck: Vec<usize> = (0..entries.len()).filter(|index| strings.is_struck(*index)).collect();
        assert_eq!(struck, [1, 4]);
    }

    /// The same piece again and again.
    struct Pieces<'p> {
        piece: &'p [u8],
        left: usize,
        rest: &'p [u8],
    }

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.rest.is_empty()
                && let Some(left) = self.left.checked_sub(1)
            {
                self.left = left;
                self.rest = self.piece;
            }
            self.rest.read(buffer)
        }
    }

    #[test]
    fn more_strings_than_any_workbook_has_are_refused() {
        let of = |count: u64| {
            let empty = "<si/>".repeat(1_000);
            let filled = std::iter::repeat_n(empty.as_bytes(), usize::try_from(count / 1_000).unwrap());
            let part = filled.fold(b"<sst>".to_vec(), |mut all, some| {
                all.extend_from_slice(some);
                all
            });
            Strings::read([part.as_slice(), b"</sst>"].concat().as_slice())
        };
        assert_eq!(of(10_000).unwrap().ends.len(), 10_000);
        assert!(of(8_001_000).unwrap_err().to_string().contains("文字内容过多"));
    }

    #[test]
    fn one_string_of_any_number_of_pieces_is_refused_before_it_is_kept() {
        for (before, piece, behind) in [
            ("<sst><si>", format!("<r><t>{}</t></r>", "a".repeat(1 << 20)), "</si></sst>"),
            ("<sst><si><t>", format!("<![CDATA[{}]]>", "a".repeat(1 << 20)), "</t></si></sst>"),
        ] {
            let read = |count: usize| {
                let mut pieces = Pieces { piece: piece.as_bytes(), left: count, rest: &[] };
                let read = Strings::read(before.as_bytes().chain(&mut pieces).chain(behind.as_bytes()));
                (read, pieces.left)
            };
            assert_eq!(read(2).0.unwrap().get(0).map(str::len), Some(2 << 20));
            let (refused, left) = read(1_000);
            // Not shown whole: it may be very long.
            let said = refused.err().map(|error| error.to_string()).unwrap_or_default();
            assert!(said.contains("文字内容过多"), "{said}");
            assert!(left > 700, "{left} pieces were left when it was refused");
        }
    }
}
