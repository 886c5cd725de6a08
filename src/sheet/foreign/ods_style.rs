//! Styles of an `.ods`: those of cells with what they inherit, of columns, rows and tables.

use std::collections::HashMap;
use std::io::Read;
use std::rc::Rc;

use super::dress::{Look, Rgb, Style};
use super::ods_data_style::{DataStyle, Kind};
use super::ods_look::{Chain, Properties, colour, inches, whole};
use super::ods_page::Pages;
use super::xml::{Element, XmlEvents};
use crate::base::Result;

/// Styles that a document may have; more are not kept.
const MAX_STYLES: usize = 100_000;
/// Styles that inherit from one another.
const MAX_PARENTS: usize = 16;

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
        let style = DataStyle::read(kind, element, pieces)?;
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
                let said = self.data.get(data).map(|style| style.whole_code(&self.data));
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
