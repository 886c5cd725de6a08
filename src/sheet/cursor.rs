//! Walks over the XML of a plain worksheet part and notes where the content of each cell stands.
//!
//! It is the innermost loop of reading a ledger, so it first tries the spelling that nearly every program writes
//! (`<c r="B7" s="3" t="s"><v>12</v></c>`) and only then the general one.

use super::plain::{Formula, Kind, PlainCell, Unusual};
use crate::base::limits::{MAX_COLUMNS, MAX_ROWS};

/// What stands next in the sheet's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// A row with this zero-based number; its cells were added.
    Row(u32),
    /// The chunk ends between two rows.
    ChunkEnd,
    /// The data ends.
    SheetEnd,
}

/// Walks over the bytes of a chunk.
#[derive(Debug)]
pub(super) struct Cursor<'c> {
    chunk: &'c [u8],
    rest: &'c [u8],
    /// Where formulas that stand alone in their cells have their text.
    pub(super) formulas: Vec<Formula>,
    /// Whether there was a formula of another kind: shared, an array's.
    pub(super) odd_formulas: bool,
}

impl<'c> Cursor<'c> {
    pub(super) fn new(chunk: &'c [u8]) -> Self {
        Self { chunk, rest: chunk, formulas: Vec::new(), odd_formulas: false }
    }

    /// Steps over everything before the first row; `Err` where the sheet is not plain.
    pub(super) fn enter(&mut self) -> Result<(), Unusual> {
        let at = memchr::memmem::find(self.rest, b"<sheetData").ok_or(Unusual)?;
        let (head, data) = self.rest.split_at_checked(at).ok_or(Unusual)?;
        let utf8 = memchr::memmem::find(head, b"encoding=").is_none_or(|at| {
            let declared = head.get(at.saturating_add(10)..at.saturating_add(15));
            declared.is_some_and(|name| name.eq_ignore_ascii_case(b"UTF-8"))
        });
        let odd = memchr::memmem::find(head, b"<!").is_some()
            || memchr::memmem::find(head, b"<worksheet").is_none();
        // In an extension or among alternatives it is not, or not surely, the sheet's.
        if !utf8 || odd || depth(head) != Some(1) {
            return Err(Unusual);
        }
        self.rest = data;
        // Anything else in the tag is unusual.
        if self.eat(b"<sheetData>") || self.rest.starts_with(b"<sheetData/>") { Ok(()) } else { Err(Unusual) }
    }

    /// Reads the next row; its cells are added to those that are there.
    pub(super) fn next(&mut self, cells: &mut Vec<PlainCell>) -> Result<Next, Unusual> {
        self.spaces();
        if self.rest.is_empty() {
            return Ok(Next::ChunkEnd);
        }
        if !self.eat(b"<row ") {
            let end: [&[u8]; 2] = [b"</sheetData>", b"<sheetData/>"];
            let behind = end.iter().find_map(|end| self.rest.strip_prefix(*end)).ok_or(Unusual)?;
            // Data or rows behind the end may be others, or the true ones.
            let more: [&[u8]; 2] = [b"sheetData", b"</row>"];
            let ends = more.iter().all(|more| memchr::memmem::find(behind, more).is_none());
            return if ends { Ok(Next::SheetEnd) } else { Err(Unusual) };
        }
        let mut shown: &[u8] = b"";
        let open = loop {
            self.spaces();
            if self.eat(b"/>") {
                break false;
            }
            if self.eat(b">") {
                break true;
            }
            let (name, value) = self.attribute()?;
            if name == b"r" {
                shown = value;
            }
        };
        let number = digits(shown).and_then(|n| n.checked_sub(1)).filter(|n| *n < MAX_ROWS);
        let number = number.ok_or(Unusual)?;
        if open {
            let shown = RowName::new(shown);
            // The column that comes next at the earliest.
            let mut next = 0;
            while !self.row_ends()? {
                let col = self.cell((&shown, number), cells)?;
                if col < next {
                    return Err(Unusual);
                }
                next = col.saturating_add(1);
            }
        }
        Ok(Next::Row(number))
    }

    fn row_ends(&mut self) -> Result<bool, Unusual> {
        if self.eat(b"<c r=\"") {
            return Ok(false);
        }
        self.spaces();
        if self.eat(b"</row>") {
            return Ok(true);
        }
        // A cell whose first attribute is another one is not worth reading here.
        if self.eat(b"<c r=\"") { Ok(false) } else { Err(Unusual) }
    }

    /// Reads a cell behind `<c r="`; returns its column. `row` is its row's number as written, and zero-based.
    fn cell(&mut self, row: (&RowName<'_>, u32), cells: &mut Vec<PlainCell>) -> Result<u32, Unusual> {
        let col = self.reference(row.0)?;
        let mut style = 0;
        let mut kind = b"n".as_slice();
        loop {
            if self.eat(b" s=\"") {
                style = digits(self.until_quote()?).ok_or(Unusual)?;
            } else if self.eat(b" t=\"") {
                kind = self.until_quote()?;
            } else if self.eat(b">") {
                self.content((row.1, col), style, kind, cells)?;
                return Ok(col);
            } else if self.eat(b"/>") {
                return Ok(col);
            } else {
                self.spaces();
                if !(self.rest.starts_with(b">") || self.rest.starts_with(b"/>")) {
                    match self.attribute()? {
                        (b"s", value) => style = digits(value).ok_or(Unusual)?,
                        (b"t", value) => kind = value,
                        _ => {}
                    }
                }
            }
        }
    }

    /// The zero-based column of a reference such as `AB12"` in the row of that number.
    fn reference(&mut self, row: &RowName<'_>) -> Result<u32, Unusual> {
        let mut col = 0_u32;
        while let Some((letter @ b'A'..=b'Z', after)) = self.rest.split_first() {
            let letter = u32::from(letter.wrapping_sub(b'A'));
            col =
                col.checked_mul(26).and_then(|col| col.checked_add(letter)?.checked_add(1)).ok_or(Unusual)?;
            self.rest = after;
        }
        self.rest = row.step_over(self.rest).ok_or(Unusual)?;
        col.checked_sub(1).filter(|col| *col < MAX_COLUMNS).ok_or(Unusual)
    }

    /// Reads what stands between the tags of a cell.
    fn content(
        &mut self,
        (row, col): (u32, u32),
        style: u32,
        kind: &[u8],
        cells: &mut Vec<PlainCell>,
    ) -> Result<(), Unusual> {
        let kind = match kind {
            b"n" => Kind::Number,
            b"s" => Kind::Shared,
            b"inlineStr" => return self.inline(col, style, cells),
            b"str" => Kind::Formula,
            b"b" => Kind::Bool,
            b"e" => Kind::Error,
            b"d" => Kind::IsoDate,
            _ => return Err(Unusual),
        };
        let formula = !self.rest.starts_with(b"<v>") && self.formula(row, col, style)?;
        let empty = self.eat(b"<v/>") || self.eat(b"<v></v>");
        if empty || self.rest.starts_with(b"</c>") {
            // An empty text is a value; an empty number is none.
            if formula && !(empty && kind == Kind::Formula) {
                cells.push(PlainCell { col, style, start: 0, end: 0, kind: Kind::Unvalued });
            }
            return self.expect(b"</c>");
        }
        self.expect(b"<v>")?;
        let (start, end) = self.until_tag()?;
        cells.push(PlainCell { col, style, start, end, kind });
        self.expect(b"</v></c>")
    }

    /// Reads `<is><t>…</t></is></c>`.
    fn inline(&mut self, col: u32, style: u32, cells: &mut Vec<PlainCell>) -> Result<(), Unusual> {
        let preserve = if self.eat(b"<is><t>") {
            false
        } else if self.eat(b"<is><t xml:space=\"preserve\">") {
            true
        } else {
            let nothing = self.eat(b"</c>")
                || self.eat(b"<is/></c>")
                || self.eat(b"<is></is></c>")
                || self.eat(b"<is><t/></is></c>");
            return if nothing { Ok(()) } else { Err(Unusual) };
        };
        let (start, end) = self.until_tag()?;
        cells.push(PlainCell { col, style, start, end, kind: Kind::Inline { preserve } });
        self.expect(b"</t></is></c>")
    }

    /// Steps over a formula and notes where it stands; says whether there was one.
    fn formula(&mut self, row: u32, col: u32, style: u32) -> Result<bool, Unusual> {
        if self.eat(b"<f>") {
            let (start, end) = self.until_tag()?;
            self.formulas.push(Formula { row, col, style, start, end });
            self.expect(b"</f>")?;
            return Ok(true);
        }
        if !self.rest.starts_with(b"<f") {
            return Ok(false);
        }
        self.odd_formulas = true;
        let end = memchr::memchr(b'>', self.rest).ok_or(Unusual)?;
        let (tag, after) = self.rest.split_at_checked(end.saturating_add(1)).ok_or(Unusual)?;
        self.rest = after;
        if memchr::memmem::find(tag, b"xmlns").is_some() {
            return Err(Unusual);
        }
        if !tag.ends_with(b"/>") {
            self.until_tag()?;
            self.expect(b"</f>")?;
        }
        Ok(true)
    }

    /// The text up to the next tag, as a range of the chunk.
    fn until_tag(&mut self) -> Result<(u32, u32), Unusual> {
        let start = self.chunk.len().saturating_sub(self.rest.len());
        let len = memchr::memchr(b'<', self.rest).ok_or(Unusual)?;
        self.rest = self.rest.get(len..).ok_or(Unusual)?;
        let place = |at: usize| u32::try_from(at).map_err(|_| Unusual);
        Ok((place(start)?, place(start.saturating_add(len))?))
    }

    fn until_quote(&mut self) -> Result<&'c [u8], Unusual> {
        let quote = self.rest.iter().position(|b| *b == b'"').ok_or(Unusual)?;
        let (value, after) = self.rest.split_at_checked(quote).ok_or(Unusual)?;
        self.rest = after.get(1..).ok_or(Unusual)?;
        Ok(value)
    }

    /// `name="value"`.
    fn attribute(&mut self) -> Result<(&'c [u8], &'c [u8]), Unusual> {
        let equals = self.rest.iter().position(|b| *b == b'=').ok_or(Unusual)?;
        let (name, after) = self.rest.split_at_checked(equals).ok_or(Unusual)?;
        self.rest = after.strip_prefix(b"=\"").ok_or(Unusual)?;
        // The element may be another program's.
        if name.starts_with(b"xmlns") {
            return Err(Unusual);
        }
        Ok((name, self.until_quote()?))
    }

    fn spaces(&mut self) {
        while let Some((b' ' | b'\n' | b'\r' | b'\t', after)) = self.rest.split_first() {
            self.rest = after;
        }
    }

    fn expect<const N: usize>(&mut self, word: &[u8; N]) -> Result<(), Unusual> {
        if self.eat(word) { Ok(()) } else { Err(Unusual) }
    }

    /// Steps over the word if it stands next. Its length is known when this is compiled, so that comparing it is a
    /// machine word or two and no call.
    fn eat<const N: usize>(&mut self, word: &[u8; N]) -> bool {
        match self.rest.split_first_chunk::<N>() {
            Some((next, after)) if next == word => {
                self.rest = after;
                true
            }
            _ => false,
        }
    }
}

/// The number of a row as written, and the quote behind it in a reference: eight bytes at most for any row there can
/// be, so that comparing them is one machine word.
struct RowName<'n> {
    digits: &'n [u8],
    word: u64,
    mask: u64,
}

impl<'n> RowName<'n> {
    fn new(digits: &'n [u8]) -> Self {
        let (mut word, mut mask) = ([0; 8], [0; 8]);
        let quoted = digits.iter().chain(b"\"");
        for ((byte, bits), name) in word.iter_mut().zip(&mut mask).zip(quoted) {
            (*byte, *bits) = (*name, 0xFF);
        }
        Self { digits, word: u64::from_le_bytes(word), mask: u64::from_le_bytes(mask) }
    }

    /// What stands behind the number and its quote, if they stand next.
    fn step_over<'t>(&self, text: &'t [u8]) -> Option<&'t [u8]> {
        match text.split_first_chunk::<8>() {
            Some((next, _)) if self.digits.len() < 8 => {
                let same = u64::from_le_bytes(*next) & self.mask == self.word;
                if same { text.get(self.digits.len().saturating_add(1)..) } else { None }
            }
            _ => text.strip_prefix(self.digits)?.strip_prefix(b"\""),
        }
    }
}

/// How many elements are open at the end of what stands before the data; `None` where it is not plain enough to be sure.
fn depth(head: &[u8]) -> Option<u32> {
    let mut depth = 0_u32;
    for piece in head.split(|byte| *byte == b'<').skip(1) {
        let tag = piece.get(..memchr::memchr(b'>', piece)?)?;
        match (tag.first()?, tag.last()?) {
            (b'?', _) => {}
            (b'/', _) => depth = depth.checked_sub(1)?,
            // A `>` inside a value is no end.
            _ if tag.contains(&b'\'') || !memchr::memchr_iter(b'"', tag).count().is_multiple_of(2) => {
                return None;
            }
            (_, b'/') => {}
            _ => depth = depth.checked_add(1)?,
        }
    }
    Some(depth)
}

fn digits(value: &[u8]) -> Option<u32> {
    if value.is_empty() {
        return None;
    }
    value.iter().try_fold(0_u32, |number, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit <= 9)?;
        number.checked_mul(10)?.checked_add(u32::from(digit))
    })
}
