//! The cells of a plain worksheet part, decoded from its bytes when somebody asks for them; most are never asked for.
//!
//! Only the plain form is read that programs write: no prefixes, comments, CDATA or rich text inside cells, every row
//! and cell with its reference, in order. Anything else is [`Unusual`], and another reader takes over.

use std::borrow::Cow;

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};

use super::figure::{day_of_serial, plain_number};
use super::palette::{Look, Time};
use super::reader::{exact, value};
use super::stream::{Item, find};
use super::strings::{Strings, cell_text};
use super::value::{NumberFormat, Value};

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
pub(super) enum Kind {
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
    pub(super) col: u32,
    pub(super) style: u32,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: Kind,
}

/// A row whose cells are decoded when they are asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlainRow<'a> {
    chunk: &'a str,
    cells: &'a [PlainCell],
    /// Whether any text of the chunk has to be unescaped; in most chunks none has.
    escapes: bool,
    context: &'a Context,
}

impl<'a> PlainRow<'a> {
    /// The row with these cells, which are parts of the text.
    pub(super) fn new(text: &'a str, escapes: bool, cells: &'a [PlainCell], context: &'a Context) -> Self {
        Self { chunk: text, cells, escapes, context }
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
            Kind::Inline { preserve } => words(typed(text, preserve, self.escapes)),
            Kind::Formula => words(typed(text, true, self.escapes)),
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
        if time == Time::Point
            && !self.context.is_1904
            && let Some(day) = day_of_serial(text.as_bytes())
        {
            return Item::Date(day);
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

fn typed(text: &str, preserve: bool, escapes: bool) -> Cow<'_, str> {
    if escapes && memchr::memchr3(b'&', b'\r', b'_', text.as_bytes()).is_some() {
        return Cow::Owned(cell_text(text.as_bytes(), preserve));
    }
    let bare = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\n'));
    if preserve || !(bare(text.as_bytes().first()) || bare(text.as_bytes().last())) {
        return Cow::Borrowed(text);
    }
    Cow::Borrowed(text.trim_matches([' ', '\t', '\n']))
}

fn words(text: Cow<'_, str>) -> Item<'_> {
    // The Chinese characters' first byte or a visible ASCII one tells without decoding.
    let visible = |first: &u8| matches!(first, b'!'..=b'~' | 0xE4..=0xE9);
    let says_something = text.as_bytes().first().is_some_and(visible) || !text.trim().is_empty();
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
