//! Styles of an `.ods`: those of cells with what they inherit, of columns, rows and tables; data styles become Excel's codes.

use std::collections::HashMap;
use std::io::Read;
use std::rc::Rc;

use super::dress::{Look, Rgb, Style};
use super::ods_look::{Chain, Properties, colour, inches, whole};
use super::ods_page::Pages;
use super::xml::{Element, XmlEvent, XmlEvents};
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
    properties: Properties,
}

/// What a style says of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct TableStyle {
    /// It is not shown.
    pub(super) hidden: bool,
    /// The page that it is printed on.
    pub(super) master: String,
    /// The colour of its tab.
    pub(super) tab: Option<Rgb>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    data: HashMap<String, DataStyle>,
    cells: HashMap<String, CellStyle>,
    /// What all cells inherit.
    default: Properties,
    tables: HashMap<String, TableStyle>,
    /// Widths at 96 dots an inch.
    columns: HashMap<String, u32>,
    /// Heights in twentieths of a point.
    rows: HashMap<String, u32>,
    /// Families of fonts.
    fonts: HashMap<String, String>,
    pub(super) pages: Pages,
    codes: HashMap<String, Option<Rc<str>>>,
    /// A number format that was asked for could not be said whole.
    pub(super) unsaid: bool,
    /// Looks that were asked for: of texts that are not Chinese, and of those that are.
    looks: HashMap<String, [Option<Rc<Look>>; 2]>,
}

impl Styles {
    /// Takes one style element and its content, if it is one that matters here.
    pub(super) fn take<R: Read>(&mut self, element: &Element, pieces: &mut XmlEvents<R>) -> Result<()> {
        let name = element.get("style:name").unwrap_or_default().to_owned();
        let kind = match element.name.as_str() {
            "number:number-style" | "number:currency-style" | "number:boolean-style" => Kind::Number,
            "number:percentage-style" => Kind::Percent,
            "number:date-style" | "number:time-style" => Kind::Date,
            "number:text-style" => Kind::Text,
            "style:style" => return self.take_style(name, element, pieces),
            "style:default-style" if element.get("style:family") == Some("table-cell") => {
                let default = &mut self.default;
                return pieces.skip(|inside| default.take(inside));
            }
            "style:font-face" => {
                if let Some(family) = element.get("svg:font-family").filter(|_| self.fonts.len() < MAX_STYLES)
                {
                    self.fonts.insert(name, family.to_owned());
                }
                return pieces.skip(|_| {});
            }
            "style:page-layout" => return self.pages.take_layout(element, pieces),
            "style:master-page" => return self.pages.take_master(element, pieces),
            _ => return pieces.skip(|_| {}),
        };
        let style = data_style(kind, element, pieces)?;
        if self.data.len() < MAX_STYLES {
            self.data.insert(name, style);
        }
        Ok(())
    }

    fn take_style<R: Read>(
        &mut self,
        name: String,
        element: &Element,
        pieces: &mut XmlEvents<R>,
    ) -> Result<()> {
        match element.get("style:family") {
            Some("table-cell") => {
                let mut style = CellStyle {
                    parent: element.get("style:parent-style-name").map(ToOwned::to_owned),
                    data: element.get("style:data-style-name").map(ToOwned::to_owned),
                    properties: Properties::default(),
                };
                pieces.skip(|inside| style.properties.take(inside))?;
                if self.cells.len() < MAX_STYLES {
                    self.cells.insert(name, style);
                }
                Ok(())
            }
            Some("table") => {
                let master = element.get("style:master-page-name").unwrap_or_default().to_owned();
                let mut style = TableStyle { master, ..TableStyle::default() };
                pieces.skip(|inside| {
                    style.hidden |= inside.get("table:display") == Some("false");
                    let tab = inside.get("table:tab-color").or_else(|| inside.get("tableooo:tab-color"));
                    style.tab = style.tab.or_else(|| tab.and_then(colour));
                })?;
                if self.tables.len() < MAX_STYLES {
                    self.tables.insert(name, style);
                }
                Ok(())
            }
            Some("table-column") => size(name, "style:column-width", 96, &mut self.columns, pieces),
            Some("table-row") => size(name, "style:row-height", 1_440, &mut self.rows, pieces),
            _ => pieces.skip(|_| {}),
        }
    }

    /// What a style says of a table.
    pub(super) fn table(&self, style: &str) -> TableStyle {
        self.tables.get(style).cloned().unwrap_or_default()
    }

    /// The width of a column of this style, in dots.
    pub(super) fn width(&self, style: &str) -> Option<u32> {
        self.columns.get(style).copied()
    }

    /// The height of a row of this style, in twentieths of a point.
    pub(super) fn height(&self, style: &str) -> Option<u32> {
        self.rows.get(style).copied()
    }

    /// What a cell of this style looks like.
    pub(super) fn style(&mut self, cell_style: &str, is_asian: bool) -> Style {
        Style { look: self.look(cell_style, is_asian), format: self.code(cell_style) }
    }

    /// What a cell of this style looks like, but for its number format.
    pub(super) fn look(&mut self, cell_style: &str, is_asian: bool) -> Rc<Look> {
        let at = usize::from(is_asian);
        if let Some(known) = self.looks.get(cell_style).and_then(|looks| looks.get(at)?.clone()) {
            return known;
        }
        let mut styles = Vec::new();
        // A cell without a style has the document's own.
        let mut name = if cell_style.is_empty() { "Default" } else { cell_style };
        for _ in 0..MAX_PARENTS {
            let Some(style) = self.cells.get(name) else { break };
            styles.push(&style.properties);
            let Some(parent) = &style.parent else { break };
            name = parent;
        }
        styles.push(&self.default);
        let look = Rc::new(Chain { styles, fonts: &self.fonts }.look(is_asian));
        let looks = self.looks.entry(cell_style.to_owned()).or_default();
        looks.get_mut(at).into_iter().for_each(|known| *known = Some(look.clone()));
        look
    }

    /// The code of a cell style's number format; `None` where it says nothing.
    pub(super) fn code(&mut self, cell_style: &str) -> Option<Rc<str>> {
        if let Some(known) = self.codes.get(cell_style) {
            return known.clone();
        }
        let mut name = cell_style;
        let mut code = None;
        let mut is_whole = true;
        for _ in 0..MAX_PARENTS {
            let Some(style) = self.cells.get(name) else { break };
            if let Some(data) = &style.data {
                let said = self.data.get(data).map(|style| self.full_code(style));
                is_whole = said.as_ref().is_none_or(|(_, is_whole)| *is_whole);
                code = said.and_then(|(code, _)| code);
                break;
            }
            let Some(parent) = &style.parent else { break };
            name = parent;
        }
        self.unsaid |= !is_whole;
        let code: Option<Rc<str>> = code.map(Rc::from);
        self.codes.insert(cell_style.to_owned(), code.clone());
        code
    }

    /// The code with its sections: a style may leave positive numbers, negative ones or zero to other styles.
    /// Whether all of it could be said is told beside it.
    fn full_code(&self, style: &DataStyle) -> (Option<String>, bool) {
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
        let whole = code.filter(|code| code.len() <= MAX_CODE);
        let is_whole = whole.is_some();
        let code = whole.or_else(|| style.plain());
        (code.filter(|code| !code.is_empty() && code != "General"), is_whole)
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

/// Takes the width or height of a style, in parts of an inch.
fn size<R: Read>(
    name: String,
    property: &str,
    parts: u32,
    sizes: &mut HashMap<String, u32>,
    pieces: &mut XmlEvents<R>,
) -> Result<()> {
    let mut said = None;
    pieces.skip(|inside| said = said.or_else(|| inside.get(property).and_then(inches)))?;
    // No column and no row is higher or wider than Excel lets it be.
    let said = said.and_then(|inches| whole(inches, parts)).map(|size| size.min(8_180));
    if let Some(size) = said.filter(|_| sizes.len() < MAX_STYLES) {
        sizes.insert(name, size);
    }
    Ok(())
}

fn with_places(whole: &str, places: usize) -> String {
    if places == 0 { whole.to_owned() } else { format!("{whole}.{}", "0".repeat(places)) }
}

fn data_style<R: Read>(kind: Kind, element: &Element, pieces: &mut XmlEvents<R>) -> Result<DataStyle> {
    let mut style = DataStyle { kind, ..DataStyle::default() };
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
