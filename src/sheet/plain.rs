//! The cells of a plain worksheet part, decoded from its bytes when somebody asks for them; most are never asked for.
//!
//! Only the plain form is read that programs write: no prefixes, comments, CDATA or rich text inside cells, every row
//! and cell with its reference, in order. Anything else is [`Unusual`], and [`super::general`] takes over.

use std::borrow::Cow;
use std::io::{Read, Seek};

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};

use super::doubles::{exact, text_value, value};
use super::figure::{day_of_serial, plain_number};
use super::palette::{self, Look, Time};
use super::sections::{REASONS, Sections};
use super::stream::{Item, find};
use super::string_table;
use super::strings::{Strings, cell_text};
use super::value::{NumberFormat, Value};
use crate::base::{Error, Number, Result};
use crate::package::{Doc, printable};
use crate::xlsx::XlsxPackage;

/// The sheet is not of the plain form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unusual;

/// What the cells of a sheet refer to.
#[derive(Debug, Default)]
pub(super) struct Context {
    pub(super) looks: Vec<Look>,
    /// The sections of the formats that do not show all numbers alike.
    sections: Vec<Sections>,
    pub(super) strings: Strings,
    pub(super) is_1904: bool,
    /// Whether the workbook asks to be computed when it is opened.
    pub(super) recalculates: bool,
    /// Whether any format strikes out what it shows.
    strikes: bool,
}

impl Context {
    /// Reads the parts of the workbook that its sheets share.
    pub(super) fn read<R: Read + Seek>(package: &mut XlsxPackage<R>) -> Result<Self> {
        let styles = package.related_part("styles");
        let (looks, sections) = match styles {
            Some(name) => palette::read(package.parts_mut().read_text(&name)?)
                .map_err(|error| error.of_part(&printable(&name)))?,
            None => Default::default(),
        };
        let strings = match package.related_part("sharedStrings") {
            Some(name) => strings(package, &name)?,
            None => None,
        };
        let part = package.workbook_part().to_owned();
        let workbook = package.read_part(&part)?.map(Doc::parse).transpose()?;
        let flag = |element: &str, name: &str| {
            let doc = workbook.as_ref()?;
            doc.tag(doc.child(doc.root(), element)?).flag(name)
        };
        let is_1904 = flag("workbookPr", "date1904") == Some(true);
        let recalculates = flag("calcPr", "fullCalcOnLoad") == Some(true);
        let strikes = looks.iter().any(|look| look.struck);
        Ok(Self { looks, sections, strings: strings.unwrap_or_default(), is_1904, recalculates, strikes })
    }

    /// What a style index means.
    pub(super) fn look(&self, style: u32) -> Look {
        let index = usize::try_from(style).unwrap_or(usize::MAX);
        self.looks.get(index).copied().unwrap_or_default()
    }
}

/// The strings of a part; `None` where it is not there.
fn strings<R: Read + Seek>(package: &mut XlsxPackage<R>, name: &str) -> Result<Option<Strings>> {
    let Some(part) = package.parts_mut().open_part(name)? else { return Ok(None) };
    let of_part = |error: Error| error.of_part(&printable(name));
    if let Ok(strings) = string_table::read(part).map_err(of_part)? {
        return Ok(Some(strings));
    }
    package.parts_mut().open_text(name)?.map(Strings::read).transpose().map_err(of_part)
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
    /// An inline string whose escapes are resolved.
    Decoded,
    /// The text that a formula gave.
    Formula,
    Bool,
    Error,
    IsoDate,
    /// A formula without a stored value.
    Unvalued,
    /// A text of which a part is struck out.
    Struck,
    /// A kind that no standard names.
    Unknown,
    /// A cell that stands in the file more than once.
    Twice,
    /// Content that can be read in two ways.
    Twofold,
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

/// A formula: where its cell is, and where its text stands in the chunk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Formula {
    pub(super) row: u32,
    pub(super) col: u32,
    pub(super) style: u32,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// What is said of a text with a line through it: whether it still holds only its writer knows.
const STRUCK: &str = "有文字加了删除线，是否有效不能确定";

/// What stands in the place of what a cell holds where it cannot be known; why is said of the cell.
pub const UNREAD: &str = "#无法读取";

/// Why a cell is not read, in words that are said of it, where these words are such a reason.
pub fn why_unread(words: &str) -> Option<&'static str> {
    std::iter::once(STRUCK).chain(REASONS).find(|why| *why == words)
}

/// The longest name of an error value that is kept.
const MAX_ERROR_CHARS: usize = 40;

/// A cell to be kept.
#[derive(Debug)]
pub(super) struct Valued {
    pub(super) col: u32,
    pub(super) value: Value,
    pub(super) format: NumberFormat,
    /// Why its content cannot be known.
    pub(super) unread: Option<&'static str>,
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

    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(super) fn get(&self, col: u32) -> Item<'a> {
        find(self.cells, col, |cell| cell.col).map_or(Item::Blank, |cell| self.item(cell))
    }

    pub(super) fn look(&self, col: u32) -> Option<(Item<'a>, NumberFormat, bool)> {
        let cell = find(self.cells, col, |cell| cell.col)?;
        let look = self.style(cell);
        let item = self.item(cell);
        let red = match (&item, self.sections(look)) {
            (Item::Number(number), Some(sections)) => sections.is_red(*number),
            _ => false,
        };
        let format = self.format(look, &item);
        Some((item, format, look.red || red))
    }

    pub(super) fn items(self) -> impl Iterator<Item = (u32, Item<'a>)> + use<'a> {
        self.cells.iter().map(move |cell| (cell.col, self.item(cell)))
    }

    /// The cells to be kept.
    pub(super) fn values(self) -> impl Iterator<Item = Valued> + use<'a> {
        self.cells.iter().map(move |cell| self.valued(cell))
    }

    fn valued(&self, cell: &PlainCell) -> Valued {
        let text = part(self.chunk, cell.start, cell.end);
        let item = self.item(cell);
        let unread = match (cell.kind, &item) {
            (_, Item::Unreadable(shown)) if why_unread(shown).is_some() => why_unread(shown),
            (Kind::Shared, Item::Unreadable(_)) => Some("引用的共享文字不存在"),
            (Kind::Unknown, _) => Some("类型无法识别"),
            (Kind::Twice, _) => Some("在文件中出现了两次，内容不能确定"),
            (Kind::Twofold, _) => Some("在文件中有两种读法，内容不能确定"),
            _ => None,
        };
        let format = self.format(self.style(cell), &item);
        let value = match (cell.kind, item) {
            (Kind::Unvalued, _) | (_, Item::Blank | Item::FormulaWithoutValue) => Value::Empty,
            (Kind::Bool, _) => match text {
                "1" | "true" | "TRUE" => Value::Bool(true),
                "0" | "false" | "FALSE" => Value::Bool(false),
                _ => Value::Error(text.chars().take(MAX_ERROR_CHARS).collect()),
            },
            _ if unread.is_some() => Value::Error(UNREAD.to_owned()),
            // Programs know errors that others do not (#SPILL!, #CALC!): an error is an error, whatever it is called.
            (Kind::Error, _) => Value::Error(text.chars().take(MAX_ERROR_CHARS).collect()),
            (_, Item::Text(text)) => text_value(&text),
            (_, Item::Number(number)) => Value::Number(number),
            (_, Item::Date(day)) => Value::Date(day),
            (_, Item::Unreadable(shown)) => Value::Unrepresentable(shown.into_owned()),
        };
        Valued { col: cell.col, value, format, unread }
    }

    /// What the format of a cell makes of what it holds.
    fn format(&self, look: Look, item: &Item<'_>) -> NumberFormat {
        match (item, self.sections(look)) {
            (Item::Number(number), Some(sections)) => sections.meaning(*number).unwrap_or(look.format),
            _ => look.format,
        }
    }

    fn sections(&self, look: Look) -> Option<&'a Sections> {
        self.context.sections.get(usize::try_from(look.sections?).ok()?)
    }

    /// A number, if its cell shows it.
    fn shown(&self, number: Number, cell: &PlainCell) -> Item<'a> {
        let sections = self.sections(self.style(cell));
        let why = sections.and_then(|sections| sections.meaning(number).err());
        why.map_or(Item::Number(number), |why| Item::Unreadable(Cow::Borrowed(why)))
    }

    fn style(&self, cell: &PlainCell) -> Look {
        self.context.look(cell.style)
    }

    fn item(&self, cell: &PlainCell) -> Item<'a> {
        let item = self.written(cell);
        let struck = self.context.strikes && item != Item::Blank && self.style(cell).struck;
        if struck { Item::Unreadable(Cow::Borrowed(STRUCK)) } else { item }
    }

    /// What the cell holds, struck out or not.
    fn written(&self, cell: &PlainCell) -> Item<'a> {
        let text = part(self.chunk, cell.start, cell.end);
        match cell.kind {
            Kind::Number => self.number(text, cell),
            Kind::Shared => {
                let index: Option<usize> = text.trim().parse().ok();
                if index.is_some_and(|index| self.context.strings.is_struck(index)) {
                    return Item::Unreadable(Cow::Borrowed(STRUCK));
                }
                let found = index.and_then(|index| self.context.strings.get(index));
                found.map_or(Item::Unreadable(Cow::Borrowed("缺少共享字符串")), |text| {
                    words(Cow::Borrowed(text))
                })
            }
            Kind::Inline { preserve } => words(typed(text, preserve, self.escapes)),
            Kind::Decoded => words(Cow::Borrowed(text)),
            Kind::Formula => words(typed(text, true, self.escapes)),
            Kind::Struck => Item::Unreadable(Cow::Borrowed(STRUCK)),
            Kind::Bool => match text.trim() {
                "1" | "true" | "TRUE" => Item::Unreadable(Cow::Borrowed("TRUE")),
                _ => Item::Unreadable(Cow::Borrowed("FALSE")),
            },
            Kind::Error | Kind::Unknown | Kind::Twice | Kind::Twofold => {
                Item::Unreadable(Cow::Borrowed(text))
            }
            Kind::IsoDate => owned(value(&DataRef::DateTimeIso(text.to_owned()))),
            Kind::Unvalued => Item::FormulaWithoutValue,
        }
    }

    fn number(&self, text: &'a str, cell: &PlainCell) -> Item<'a> {
        let time = self.style(cell).time;
        if time == Time::No
            && let Some(number) = plain_number(text.as_bytes())
        {
            return self.shown(number, cell);
        }
        if time == Time::Point
            && !self.context.is_1904
            && let Some(day) = day_of_serial(text.as_bytes())
        {
            return Item::Date(day);
        }
        match text.parse() {
            Ok(double) => match time {
                Time::No => match exact(double) {
                    Value::Number(number) => self.shown(number, cell),
                    other => owned(other),
                },
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

/// A part of a chunk; its places are always such.
pub(super) fn part(chunk: &str, start: u32, end: u32) -> &str {
    let places = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    places.and_then(|(start, end)| chunk.get(start..end)).unwrap_or_default()
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
