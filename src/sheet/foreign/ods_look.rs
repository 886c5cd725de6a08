//! Looks in an `.ods`: what a style and those it inherits from say of a cell, in Excel's numbers.

use std::collections::HashMap;

use super::dress::{Edge, Font, Look, Rgb};
use super::xml::Element;
use crate::base::Number;

/// What is read of a style, by the element that says it.
const CELL: [&str; 15] = [
    "fo:background-color",
    "fo:border",
    "fo:border-left",
    "fo:border-right",
    "fo:border-top",
    "fo:border-bottom",
    "style:diagonal-tl-br",
    "style:diagonal-bl-tr",
    "fo:wrap-option",
    "style:vertical-align",
    "style:rotation-angle",
    "style:direction",
    "style:shrink-to-fit",
    "style:cell-protect",
    "style:repeat-content",
];
const PARAGRAPH: [&str; 2] = ["fo:text-align", "fo:margin-left"];
const TEXT: [&str; 15] = [
    "style:font-name",
    "fo:font-family",
    "fo:font-size",
    "fo:font-weight",
    "fo:font-style",
    "style:font-name-asian",
    "style:font-family-asian",
    "style:font-size-asian",
    "style:font-weight-asian",
    "style:font-style-asian",
    "style:text-underline-style",
    "style:text-underline-type",
    "style:text-line-through-style",
    "style:text-position",
    "fo:color",
];

/// What a style says itself.
#[derive(Debug, Default)]
pub(super) struct Properties(HashMap<&'static str, String>);

impl Properties {
    /// Takes an element of the style.
    pub(super) fn take(&mut self, element: &Element) {
        let known: &[&'static str] = match element.name.as_str() {
            "style:table-cell-properties" => &CELL,
            "style:paragraph-properties" => &PARAGRAPH,
            "style:text-properties" => &TEXT,
            _ => return,
        };
        let found = known.iter().filter_map(|name| Some((*name, element.get(name)?.to_owned())));
        self.0.extend(found);
    }
}

/// The style of a cell and those it inherits from, the nearest first.
pub(super) struct Chain<'a> {
    /// What each says.
    pub(super) styles: Vec<&'a Properties>,
    /// Families of fonts by their names in the document.
    pub(super) fonts: &'a HashMap<String, String>,
}

impl Chain<'_> {
    /// The nearest of these properties; two of one style in the order asked for.
    fn get<'s>(&'s self, names: &[&str]) -> Option<&'s str> {
        self.styles
            .iter()
            .find_map(|style| names.iter().find_map(|name| style.0.get(*name)).map(String::as_str))
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.get(&[name]) == Some(value)
    }

    /// What they make of a cell whose text is Chinese, or is not: a document has a font for each.
    pub(super) fn look(&self, is_asian: bool) -> Look {
        let fill = self.get(&["fo:background-color"]).and_then(colour);
        let side = |side| self.get(&[side, "fo:border"]).map_or_else(Edge::default, edge);
        let (falling, rising) = (
            self.get(&["style:diagonal-tl-br"]).map_or_else(Edge::default, edge),
            self.get(&["style:diagonal-bl-tr"]).map_or_else(Edge::default, edge),
        );
        let protection = self.get(&["style:cell-protect"]).unwrap_or("protected");
        let across = if self.is("style:repeat-content", "true") { 4 } else { self.across() };
        Look {
            font: self.font(is_asian),
            pattern: u8::from(fill.is_some()),
            fore: fill,
            back: None,
            edges: [
                side("fo:border-left"),
                side("fo:border-right"),
                side("fo:border-top"),
                side("fo:border-bottom"),
                if falling.line > 0 { falling } else { rising },
            ],
            diagonals: u8::from(falling.line > 0) | u8::from(rising.line > 0).wrapping_shl(1),
            across,
            down: match self.get(&["style:vertical-align"]) {
                Some("top") => 0,
                Some("middle") => 1,
                _ => 2,
            },
            indent: if across == 1 { self.indent() } else { 0 },
            rotation: self.rotation(),
            wrap: self.is("fo:wrap-option", "wrap"),
            shrink: self.is("style:shrink-to-fit", "true"),
            unlocked: protection == "none" || protection == "formula-hidden",
            hidden: protection.contains("hidden"),
        }
    }

    fn across(&self) -> u8 {
        match self.get(&["fo:text-align"]) {
            Some("start" | "left") => 1,
            Some("center") => 2,
            Some("end" | "right") => 3,
            Some("justify") => 5,
            _ => 0,
        }
    }

    /// A step of an indent is ten points.
    fn indent(&self) -> u8 {
        let tenth = Number::from(72).over(Number::from(10));
        let steps = self.get(&["fo:margin-left"]).and_then(inches).zip(tenth).and_then(|(i, t)| i.times(t));
        steps
            .and_then(|steps| steps.round(0).to_string().parse().ok())
            .filter(|steps| *steps <= 15)
            .unwrap_or(0)
    }

    fn rotation(&self) -> i16 {
        if self.is("style:direction", "ttb") {
            return 255;
        }
        let degrees = self.get(&["style:rotation-angle"]).map(|angle| angle.trim_end_matches("deg"));
        match degrees.and_then(|degrees| degrees.parse::<i16>().ok()) {
            Some(degrees @ 1..=90) => degrees,
            Some(degrees @ 270..=359) => degrees.saturating_sub(360),
            _ => 0,
        }
    }

    fn font(&self, is_asian: bool) -> Font {
        let of = |western: &'static [&'static str], asian: &'static [&'static str]| {
            let own = is_asian.then(|| self.get(asian)).flatten();
            own.or_else(|| self.get(western))
        };
        let family =
            of(&["style:font-name", "fo:font-family"], &["style:font-name-asian", "style:font-family-asian"]);
        let family = family.map(|name| self.fonts.get(name).map_or(name, String::as_str));
        // Of a list of families the first; quotes are the document's.
        let name = family.and_then(|family| family.split(',').next()).unwrap_or_default();
        let name = name.trim().trim_matches(['\'', '"']).trim();
        let size = of(&["fo:font-size"], &["style:font-size-asian"]).and_then(inches);
        let twips = size.and_then(|inches| whole(inches, 1_440)).filter(|twips| *twips <= 8_180);
        let position =
            self.get(&["style:text-position"]).and_then(|text| text.split(' ').next()).unwrap_or("");
        let has = |name: &str| self.get(&[name]).is_some_and(|style| style != "none");
        Font {
            name: name.chars().filter(|c| !c.is_control()).take(31).collect(),
            twips: twips.unwrap_or(0),
            bold: matches!(
                of(&["fo:font-weight"], &["style:font-weight-asian"]),
                Some("bold" | "600" | "700" | "800" | "900")
            ),
            italic: matches!(of(&["fo:font-style"], &["style:font-style-asian"]), Some("italic" | "oblique")),
            strike: has("style:text-line-through-style"),
            underline: match has("style:text-underline-style") {
                true if self.is("style:text-underline-type", "double") => 2,
                true => 1,
                false => 0,
            },
            script: match position {
                "super" => 1,
                "sub" => 2,
                _ => 0,
            },
            colour: self.get(&["fo:color"]).and_then(colour),
        }
    }
}

/// `#1f4e79`; `transparent` is none.
pub(super) fn colour(text: &str) -> Option<Rgb> {
    let digits = text.trim().strip_prefix('#').filter(|digits| digits.len() == 6)?;
    u32::from_str_radix(digits, 16).ok().map(Rgb)
}

/// `0.74pt solid #000000`.
fn edge(text: &str) -> Edge {
    let mut parts = text.split_whitespace();
    let (Some(width), Some(kind)) = (parts.next(), parts.next()) else { return Edge::default() };
    let Some(hundredths) = inches(width).and_then(|inches| whole(inches, 7_200)) else {
        return Edge::default();
    };
    let (thin, medium) = (hundredths < 110, hundredths < 210);
    let line = match kind {
        "none" | "hidden" => return Edge::default(),
        "double" | "double-thin" => 6,
        "dotted" => 4,
        "dashed" | "fine-dashed" => {
            if thin {
                3
            } else {
                8
            }
        }
        "dash-dot" => {
            if thin {
                9
            } else {
                10
            }
        }
        "dash-dot-dot" => {
            if thin {
                11
            } else {
                12
            }
        }
        _ if hundredths < 15 => 7,
        _ if thin => 1,
        _ if medium => 2,
        _ => 5,
    };
    Edge { line, colour: parts.next().and_then(colour) }
}

/// A length in inches: `2.258cm`, `12pt`, `0.5in`.
pub(super) fn inches(text: &str) -> Option<Number> {
    let text = text.trim();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    let number: Number = text.strip_suffix(unit)?.parse().ok()?;
    let per_inch = match unit {
        "in" => Number::from(1),
        "cm" => Number::from(254).over(Number::from(100))?,
        "mm" => Number::from(254).over(Number::from(10))?,
        "pt" => Number::from(72),
        "pc" => Number::from(6),
        "px" => Number::from(96),
        _ => return None,
    };
    number.over(per_inch)
}

/// A length in whole parts of an inch, of which an inch has so many.
pub(super) fn whole(inches: Number, parts: u32) -> Option<u32> {
    inches.times(Number::from(parts))?.round(0).to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_lengths_are_read() {
        let line = |text: &str| edge(text).line;
        assert_eq!(line("0.74pt solid #000000"), 1);
        assert_eq!(line("0.06pt solid #000000"), 7);
        assert_eq!(line("1.76pt solid #ff0000"), 2);
        assert_eq!(edge("1.76pt solid #ff0000").colour, Some(Rgb(0xFF_0000)));
        assert_eq!(line("2.49pt solid #000000"), 5);
        assert_eq!(line("0.74pt dotted #000000"), 4);
        assert_eq!(line("none"), 0);
        assert_eq!(line("∞pt solid"), 0);
        assert_eq!(inches("2.54cm").and_then(|i| whole(i, 96)), Some(96));
        assert_eq!(inches("-1e9in").and_then(|i| whole(i, 96)), None);
    }
}
