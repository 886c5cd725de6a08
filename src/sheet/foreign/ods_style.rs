//! Number formats of an `.ods`: data styles become Excel's codes.

use std::collections::HashMap;
use std::io::Read;
use std::rc::Rc;

use super::xml::{Element, Piece, Pieces};
use crate::base::Result;

/// Styles that a document may have; more are not kept.
const MAX_STYLES: usize = 100_000;
/// Characters of a format's code; a longer one says nothing that is needed.
const MAX_CODE: usize = 200;
/// Styles that inherit from one another.
const MAX_PARENTS: usize = 16;

/// What a data style formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Number,
    Percent,
    Date,
    Text,
}

#[derive(Debug, Default)]
struct DataStyle {
    kind: Kind,
    code: String,
    /// Something in it has no counterpart.
    unknown: bool,
    /// Digits after the point, of a number.
    places: Option<usize>,
    /// Condition and style name.
    maps: Vec<(String, String)>,
}

#[derive(Debug, Default)]
struct CellStyle {
    parent: Option<String>,
    data: Option<String>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    data: HashMap<String, DataStyle>,
    cells: HashMap<String, CellStyle>,
    hidden_tables: HashMap<String, bool>,
    codes: HashMap<String, Option<Rc<str>>>,
}

impl Styles {
    /// Takes one style element and its content, if it is one that matters here.
    pub(super) fn take<R: Read>(&mut self, element: &Element, pieces: &mut Pieces<R>) -> Result<()> {
        let name = element.get("style:name").unwrap_or_default().to_owned();
        let kind = match element.name.as_str() {
            "number:number-style" | "number:currency-style" | "number:boolean-style" => Kind::Number,
            "number:percentage-style" => Kind::Percent,
            "number:date-style" | "number:time-style" => Kind::Date,
            "number:text-style" => Kind::Text,
            "style:style" => return self.take_style(name, element, pieces),
            _ => return pieces.skip(|_| {}),
        };
        let style = data_style(kind, element, pieces)?;
        if self.data.len() < MAX_STYLES {
            self.data.insert(name, style);
        }
        Ok(())
    }

    fn take_style<R: Read>(&mut self, name: String, element: &Element, pieces: &mut Pieces<R>) -> Result<()> {
        match element.get("style:family") {
            Some("table-cell") => {
                let style = CellStyle {
                    parent: element.get("style:parent-style-name").map(ToOwned::to_owned),
                    data: element.get("style:data-style-name").map(ToOwned::to_owned),
                };
                if self.cells.len() < MAX_STYLES {
                    self.cells.insert(name, style);
                }
                pieces.skip(|_| {})
            }
            Some("table") => {
                let mut hidden = false;
                pieces.skip(|inside| hidden |= inside.get("table:display") == Some("false"))?;
                if self.hidden_tables.len() < MAX_STYLES {
                    self.hidden_tables.insert(name, hidden);
                }
                Ok(())
            }
            _ => pieces.skip(|_| {}),
        }
    }

    /// Whether a table of this style is hidden.
    pub(super) fn is_hidden(&self, table_style: &str) -> bool {
        self.hidden_tables.get(table_style).copied().unwrap_or(false)
    }

    /// The code of a cell style's number format; `None` where it says nothing.
    pub(super) fn code(&mut self, cell_style: &str) -> Option<Rc<str>> {
        if let Some(known) = self.codes.get(cell_style) {
            return known.clone();
        }
        let mut name = cell_style;
        let mut code = None;
        for _ in 0..MAX_PARENTS {
            let Some(style) = self.cells.get(name) else { break };
            if let Some(data) = &style.data {
                code = self.data.get(data).and_then(|style| self.full_code(style));
                break;
            }
            let Some(parent) = &style.parent else { break };
            name = parent;
        }
        let code: Option<Rc<str>> = code.map(Rc::from);
        self.codes.insert(cell_style.to_owned(), code.clone());
        code
    }

    /// The code with its sections: a style may leave positive numbers, negative ones or zero to other styles.
    fn full_code(&self, style: &DataStyle) -> Option<String> {
        let section =
            |name: &String| self.data.get(name).filter(|other| !other.unknown).map(|s| s.code.as_str());
        let conditions: Vec<String> = style
            .maps
            .iter()
            .map(|(condition, _)| condition.chars().filter(|c| !c.is_whitespace()).collect())
            .collect();
        let conditions: Vec<&str> = conditions.iter().map(String::as_str).collect();
        let sections: Option<Vec<&str>> = style.maps.iter().map(|(_, name)| section(name)).collect();
        let own = (!style.unknown).then_some(style.code.as_str());
        let code = match (conditions.as_slice(), sections.zip(own)) {
            ([], Some((_, own))) => Some(own.to_owned()),
            (["value()>=0"], Some((others, own))) => Some(format!("{};{own}", others.join(";"))),
            (["value()>0", "value()<0"] | ["value()>0", "value()<0", "value()=0"], Some((others, own))) => {
                Some(format!("{};{own}", others.join(";")))
            }
            _ => None,
        };
        let code = code.filter(|code| code.len() <= MAX_CODE).or_else(|| style.plain());
        code.filter(|code| !code.is_empty() && code != "General")
    }
}

impl DataStyle {
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

fn with_places(whole: &str, places: usize) -> String {
    if places == 0 { whole.to_owned() } else { format!("{whole}.{}", "0".repeat(places)) }
}

fn data_style<R: Read>(kind: Kind, element: &Element, pieces: &mut Pieces<R>) -> Result<DataStyle> {
    let mut style = DataStyle { kind, ..DataStyle::default() };
    let elapsed = element.get("number:truncate-on-overflow") == Some("false");
    let mut literal: Option<String> = None;
    let mut open = 1_usize;
    while open > 0 {
        match pieces.next()? {
            Some(Piece::Open(inside)) => {
                open = open.saturating_add(1);
                match inside.name.as_str() {
                    "number:text" | "number:currency-symbol" => literal = Some(String::new()),
                    _ => style.part(&inside, elapsed),
                }
            }
            Some(Piece::Text(text)) => {
                if let Some(literal) = &mut literal {
                    literal.push_str(&text);
                }
            }
            Some(Piece::Close(_)) => {
                open = open.saturating_sub(1);
                if let Some(text) = literal.take() {
                    style.literal(&text);
                }
            }
            None => break,
        }
    }
    Ok(style)
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
                let whole = if part.get("number:grouping") == Some("true") { "#,##0" } else { "0" };
                self.code.push_str(&with_places(whole, places));
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
