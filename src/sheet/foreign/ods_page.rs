//! Printed pages of an `.ods`: a table's master page and that one's layout, in Excel's numbers; and the window.

use std::collections::HashMap;
use std::io::Read;

use super::dress::Page;
use super::ods_look::{inches, whole};
use super::xml::{Element, XmlEvent, XmlEvents};
use crate::base::Result;

/// Layouts and master pages that are kept.
const MAX_PAGES: usize = 10_000;
/// Tables whose window is kept.
const MAX_WINDOWS: usize = 1_000;
/// What a layout that names no paper is printed on, and the margin of one that names none: two centimetres.
const PAPER_A4: u8 = 9;
const USUAL_MARGIN: u32 = 787;
/// Papers by Excel's number, with their sides in millimetres.
const PAPERS: [(u8, u32, u32); 9] = [
    (8, 297, 420),
    (9, 210, 297),
    (11, 148, 210),
    (12, 250, 354),
    (13, 182, 257),
    (1, 216, 279),
    (5, 216, 356),
    (70, 105, 148),
    (93, 146, 215),
];

/// Pages of a document by name.
#[derive(Debug, Default)]
pub(super) struct Pages {
    layouts: HashMap<String, Page>,
    masters: HashMap<String, Master>,
}

#[derive(Debug, Default)]
struct Master {
    layout: String,
    header: Option<String>,
    footer: Option<String>,
}

impl Pages {
    /// Takes a `style:page-layout` and its content.
    pub(super) fn take_layout<R: Read>(
        &mut self,
        element: &Element,
        pieces: &mut XmlEvents<R>,
    ) -> Result<()> {
        let name = element.get("style:name").unwrap_or_default().to_owned();
        let mut page = Page::default();
        // Where the properties of a header or footer stand: 2 for the top side, 3 for the bottom.
        let mut side = None;
        let mut room = [None, None];
        pieces.skip(|inside| match inside.name.as_str() {
            "style:page-layout-properties" => layout(&mut page, inside),
            "style:header-style" => side = Some(0_usize),
            "style:footer-style" => side = Some(1),
            "style:header-footer-properties" => {
                let height =
                    inside.get("svg:height").or_else(|| inside.get("fo:min-height")).and_then(inches);
                if let Some(room) = side.and_then(|side| room.get_mut(side)) {
                    *room = height.and_then(|inches| whole(inches, 1_000));
                }
            }
            _ => {}
        })?;
        let [_, _, top, bottom, above, below] = &mut page.margins;
        // Excel counts to the sheet what is counted here to the header, and keeps the way to the header apart.
        for ((margin, apart), room) in [(top, above), (bottom, below)].into_iter().zip(room) {
            *apart = *margin;
            *margin = margin.map(|margin| margin.saturating_add(room.unwrap_or(0)));
        }
        if self.layouts.len() < MAX_PAGES {
            self.layouts.insert(name, page);
        }
        Ok(())
    }

    /// Takes a `style:master-page` and its content.
    pub(super) fn take_master<R: Read>(
        &mut self,
        element: &Element,
        pieces: &mut XmlEvents<R>,
    ) -> Result<()> {
        let get = |name: &str| element.get(name).unwrap_or_default().to_owned();
        let mut master = Master { layout: get("style:page-layout-name"), ..Master::default() };
        while let Some(piece) = pieces.next()? {
            match piece {
                XmlEvent::Open(inside) => match inside.name.as_str() {
                    "style:header" => master.header = printed(&inside, pieces)?,
                    "style:footer" => master.footer = printed(&inside, pieces)?,
                    _ => pieces.skip(|_| {})?,
                },
                XmlEvent::Close(_) => break,
                XmlEvent::Text(_) => {}
            }
        }
        if self.masters.len() < MAX_PAGES {
            self.masters.insert(get("style:name"), master);
        }
        Ok(())
    }

    /// The page that a table of this master page is printed on.
    pub(super) fn page(&self, master: &str) -> Option<Page> {
        let master = self.masters.get(master)?;
        let mut page = self.layouts.get(&master.layout)?.clone();
        let [_, _, top, bottom, above, below] = &mut page.margins;
        // Where nothing is printed there, no room is left for it.
        for (margin, apart, printed) in [(top, above, &master.header), (bottom, below, &master.footer)] {
            if printed.is_none() {
                *margin = apart.take();
            }
        }
        page.header = master.header.clone().unwrap_or_default();
        page.footer = master.footer.clone().unwrap_or_default();
        Some(page)
    }
}

fn layout(page: &mut Page, said: &Element) {
    let millimetres = |name: &str| {
        said.get(name)
            .and_then(inches)
            .and_then(|i| whole(i, 254))
            .map(|tenths| tenths.saturating_add(5).checked_div(10).unwrap_or(0))
    };
    page.landscape = said.get("style:print-orientation") == Some("landscape");
    page.paper = PAPER_A4;
    if let (Some(width), Some(height)) = (millimetres("fo:page-width"), millimetres("fo:page-height")) {
        let (short, long) = (width.min(height), width.max(height));
        let fits = |paper: &&(u8, u32, u32)| short.abs_diff(paper.1) <= 2 && long.abs_diff(paper.2) <= 2;
        page.paper = PAPERS.iter().find(fits).map_or(0, |paper| paper.0);
        page.landscape |= said.get("style:print-orientation").is_none() && width > height;
    }
    let thousandths = |name: &str| {
        let said = said.get(name).or_else(|| said.get("fo:margin"));
        let said = said.and_then(inches).and_then(|inches| whole(inches, 1_000));
        Some(said.filter(|margin| *margin < 50_000).unwrap_or(USUAL_MARGIN))
    };
    page.margins = [
        thousandths("fo:margin-left"),
        thousandths("fo:margin-right"),
        thousandths("fo:margin-top"),
        thousandths("fo:margin-bottom"),
        None,
        None,
    ];
    let number = |name: &str| said.get(name).and_then(|text| text.trim_end_matches('%').parse::<u16>().ok());
    page.scale = number("style:scale-to").filter(|percent| (10..=400).contains(percent));
    let (across, down) = (number("style:scale-to-X"), number("style:scale-to-Y"));
    // Fitted to a count of pages in all: that they are in one column is the nearest Excel has.
    page.fit = match (across, down, number("style:scale-to-pages")) {
        (None, None, None) => None,
        (None, None, Some(pages)) => Some((1, pages)),
        (across, down, _) => Some((across.unwrap_or(0), down.unwrap_or(0))),
    };
    page.first_number = number("style:first-page-number");
    let centred = said.get("style:table-centering").unwrap_or_default();
    page.centre_across = matches!(centred, "horizontal" | "both");
    page.centre_down = matches!(centred, "vertical" | "both");
    let printed =
        |what: &str| said.get("style:print").is_some_and(|all| all.split(' ').any(|one| one == what));
    page.gridlines = printed("grid");
    page.headings = printed("headers");
    page.across_first = said.get("style:print-page-order") == Some("ltr");
}

/// A header or footer in Excel's codes; `None` where it is switched off.
fn printed<R: Read>(element: &Element, pieces: &mut XmlEvents<R>) -> Result<Option<String>> {
    if element.get("style:display") == Some("false") {
        pieces.skip(|_| {})?;
        return Ok(None);
    }
    let mut text = String::new();
    // What stands in no region is in the middle.
    let mut region = "&C";
    let mut begun = "";
    let mut open = 1_usize;
    while open > 0 {
        match pieces.next()? {
            Some(XmlEvent::Open(inside)) => {
                let code = match inside.name.as_str() {
                    "style:region-left" => {
                        region = "&L";
                        None
                    }
                    "style:region-center" => {
                        region = "&C";
                        None
                    }
                    "style:region-right" => {
                        region = "&R";
                        None
                    }
                    "text:p" if begun == region => Some("\n"),
                    "text:page-number" => Some("&P"),
                    "text:page-count" => Some("&N"),
                    "text:sheet-name" => Some("&A"),
                    "text:file-name" => Some("&F"),
                    "text:date" => Some("&D"),
                    "text:time" => Some("&T"),
                    "text:s" => Some(" "),
                    _ => None,
                };
                if let Some(code) = code {
                    begin(&mut text, &mut begun, region);
                    text.push_str(code);
                }
                // What a field showed when it was saved is not what it says.
                if code.is_some_and(|code| code.starts_with('&')) {
                    pieces.skip(|_| {})?;
                } else {
                    open = open.saturating_add(1);
                }
            }
            Some(XmlEvent::Text(found)) if !found.trim().is_empty() => {
                begin(&mut text, &mut begun, region);
                text.push_str(&found.replace('&', "&&"));
            }
            Some(XmlEvent::Text(_)) => {}
            Some(XmlEvent::Close(_)) => open = open.saturating_sub(1),
            None => break,
        }
    }
    Ok(Some(text))
}

fn begin<'a>(text: &mut String, begun: &mut &'a str, region: &'a str) {
    if *begun != region {
        text.push_str(region);
        *begun = region;
    }
}

/// A table's window, as the program left it.
#[derive(Debug, Clone, Default)]
pub(super) struct Window {
    /// The first row and column that move.
    pub(super) frozen: Option<(u32, u32)>,
    /// Percent.
    pub(super) zoom: Option<u16>,
    /// The lines between cells are not shown.
    pub(super) bare: bool,
}

/// The windows of a document's tables, from its `settings.xml`.
pub(super) fn windows(source: &mut dyn Read) -> Result<HashMap<String, Window>> {
    let mut windows = HashMap::new();
    let mut pieces = XmlEvents::new(source);
    let mut table = String::new();
    let mut item = String::new();
    let mut said: HashMap<String, String> = HashMap::new();
    while let Some(piece) = pieces.next()? {
        match piece {
            XmlEvent::Open(element) => match element.name.as_str() {
                "config:config-item-map-entry" => {
                    element.get("config:name").unwrap_or_default().clone_into(&mut table);
                    said.clear();
                }
                "config:config-item" => element.get("config:name").unwrap_or_default().clone_into(&mut item),
                _ => {}
            },
            XmlEvent::Text(text) if !item.is_empty() => said.entry(item.clone()).or_default().push_str(&text),
            XmlEvent::Text(_) => {}
            XmlEvent::Close(name) if name == "config:config-item" => item.clear(),
            XmlEvent::Close(name) if name == "config:config-item-map-entry" => {
                if !table.is_empty() && windows.len() < MAX_WINDOWS {
                    windows.insert(std::mem::take(&mut table), window(&said));
                }
            }
            XmlEvent::Close(_) => {}
        }
    }
    Ok(windows)
}

fn window(said: &HashMap<String, String>) -> Window {
    let number = |name: &str| said.get(name).and_then(|text| text.trim().parse::<u32>().ok());
    let split = |way: &str| {
        number(&format!("{way}SplitPosition"))
            .filter(|_| number(&format!("{way}SplitMode")) == Some(2))
            .unwrap_or(0)
    };
    let frozen = (split("Vertical"), split("Horizontal"));
    Window {
        frozen: Some(frozen).filter(|(rows, columns)| *rows > 0 || *columns > 0),
        zoom: number("ZoomValue")
            .and_then(|zoom| u16::try_from(zoom).ok())
            .filter(|z| (10..=400).contains(z)),
        bare: said.get("ShowGrid").is_some_and(|text| text == "false"),
    }
}
