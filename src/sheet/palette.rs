//! The cell formats of a workbook: what each style index means for the value it stands at.

use std::collections::HashMap;

use super::format::Section;
use super::sections::Sections;
use super::value::NumberFormat;
use crate::base::Result;
use crate::package::{Doc, Tag};
use crate::xlsx::built_in_format;

/// Whether a number is a point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Time {
    /// It is a plain number.
    #[default]
    No,
    /// A date or time of day.
    Point,
    /// A duration (`[h]:mm`).
    Span,
}

/// What a style index means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    pub(super) format: NumberFormat,
    pub(super) time: Time,
    pub(super) red: bool,
    /// The number of its sections, where they do not show all numbers alike.
    pub(super) sections: Option<u32>,
    /// Whether its font is struck out.
    pub(super) struck: bool,
}

/// Reads the styles part; a workbook without one has no formats.
pub(super) fn read(part: Option<Vec<u8>>) -> Result<(Vec<Look>, Vec<Sections>)> {
    let Some(bytes) = part else { return Ok(Default::default()) };
    let doc = Doc::parse(bytes)?;
    let root = doc.root();
    let mut custom: HashMap<u32, String> = HashMap::new();
    for id in doc.child(root, "numFmts").into_iter().flat_map(|s| doc.all(s, "numFmt")) {
        let tag = doc.tag(id);
        if let (Some(number), Some(code)) = (tag.number("numFmtId"), tag.get("formatCode")) {
            custom.insert(number, code);
        }
    }
    let mut red_fonts = Vec::new();
    let mut struck_fonts = Vec::new();
    for id in doc.child(root, "fonts").into_iter().flat_map(|s| doc.all(s, "font")) {
        let strike = doc.child(id, "strike").map(|strike| doc.tag(strike));
        struck_fonts.push(strike.is_some_and(is_on));
        let color = doc.child(id, "color").map(|color| doc.tag(color));
        red_fonts.push(color.is_some_and(|tag| match tag.get("rgb") {
            Some(rgb) => is_red(&rgb),
            // The palette of the old format: 2 and 10 are red.
            None => matches!(tag.number("indexed"), Some(2 | 10)),
        }));
    }
    let mut looks = Vec::new();
    let mut varied = Vec::new();
    for id in doc.child(root, "cellXfs").into_iter().flat_map(|s| doc.all(s, "xf")) {
        let tag = doc.tag(id);
        let number = tag.number("numFmtId");
        let code = number.and_then(|n| custom.get(&n).map(String::as_str).or_else(|| built_in_format(n)));
        let time = match number {
            Some(n) if !custom.contains_key(&n) => builtin_time(n),
            _ => code.map(time).unwrap_or_default(),
        };
        let font = tag.number("fontId").and_then(|n| usize::try_from(n).ok());
        let of_font = |fonts: &[bool]| font.and_then(|n| fonts.get(n)).copied().unwrap_or(false);
        let first = code.map(Section::of);
        let sections = code.and_then(Sections::of).filter(|_| time == Time::No);
        let in_red = first.as_ref().is_some_and(Section::is_red) && sections.is_none();
        looks.push(Look {
            format: first.as_ref().map(Section::meaning).unwrap_or_default(),
            time,
            struck: of_font(&struck_fonts),
            red: of_font(&red_fonts) || in_red,
            sections: sections.as_ref().and_then(|_| u32::try_from(varied.len()).ok()),
        });
        varied.extend(sections);
    }
    Ok((looks, varied))
}

/// Whether a property of a font that needs no value is on: `<strike/>`.
pub(super) fn is_on(tag: Tag<'_>) -> bool {
    !matches!(tag.raw(b"val"), Some(b"0" | b"false" | b"off"))
}

/// `FFFF0000` and what a person would call the same colour.
fn is_red(rgb: &str) -> bool {
    let channel = |at: usize| {
        rgb.get(at..at.saturating_add(2)).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0)
    };
    let from = if rgb.len() == 8 { 2 } else { 0 };
    let (red, green, blue) =
        (channel(from), channel(from.saturating_add(2)), channel(from.saturating_add(4)));
    red >= 0xC0 && green <= 0x40 && blue <= 0x40
}

fn builtin_time(id: u32) -> Time {
    match id {
        // 27 to 36 and 50 to 58 are the dates of East Asian locales.
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Time::Point,
        46 => Time::Span,
        _ => Time::No,
    }
}

/// What the first section of a custom format makes of a number, as calamine reads it: the fallback reader and this one
/// must agree.
fn time(code: &str) -> Time {
    let mut chars = code.chars();
    let mut depth = 0_u8;
    let mut half_day = false;
    let mut elapsed = false;
    let mut previous = ' ';
    while let Some(c) = chars.next() {
        match c {
            '_' | '\\' | '*' => {
                chars.next();
                previous = ' ';
                continue;
            }
            '"' => {
                chars.find(|&c| c == '"');
                previous = '"';
                continue;
            }
            ';' => return Time::No,
            '[' => depth = depth.saturating_add(1),
            ']' if depth == 1 && elapsed => return Time::Span,
            ']' => depth = depth.saturating_sub(1),
            'a' | 'A' if depth == 0 && !half_day => half_day = true,
            'p' | 'm' | '/' | 'P' | 'M' if depth == 0 && half_day => return Time::Point,
            'd' | 'm' | 'h' | 'y' | 's' | 'D' | 'M' | 'H' | 'Y' | 'S' if depth == 0 && !half_day => {
                return Time::Point;
            }
            _ => {
                if !(elapsed && c.eq_ignore_ascii_case(&previous)) {
                    elapsed = previous == '[' && matches!(c, 'm' | 'h' | 's' | 'M' | 'H' | 'S');
                }
            }
        }
        previous = c;
    }
    Time::No
}
