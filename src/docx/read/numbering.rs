//! Automatic numbers: what stands before a paragraph on the page and in no run of it (`一、`, `（一）`, `1.`).

use std::collections::BTreeMap;

use crate::package::xml::{Doc, Id};

/// Levels of a list.
const LEVELS: usize = 9;
/// Lists and styles that are kept.
const MAX_KEPT: usize = 10_000;

/// How a level is numbered.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
}

/// A paragraph's place in a list.
#[derive(Debug, Clone, Default)]
struct InList {
    list: Option<String>,
    level: Option<usize>,
}

/// What a style says of its paragraphs.
#[derive(Debug, Clone, Default)]
struct Style {
    based_on: Option<String>,
    outline: Option<u8>,
    list: InList,
}

/// The lists and styles of a document, and how far each list has come.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    styles: BTreeMap<String, Style>,
    /// The definition that each list follows.
    lists: BTreeMap<String, String>,
    levels: BTreeMap<String, Vec<Level>>,
    counted: BTreeMap<String, Vec<u32>>,
}

impl Numbering {
    /// Those of these parts.
    pub(super) fn read(styles: Option<&Doc>, lists: Option<&Doc>) -> Self {
        let mut all = Self::default();
        if let Some(doc) = styles {
            for id in doc.all(doc.root(), "style").take(MAX_KEPT) {
                let Some(name) = doc.tag(id).get_prefixed("styleId") else { continue };
                let properties = doc.child(id, "pPr");
                let style = Style {
                    based_on: doc.child(id, "basedOn").and_then(|id| doc.tag(id).get_prefixed("val")),
                    outline: outline(doc, properties),
                    list: in_list(doc, properties),
                };
                all.styles.insert(name, style);
            }
        }
        if let Some(doc) = lists {
            for id in doc.all(doc.root(), "abstractNum").take(MAX_KEPT) {
                let Some(name) = doc.tag(id).get_prefixed("abstractNumId") else { continue };
                let levels = doc.all(id, "lvl").take(LEVELS).map(|level| {
                    let value =
                        |name: &str| doc.child(level, name).and_then(|id| doc.tag(id).get_prefixed("val"));
                    Level {
                        start: value("start").and_then(|start| start.parse().ok()).unwrap_or(1),
                        format: value("numFmt").unwrap_or_default(),
                        text: value("lvlText").unwrap_or_default(),
                    }
                });
                all.levels.insert(name, levels.collect());
            }
            for id in doc.all(doc.root(), "num").take(MAX_KEPT) {
                let definition =
                    doc.child(id, "abstractNumId").and_then(|id| doc.tag(id).get_prefixed("val"));
                if let (Some(name), Some(definition)) = (doc.tag(id).get_prefixed("numId"), definition) {
                    all.lists.insert(name, definition);
                }
            }
        }
        all
    }

    /// What a style and those that it is based on say.
    fn styled<T>(&self, style: Option<&str>, what: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut name = style?.to_owned();
        // Styles that are based on each other in a ring end nowhere.
        for _ in 0..20 {
            let style = self.styles.get(&name)?;
            if let Some(found) = what(style) {
                return Some(found);
            }
            name = style.based_on.clone()?;
        }
        None
    }

    /// The number of a paragraph as it is shown, and the level of its heading from 1. A blank paragraph has no number, and
    /// its list does not go on.
    pub(super) fn of(&mut self, doc: &Doc, properties: Option<Id>, blank: bool) -> (String, Option<u8>) {
        let style =
            properties.and_then(|id| doc.child(id, "pStyle")).and_then(|id| doc.tag(id).get_prefixed("val"));
        let style = style.as_deref();
        let heading = outline(doc, properties).or_else(|| self.styled(style, |style| style.outline));
        let own = in_list(doc, properties);
        let list = own.list.or_else(|| self.styled(style, |style| style.list.list.clone()));
        let level = own.level.or_else(|| self.styled(style, |style| style.list.level)).unwrap_or(0);
        let label = list.filter(|_| !blank).and_then(|list| self.next(&list, level)).unwrap_or_default();
        (label, heading)
    }

    /// The next number of a level of a list.
    fn next(&mut self, list: &str, level: usize) -> Option<String> {
        let definition = self.lists.get(list)?;
        let levels = self.levels.get(definition)?;
        let own = levels.get(level)?;
        let counted = self.counted.entry(definition.clone()).or_insert_with(|| vec![0; LEVELS]);
        for (at, count) in counted.iter_mut().enumerate() {
            let start = levels.get(at).map_or(1, |level| level.start);
            match at.cmp(&level) {
                std::cmp::Ordering::Less if *count == 0 => *count = start,
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal if *count == 0 => *count = start,
                std::cmp::Ordering::Equal => *count = count.saturating_add(1),
                std::cmp::Ordering::Greater => *count = 0,
            }
        }
        if matches!(own.format.as_str(), "bullet" | "none") {
            return None;
        }
        let mut label = own.text.clone();
        for (at, count) in counted.iter().enumerate() {
            let sign = format!("%{}", at.saturating_add(1));
            if label.contains(&sign) {
                let format = levels.get(at).map_or("", |level| level.format.as_str());
                label = label.replace(&sign, &written(*count, format));
            }
        }
        Some(label)
    }
}

fn outline(doc: &Doc, properties: Option<Id>) -> Option<u8> {
    let level = doc.tag(doc.child(properties?, "outlineLvl")?).get_prefixed("val")?;
    // 9 is body text.
    level.parse::<u8>().ok().filter(|level| *level < 9).map(|level| level.saturating_add(1))
}

fn in_list(doc: &Doc, properties: Option<Id>) -> InList {
    let Some(id) = properties.and_then(|id| doc.child(id, "numPr")) else { return InList::default() };
    let value = |name: &str| doc.child(id, name).and_then(|id| doc.tag(id).get_prefixed("val"));
    InList { list: value("numId"), level: value("ilvl").and_then(|level| level.parse().ok()) }
}

/// A number as a list writes it.
fn written(number: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "ideographDigital"
        | "japaneseCounting"
        | "taiwaneseCountingThousand"
        | "chineseLegalSimplified" => chinese(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            let circled = number.checked_sub(1).and_then(|at| 0x2460_u32.checked_add(at));
            circled
                .filter(|_| number <= 20)
                .and_then(char::from_u32)
                .map_or_else(|| number.to_string(), String::from)
        }
        "lowerLetter" | "upperLetter" => {
            let first = if format == "lowerLetter" { 'a' } else { 'A' };
            let letter = number.checked_sub(1).and_then(|at| u32::from(first).checked_add(at));
            letter
                .filter(|_| number <= 26)
                .and_then(char::from_u32)
                .map_or_else(|| number.to_string(), String::from)
        }
        _ => number.to_string(),
    }
}

/// A number up to 99 in Chinese.
fn chinese(number: u32) -> String {
    let digit = |at: u32| {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        "零一二三四五六七八九".chars().nth(at).map(String::from).unwrap_or_default()
    };
    let (tens, ones) = (number.checked_div(10).unwrap_or(0), number.checked_rem(10).unwrap_or(0));
    match (tens, ones) {
        (10.., _) => number.to_string(),
        (0, ones) => digit(ones),
        (1, 0) => "十".to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, 0) => format!("{}十", digit(tens)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}
