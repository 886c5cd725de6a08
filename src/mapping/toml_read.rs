//! Reading TOML with every fault kept: a typed value or what is wrong with it, at its place.
//!
//! serde would stop at the first fault; a person who writes a mapping wants them all at once.

use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::Number;

/// What kind of fault a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// The text is no TOML.
    Syntax,
    /// A key that the vocabulary does not have.
    UnknownKey,
    /// A key that must be there is not.
    MissingKey,
    /// A value of another type than the key takes.
    WrongType,
    /// A word that is none of those the key takes.
    UnknownWord,
    /// A value that contradicts another, or names something that is not there.
    Conflict,
    /// A scoring rule that the criterion grammar does not read for certain.
    Unread,
}

/// A fault of a mapping or settings file, at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingFault {
    /// The file's name.
    pub file: String,
    /// Its text, for showing the line.
    pub source: Arc<str>,
    /// Byte range of the fault in the text.
    pub span: Range<usize>,
    /// What kind.
    pub kind: FaultKind,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to write instead, in Chinese; empty when there is nothing to say.
    pub hint: String,
}

impl MappingFault {
    /// Line and column of the fault, both from 1; the column counts characters.
    pub fn position(&self) -> (usize, usize) {
        position(&self.source, self.span.start)
    }
}

/// Line and column of a byte offset, both from 1; the column counts characters.
fn position(source: &str, offset: usize) -> (usize, usize) {
    let before = source.get(..offset).unwrap_or(source);
    let line = before.matches('\n').count().saturating_add(1);
    let column = before.rsplit('\n').next().unwrap_or("").chars().count().saturating_add(1);
    (line, column)
}

/// The faults found so far in one file.
#[derive(Debug)]
pub struct Faults {
    file: String,
    source: Arc<str>,
    found: Vec<MappingFault>,
}

impl Faults {
    /// No faults yet.
    pub fn new(file: &str, source: &str) -> Self {
        Self { file: file.to_owned(), source: Arc::from(source), found: Vec::new() }
    }

    /// Notes a fault.
    pub fn add(
        &mut self,
        kind: FaultKind,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let fault = MappingFault {
            file: self.file.clone(),
            source: Arc::clone(&self.source),
            span,
            kind,
            message: message.into(),
            hint: hint.into(),
        };
        self.found.push(fault);
    }

    /// The file's name.
    pub fn file_name(&self) -> &str {
        &self.file
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        position(&self.source, offset)
    }

    /// All faults in the order of the text.
    pub fn into_sorted(mut self) -> Vec<MappingFault> {
        self.found.sort_by_key(|fault| (fault.span.start, fault.span.end));
        self.found
    }

    fn wrong_type(&mut self, node: &Spanned<DeValue<'_>>, wanted: &str) {
        let found = match node.get_ref() {
            DeValue::String(_) => "文字",
            DeValue::Integer(_) | DeValue::Float(_) => "数字",
            DeValue::Boolean(_) => "true/false",
            DeValue::Datetime(_) => "日期",
            DeValue::Array(_) => "列表",
            DeValue::Table(_) => "表",
        };
        self.add(FaultKind::WrongType, node.span(), format!("这里应为{wanted}，却是{found}"), "");
    }
}

/// The nearest of the words, when one is near enough to be meant.
pub fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let length = word.chars().count();
    words
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= length.max(candidate.chars().count()).div_ceil(2))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// What a key takes, for the JSON Schema and the reference.
#[derive(Debug, Clone)]
pub enum Shape {
    /// A text.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Decimal,
    /// true or false.
    Flag,
    /// One of these words, each with its meaning.
    Word(&'static str, &'static [(&'static str, &'static str)]),
    /// A list.
    List(Box<Shape>),
    /// A table.
    Table(&'static TableShape),
}

/// A table of the vocabulary.
#[derive(Debug)]
pub struct TableShape {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Its keys.
    pub keys: fn() -> Vec<KeyShape>,
}

/// A key of a table.
#[derive(Debug)]
pub struct KeyShape {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it takes.
    pub shape: Shape,
}

/// A value that can be read from TOML with all its faults.
pub trait Typed: Sized {
    /// The value, or `None` with the fault noted.
    fn read(node: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Self>;
    /// What it is, for the schema.
    fn shape() -> Shape;
}

impl Typed for Spanned<String> {
    fn read(node: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Self> {
        let DeValue::String(text) = node.get_ref() else {
            faults.wrong_type(node, "文字（写在引号里）");
            return None;
        };
        if text.trim().is_empty() {
            faults.add(FaultKind::WrongType, node.span(), "这里是空的文字", "请填写内容，或删去这一项。");
            return None;
        }
        Some(Self::new(node.span(), text.clone().into_owned()))
    }

    fn shape() -> Shape {
        Shape::Text
    }
}

impl Typed for Spanned<u32> {
    fn read(node: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Self> {
        let number = match node.get_ref() {
            DeValue::Integer(digits) => u32::from_str_radix(digits.as_str(), digits.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            faults.wrong_type(node, "不小于 0 的整数");
        }
        number.map(|number| Self::new(node.span(), number))
    }

    fn shape() -> Shape {
        Shape::Whole
    }
}

impl Typed for Spanned<Number> {
    fn read(node: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Self> {
        let number = match node.get_ref() {
            DeValue::Integer(digits) if digits.radix() == 10 => Number::from_str(digits.as_str()).ok(),
            DeValue::Float(digits) => Number::from_str(digits.as_str()).ok(),
            _ => None,
        };
        if number.is_none() {
            faults.wrong_type(node, "数字");
        }
        number.map(|number| Self::new(node.span(), number))
    }

    fn shape() -> Shape {
        Shape::Decimal
    }
}

impl Typed for Spanned<bool> {
    fn read(node: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Self> {
        let DeValue::Boolean(flag) = node.get_ref() else {
            faults.wrong_type(node, " true 或 false");
            return None;
        };
        Some(Self::new(node.span(), *flag))
    }

    fn shape() -> Shape {
        Shape::Flag
    }
}

impl<T: Typed> Typed for Vec<T> {
    fn read(node: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Self> {
        let DeValue::Array(items) = node.get_ref() else {
            faults.wrong_type(node, "列表（写在 [ ] 里，或写成 [[…]]）");
            return None;
        };
        Some(items.iter().filter_map(|item| T::read(item, faults)).collect())
    }

    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
}

/// Reads a whole text; what could be read comes back even when its content has faults.
pub fn document<T: Default>(
    text: &str,
    faults: &mut Faults,
    read: impl FnOnce(&DeTable<'_>, Range<usize>, &mut Faults) -> T,
) -> T {
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        faults.add(
            FaultKind::Syntax,
            error.span().unwrap_or(0..0),
            "不是正确的 TOML",
            format!("请检查引号、方括号和等号（{}）。", error.message()),
        );
    }
    // What was recovered behind a fault of the syntax would only raise more that are none.
    if errors.is_empty() { read(document.get_ref(), 0..0, faults) } else { T::default() }
}

/// Whether a table has the key.
pub fn has(table: &DeTable<'_>, key: &str) -> bool {
    table.keys().any(|have| have.get_ref().as_ref() == key)
}

/// A key that is none of the table's: the fault says the nearest one.
pub fn unknown_key(key: &Spanned<std::borrow::Cow<'_, str>>, keys: &[&'static str], faults: &mut Faults) {
    let hint = match nearest(key.get_ref(), keys.iter().copied()) {
        Some(near) => format!("是否要写 `{near}`？"),
        None => format!("这里可以写：{}。", keys.join("、")),
    };
    faults.add(FaultKind::UnknownKey, key.span(), format!("没有名为 `{}` 的项", key.get_ref()), hint);
}

/// The table at the node, or the fault that it is none.
pub fn as_table<'n, 'i>(node: &'n Spanned<DeValue<'i>>, faults: &mut Faults) -> Option<&'n DeTable<'i>> {
    let DeValue::Table(table) = node.get_ref() else {
        faults.wrong_type(node, "表");
        return None;
    };
    Some(table)
}

/// The word at the node, or the fault that names the nearest one.
pub fn as_word<T: Copy>(
    node: &Spanned<DeValue<'_>>,
    words: &[(T, &'static str)],
    faults: &mut Faults,
) -> Option<Spanned<T>> {
    let DeValue::String(text) = node.get_ref() else {
        faults.wrong_type(node, "文字（写在引号里）");
        return None;
    };
    if let Some((value, _)) = words.iter().find(|(_, word)| word == text) {
        return Some(Spanned::new(node.span(), *value));
    }
    let all: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
    let hint = match nearest(text, all.iter().copied()) {
        Some(near) => format!("是否要写 \"{near}\"？"),
        None => format!("这里可以写：{}。", all.join("、")),
    };
    faults.add(FaultKind::UnknownWord, node.span(), format!("\"{text}\" 不是这里可以写的词"), hint);
    None
}
