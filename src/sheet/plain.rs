//! The rows of a plain worksheet part, read from its bytes without building anything.
//!
//! Only the plain form is read that programs write: no prefixes, comments, CDATA or rich text inside cells, every row
//! and cell with its reference, in order. Anything else is [`Unusual`], and another reader takes over. A cell is
//! decoded when somebody asks for it; most are not.

use std::borrow::Cow;

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};
use rust_decimal::Decimal;

use super::palette::{Look, Time};
use super::reader::{exact, value};
use super::stream::{Item, find};
use super::strings::{Strings, cell_text};
use super::value::{NumberFormat, Value};
use crate::base::Number;
use crate::base::limits::{MAX_COLUMNS, MAX_ROWS};

/// The sheet is not of the plain form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unusual;

/// What the cells of a sheet refer to.
#[derive(Debug, Default)]
pub(super) struct Context {
    pub(super) looks: Vec<Look>,
    pub(super) strings: Strings,
    pub(super) is_1904: bool,
}

/// What stands between a cell's tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    /// The number of a shared string.
    Shared,
    /// An inline string; `preserve`: its spaces count.
    Inline {
        preserve: bool,
    },
    /// The text that a formula gave.
    Formula,
    Bool,
    Error,
    IsoDate,
    /// A formula without a stored value.
    Unvalued,
}

/// A cell: where its content stands in the chunk.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlainCell {
    col: u32,
    style: u32,
    start: u32,
    end: u32,
    kind: Kind,
}

/// A row whose cells are decoded when they are asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlainRow<'a> {
    chunk: &'a str,
    cells: &'a [PlainCell],
    context: &'a Context,
}

impl<'a> PlainRow<'a> {
    pub(super) fn new(chunk: &'a str, cells: &'a [PlainCell], context: &'a Context) -> Self {
        Self { chunk, cells, context }
    }

    pub(super) fn get(&self, col: u32) -> Item<'a> {
        find(self.cells, col, |cell| cell.col).map_or(Item::Blank, |cell| self.item(cell))
    }

    pub(super) fn look(&self, col: u32) -> Option<(Item<'a>, NumberFormat, bool)> {
        let cell = find(self.cells, col, |cell| cell.col)?;
        let look = self.style(cell);
        Some((self.item(cell), look.format, look.red))
    }

    pub(super) fn items(self) -> impl Iterator<Item = (u32, Item<'a>)> + use<'a> {
        self.cells.iter().map(move |cell| (cell.col, self.item(cell)))
    }

    fn style(&self, cell: &PlainCell) -> Look {
        let index = usize::try_from(cell.style).unwrap_or(usize::MAX);
        self.context.looks.get(index).copied().unwrap_or_default()
    }

    fn item(&self, cell: &PlainCell) -> Item<'a> {
        let (start, end) = (usize::try_from(cell.start), usize::try_from(cell.end));
        let text = start.ok().zip(end.ok()).and_then(|(start, end)| self.chunk.get(start..end));
        let text = text.unwrap_or_default();
        match cell.kind {
            Kind::Number => self.number(text, cell),
            Kind::Shared => {
                let found = text.trim().parse().ok().and_then(|index| self.context.strings.get(index));
                found.map_or(Item::Unreadable(Cow::Borrowed("缺少共享字符串")), |text| {
                    words(Cow::Borrowed(text))
                })
            }
            Kind::Inline { preserve } => words(typed(text, preserve)),
            Kind::Formula => words(typed(text, true)),
            Kind::Bool => match text.trim() {
                "1" | "true" | "TRUE" => Item::Unreadable(Cow::Borrowed("TRUE")),
                _ => Item::Unreadable(Cow::Borrowed("FALSE")),
            },
            Kind::Error => Item::Unreadable(Cow::Borrowed(text)),
            Kind::IsoDate => owned(value(&DataRef::DateTimeIso(text.to_owned()))),
            Kind::Unvalued => Item::FormulaWithoutValue,
        }
    }

    fn number(&self, text: &'a str, cell: &PlainCell) -> Item<'a> {
        let time = self.style(cell).time;
        if time == Time::No
            && let Some(number) = plain_number(text.as_bytes())
        {
            return Item::Number(number);
        }
        match text.parse() {
            Ok(double) => match time {
                Time::No => owned(exact(double)),
                Time::Point => self.moment(double, ExcelDateTimeType::DateTime),
                Time::Span => self.moment(double, ExcelDateTimeType::TimeDelta),
            },
            Err(_) => words(Cow::Borrowed(text)),
        }
    }

    #[expect(clippy::disallowed_types, reason = "the adapter to calamine: doubles end here")]
    fn moment(&self, double: f64, kind: ExcelDateTimeType) -> Item<'a> {
        owned(value(&DataRef::DateTime(ExcelDateTime::new(double, kind, self.context.is_1904))))
    }
}

fn typed(text: &str, preserve: bool) -> Cow<'_, str> {
    if memchr::memchr3(b'&', b'\r', b'_', text.as_bytes()).is_some() {
        return Cow::Owned(cell_text(text.as_bytes(), preserve));
    }
    let bare = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\n'));
    if preserve || !(bare(text.as_bytes().first()) || bare(text.as_bytes().last())) {
        return Cow::Borrowed(text);
    }
    Cow::Borrowed(text.trim_matches([' ', '\t', '\n']))
}

fn words(text: Cow<'_, str>) -> Item<'_> {
    let says_something = text.chars().any(|c| !c.is_whitespace());
    if says_something { Item::Text(text) } else { Item::Blank }
}

fn owned<'a>(value: Value) -> Item<'a> {
    match value {
        Value::Empty => Item::Blank,
        Value::Text(text) => Item::Text(Cow::Owned(text)),
        Value::Number(number) => Item::Number(number),
        Value::Date(day) => Item::Date(day),
        Value::Bool(flag) => Item::Unreadable(Cow::Borrowed(if flag { "TRUE" } else { "FALSE" })),
        Value::Error(text) | Value::Unrepresentable(text) => Item::Unreadable(Cow::Owned(text)),
    }
}

/// Plain digits of at most 15 significant ones are the decimal that Excel shows; others take the way over the double.
fn plain_number(bytes: &[u8]) -> Option<Number> {
    let (negative, digits) = match bytes.strip_prefix(b"-") {
        Some(digits) => (true, digits),
        None => (false, bytes),
    };
    let mut mantissa: i64 = 0;
    let mut scale: u32 = 0;
    let mut seen = 0_u32;
    let mut point = false;
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa.checked_mul(10)?.checked_add(i64::from(byte.wrapping_sub(b'0')))?;
                seen = seen.saturating_add(1);
                scale = scale.saturating_add(u32::from(point));
            }
            b'.' if !point => point = true,
            _ => return None,
        }
    }
    if seen == 0 || seen > 15 {
        return None;
    }
    while scale > 0 && mantissa.checked_rem(10) == Some(0) {
        mantissa = mantissa.checked_div(10)?;
        scale = scale.saturating_sub(1);
    }
    let mut number = Decimal::new(mantissa, scale);
    number.set_sign_negative(negative && mantissa != 0);
    Some(Number::new(number))
}

/// What stands next in the sheet's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// A row with this zero-based number; its cells are in the vector.
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
}

impl<'c> Cursor<'c> {
    pub(super) fn new(chunk: &'c str) -> Self {
        Self { chunk: chunk.as_bytes(), rest: chunk.as_bytes() }
    }

    /// Steps over everything before the first row; `Ok(false)` where the chunk has no data yet, `Err` where the sheet
    /// is not plain.
    pub(super) fn enter(&mut self) -> Result<bool, Unusual> {
        let Some(at) = memchr::memmem::find(self.rest, b"<sheetData") else { return Ok(false) };
        let (head, data) = self.rest.split_at_checked(at).ok_or(Unusual)?;
        let utf8 = memchr::memmem::find(head, b"encoding=").is_none_or(|at| {
            let declared = head.get(at.saturating_add(10)..at.saturating_add(15));
            declared.is_some_and(|name| name.eq_ignore_ascii_case(b"UTF-8"))
        });
        let odd = memchr::memmem::find(head, b"<!").is_some()
            || memchr::memmem::find(head, b"<worksheet").is_none();
        if !utf8 || odd {
            return Err(Unusual);
        }
        self.rest = data;
        if self.eat(b"<sheetData>") {
            return Ok(true);
        }
        // An empty sheet; anything else in the tag is unusual.
        if self.rest.starts_with(b"<sheetData/>") {
            self.rest = b"</sheetData>";
            return Ok(true);
        }
        Err(Unusual)
    }

    /// Reads the next row.
    pub(super) fn next(&mut self, cells: &mut Vec<PlainCell>) -> Result<Next, Unusual> {
        cells.clear();
        self.spaces();
        if self.rest.is_empty() {
            return Ok(Next::ChunkEnd);
        }
        if !self.eat(b"<row ") {
            return if self.rest.starts_with(b"</sheetData>") { Ok(Next::SheetEnd) } else { Err(Unusual) };
        }
        let mut number = None;
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
                number = digits(value).and_then(|n| n.checked_sub(1)).filter(|n| *n < MAX_ROWS);
            }
        };
        let number = number.ok_or(Unusual)?;
        if open {
            let mut before = None;
            while !self.row_ends()? {
                let col = self.cell(number, cells)?;
                if before.is_some_and(|before| before >= col) {
                    return Err(Unusual);
                }
                before = Some(col);
            }
        }
        Ok(Next::Row(number))
    }

    fn row_ends(&mut self) -> Result<bool, Unusual> {
        self.spaces();
        if self.eat(b"</row>") {
            return Ok(true);
        }
        if self.eat(b"<c ") { Ok(false) } else { Err(Unusual) }
    }

    /// Reads a cell behind `<c `; returns its column.
    fn cell(&mut self, row: u32, cells: &mut Vec<PlainCell>) -> Result<u32, Unusual> {
        let mut col = None;
        let mut style = 0;
        let mut kind: &[u8] = b"n";
        let open = loop {
            self.spaces();
            if self.eat(b">") {
                break true;
            }
            if self.eat(b"/>") {
                break false;
            }
            let (name, value) = self.attribute()?;
            match name {
                b"r" => col = column(value, row),
                b"s" => style = digits(value).ok_or(Unusual)?,
                b"t" => kind = value,
                _ => {}
            }
        };
        let col = col.ok_or(Unusual)?;
        if open {
            self.content(col, style, kind, cells)?;
        }
        Ok(col)
    }

    /// Reads what stands between the tags of a cell.
    fn content(
        &mut self,
        col: u32,
        style: u32,
        kind: &[u8],
        cells: &mut Vec<PlainCell>,
    ) -> Result<(), Unusual> {
        if self.eat(b"</c>") {
            return Ok(());
        }
        let formula = self.formula()?;
        let kind = match kind {
            b"n" => Kind::Number,
            b"s" => Kind::Shared,
            b"str" => Kind::Formula,
            b"inlineStr" => Kind::Inline { preserve: false },
            b"b" => Kind::Bool,
            b"e" => Kind::Error,
            b"d" => Kind::IsoDate,
            _ => return Err(Unusual),
        };
        if let Kind::Inline { .. } = kind {
            return self.inline(col, style, cells);
        }
        let mut push = |start: usize, end: usize, kind: Kind| {
            let (start, end) =
                (u32::try_from(start).map_err(|_| Unusual)?, u32::try_from(end).map_err(|_| Unusual)?);
            cells.push(PlainCell { col, style, start, end, kind });
            Ok(())
        };
        let empty = self.eat(b"<v/>") || self.eat(b"<v></v>");
        if empty || self.rest.starts_with(b"</c>") {
            // An empty text is a value; an empty number is none.
            if formula && !(empty && kind == Kind::Formula) {
                push(0, 0, Kind::Unvalued)?;
            }
        } else {
            if !self.eat(b"<v>") {
                return Err(Unusual);
            }
            let (start, end) = self.until_tag()?;
            push(start, end, kind)?;
            if !self.eat(b"</v>") {
                return Err(Unusual);
            }
        }
        if self.eat(b"</c>") { Ok(()) } else { Err(Unusual) }
    }

    /// Reads `<is><t>…</t></is></c>`.
    fn inline(&mut self, col: u32, style: u32, cells: &mut Vec<PlainCell>) -> Result<(), Unusual> {
        if self.eat(b"<is/></c>") || self.eat(b"<is></is></c>") || self.eat(b"<is><t/></is></c>") {
            return Ok(());
        }
        let preserve = if self.eat(b"<is><t>") {
            false
        } else if self.eat(b"<is><t xml:space=\"preserve\">") {
            true
        } else {
            return Err(Unusual);
        };
        let (start, end) = self.until_tag()?;
        let (start, end) =
            (u32::try_from(start).map_err(|_| Unusual)?, u32::try_from(end).map_err(|_| Unusual)?);
        cells.push(PlainCell { col, style, start, end, kind: Kind::Inline { preserve } });
        if self.eat(b"</t></is></c>") { Ok(()) } else { Err(Unusual) }
    }

    /// Steps over a formula; says whether there was one.
    fn formula(&mut self) -> Result<bool, Unusual> {
        if !self.rest.starts_with(b"<f") {
            return Ok(false);
        }
        let end = memchr::memchr(b'>', self.rest).ok_or(Unusual)?;
        let (tag, after) = self.rest.split_at_checked(end.saturating_add(1)).ok_or(Unusual)?;
        self.rest = after;
        if !tag.ends_with(b"/>") {
            self.until_tag()?;
            if !self.eat(b"</f>") {
                return Err(Unusual);
            }
        }
        Ok(true)
    }

    /// The text up to the next tag, as a range of the chunk.
    fn until_tag(&mut self) -> Result<(usize, usize), Unusual> {
        let start = self.chunk.len().saturating_sub(self.rest.len());
        let len = memchr::memchr(b'<', self.rest).ok_or(Unusual)?;
        self.rest = self.rest.get(len..).ok_or(Unusual)?;
        Ok((start, start.saturating_add(len)))
    }

    /// `name="value"`.
    fn attribute(&mut self) -> Result<(&'c [u8], &'c [u8]), Unusual> {
        let equals = self.rest.iter().position(|b| *b == b'=').ok_or(Unusual)?;
        let (name, after) = self.rest.split_at_checked(equals).ok_or(Unusual)?;
        let after = after.strip_prefix(b"=\"").ok_or(Unusual)?;
        let quote = after.iter().position(|b| *b == b'"').ok_or(Unusual)?;
        let (value, after) = after.split_at_checked(quote).ok_or(Unusual)?;
        self.rest = after.get(1..).ok_or(Unusual)?;
        Ok((name, value))
    }

    fn spaces(&mut self) {
        while let Some((b' ' | b'\n' | b'\r' | b'\t', after)) = self.rest.split_first() {
            self.rest = after;
        }
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

fn digits(value: &[u8]) -> Option<u32> {
    if value.is_empty() {
        return None;
    }
    value.iter().try_fold(0_u32, |number, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit <= 9)?;
        number.checked_mul(10)?.checked_add(u32::from(digit))
    })
}

/// The zero-based column of a reference such as `AB12` in the given zero-based row.
fn column(reference: &[u8], row: u32) -> Option<u32> {
    let mut col = 0_u32;
    let mut rest = reference;
    while let Some((letter @ b'A'..=b'Z', after)) = rest.split_first() {
        col = col.checked_mul(26)?.checked_add(u32::from(letter.wrapping_sub(b'A')).checked_add(1)?)?;
        rest = after;
    }
    (digits(rest)? == row.checked_add(1)?).then_some(())?;
    col.checked_sub(1).filter(|col| *col < MAX_COLUMNS)
}
