//! Data styles of an `.ods`, which become Excel's codes of number formats.

use std::collections::HashMap;
use std::io::Read;

use super::xml::{Element, XmlEvent, XmlEvents};
use crate::base::Result;

/// Characters of a format's code; a longer one says nothing that is needed.
const MAX_CODE: usize = 200;

/// What a data style formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    #[default]
    Number,
    Percent,
    Date,
    Text,
}

/// A data style: how a cell's value is shown.
#[derive(Debug, Default)]
pub(super) struct DataStyle {
    kind: Kind,
    code: String,
    /// Something in it has no counterpart.
    unknown: bool,
    /// Digits after the point, of a number.
    places: Option<usize>,
    /// Condition and style name.
    maps: Vec<(String, String)>,
}

impl DataStyle {
    /// Reads the style whose element is open.
    pub(super) fn read<R: Read>(kind: Kind, element: &Element, pieces: &mut XmlEvents<R>) -> Result<Self> {
        let mut style = Self { kind, ..Self::default() };
        let elapsed = element.get("number:truncate-on-overflow") == Some("false");
        let mut literal: Option<String> = None;
        let mut fills = false;
        let mut open = 1_usize;
        while open > 0 {
            match pieces.next()? {
                Some(XmlEvent::Open(inside)) => {
                    open = open.saturating_add(1);
                    match inside.name.as_str() {
                        "number:text" | "number:currency-symbol" | "number:fill-character" => {
                            literal = Some(String::new());
                            fills = inside.name == "number:fill-character";
                        }
                        _ => style.part(&inside, elapsed),
                    }
                }
                Some(XmlEvent::Text(text)) => {
                    if let Some(literal) = &mut literal {
                        literal.push_str(&text);
                    }
                }
                Some(XmlEvent::Close(_)) => {
                    open = open.saturating_sub(1);
                    match literal.take() {
                        // What fills the room of a cell that its text leaves.
                        Some(text) if fills => {
                            style.code.push('*');
                            style.code.push(text.chars().next().unwrap_or(' '));
                        }
                        Some(text) => style.literal(&text),
                        None => {}
                    }
                }
                None => break,
            }
        }
        Ok(style)
    }

    /// The code with its sections: a style may leave positive numbers, negative ones or zero to other styles.
    /// Whether all of it could be said is told beside it.
    pub(super) fn whole_code(&self, others: &HashMap<String, Self>) -> (Option<String>, bool) {
        let section =
            |name: &String| others.get(name).filter(|other| !other.unknown).map(|s| s.code.as_str());
        let conditions: Vec<String> = self
            .maps
            .iter()
            .map(|(condition, _)| condition.chars().filter(|c| !c.is_whitespace()).collect())
            .collect();
        let conditions: Vec<&str> = conditions.iter().map(String::as_str).collect();
        let sections: Option<Vec<&str>> = self.maps.iter().map(|(_, name)| section(name)).collect();
        let own = (!self.unknown).then_some(self.code.as_str());
        let code = match (conditions.as_slice(), sections.zip(own)) {
            ([], Some((_, own))) => Some(own.to_owned()),
            (["value()>=0"], Some((parts, own))) => Some(format!("{};{own}", parts.join(";"))),
            (["value()>0", "value()<0"] | ["value()>0", "value()<0", "value()=0"], Some((parts, own))) => {
                Some(format!("{};{own}", parts.join(";")))
            }
            _ => None,
        };
        let whole = code.filter(|code| code.len() <= MAX_CODE);
        let is_whole = whole.is_some();
        let code = whole.or_else(|| self.plain());
        (code.filter(|code| !code.is_empty() && code != "General"), is_whole)
    }

    /// The meaning alone, where the style cannot be said whole.
    fn plain(&self) -> Option<String> {
        let digits = || with_places("0", self.places.unwrap_or(2));
        match self.kind {
            Kind::Percent => Some(format!("{}%", digits())),
            Kind::Number => self.places.map(|_| digits()),
            Kind::Date => Some("yyyy-mm-dd".to_owned()),
            Kind::Text => None,
        }
    }
}

impl DataStyle {
    fn literal(&mut self, text: &str) {
        match text {
            "%" if self.kind == Kind::Percent => self.code.push('%'),
            "-" | "/" | ":" | " " | "(" | ")" | "," => self.code.push_str(text),
            "" => {}
            _ if text.contains('"') => self.unknown = true,
            _ => self.code.push_str(&format!("\"{text}\"")),
        }
    }

    /// A plain number: the fewest digits before the point, in groups or not; those behind it that are always there; how
    /// many times smaller than it is it is shown.
    fn number(&mut self, part: &Element, places: usize) {
        let said = |names: &[&str]| names.iter().find_map(|name| part.get(name)).and_then(|n| n.parse().ok());
        let fewest = said(&["number:min-integer-digits"]).unwrap_or(1).min(20);
        let always =
            said(&["number:min-decimal-places", "loext:min-decimal-places"]).unwrap_or(places).min(places);
        let whole = match (part.get("number:grouping") == Some("true"), fewest) {
            (true, 0) => "#,###".to_owned(),
            (true, _) => "#,##0".to_owned(),
            (false, 0) => "#".to_owned(),
            (false, fewest) => "0".repeat(fewest),
        };
        self.code.push_str(&with_places(&whole, always));
        if always < places {
            self.code.push_str(if always == 0 { "." } else { "" });
            self.code.push_str(&"#".repeat(places.saturating_sub(always)));
        }
        match part.get("number:display-factor") {
            None | Some("1") => {}
            Some("1000") => self.code.push(','),
            Some("1000000") => self.code.push_str(",,"),
            Some(_) => self.unknown = true,
        }
    }

    fn part(&mut self, part: &Element, elapsed: bool) {
        let long = part.get("number:style") == Some("long");
        let pick = |short: &'static str, full: &'static str| if long { full } else { short };
        let code = match part.name.as_str() {
            "number:number" => {
                let places = part.get("number:decimal-places").and_then(|text| text.parse().ok());
                let Some(places) = places.filter(|places| *places <= 30_usize) else {
                    self.code.push_str("General");
                    return;
                };
                self.places = Some(places);
                self.number(part, places);
                return;
            }
            "number:scientific-number" => "0.00E+00",
            "number:fraction" => "# ?/?",
            "number:text-content" => "@",
            "number:boolean" => "General",
            "number:year" => pick("yy", "yyyy"),
            "number:month" if part.get("number:textual") == Some("true") => pick("mmm", "mmmm"),
            "number:month" | "number:minutes" => pick("m", "mm"),
            "number:day" => pick("d", "dd"),
            "number:day-of-week" => pick("ddd", "dddd"),
            "number:hours" if elapsed => "[h]",
            "number:hours" => pick("h", "hh"),
            "number:seconds" => pick("s", "ss"),
            "number:am-pm" => "AM/PM",
            "style:map" => {
                let get = |name| part.get(name).unwrap_or_default().to_owned();
                self.maps.push((get("style:condition"), get("style:apply-style-name")));
                return;
            }
            "style:text-properties" => return,
            _ => {
                self.unknown = true;
                return;
            }
        };
        self.code.push_str(code);
    }
}

fn with_places(whole: &str, places: usize) -> String {
    if places == 0 { whole.to_owned() } else { format!("{whole}.{}", "0".repeat(places)) }
}
