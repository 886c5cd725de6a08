//! What an `.xls` says of a sheet's columns, rows, printed pages and window.

use std::collections::BTreeMap;

use super::biff::{counted_text, u16_at, u32_at};
use super::biff_look::{DEFAULT_XF, Styles};
use super::dress::{Column, Dress, MAX_DRESSED_ROWS, Page, Row, digit_width};
use crate::base::{CellRef, Number, RangeRef};
use crate::sheet::doubles::exact;
use crate::sheet::value::Value;

const HEADER: u16 = 0x0014;
const FOOTER: u16 = 0x0015;
const COLUMN_BREAKS: u16 = 0x001A;
const ROW_BREAKS: u16 = 0x001B;
const LEFT: u16 = 0x0026;
const BOTTOM: u16 = 0x0029;
const PRINT_HEADINGS: u16 = 0x002A;
const PRINT_GRIDLINES: u16 = 0x002B;
const PANE: u16 = 0x0041;
const DEFAULT_COLUMN_WIDTH: u16 = 0x0055;
const COLUMN_INFO: u16 = 0x007D;
const SHEET_BOOL: u16 = 0x0081;
const CENTRE_ACROSS: u16 = 0x0083;
const CENTRE_DOWN: u16 = 0x0084;
const STANDARD_WIDTH: u16 = 0x0099;
const SCALE: u16 = 0x00A0;
const SETUP: u16 = 0x00A1;
const ROW: u16 = 0x0208;
const DEFAULT_ROW_HEIGHT: u16 = 0x0225;
const WINDOW: u16 = 0x023E;
const SHEET_EXT: u16 = 0x0862;

/// Columns of a sheet of this format.
const COLUMNS: u16 = 256;
/// Breaks that a sheet can have.
const MAX_BREAKS: usize = 1_023;

/// The records of a sheet that are about its looks.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    columns: BTreeMap<u16, (u16, u16, u16)>,
    rows: BTreeMap<u16, (u16, u16, u16)>,
    page: Page,
    /// There was a SETUP record.
    is_set_up: bool,
    fitted: (u16, u16),
    fits: bool,
    split: (u16, u16),
    is_frozen: bool,
    dress: Dress,
    /// Characters, and 256ths of one.
    default_width: Option<u16>,
    standard_width: Option<u16>,
    tab: Option<u16>,
}

impl Sheet {
    /// Takes a record of a sheet, if it is about looks.
    pub(super) fn take(&mut self, kind: u16, data: &[u8], is_biff8: bool) {
        let first = u16_at(data, 0).unwrap_or_default();
        let page = &mut self.page;
        match kind {
            HEADER => page.header = printed(data, is_biff8),
            FOOTER => page.footer = printed(data, is_biff8),
            ROW_BREAKS => page.row_breaks = breaks(data, is_biff8),
            COLUMN_BREAKS => page.column_breaks = breaks(data, is_biff8),
            LEFT..=BOTTOM => {
                if let Some(side) = page.margins.get_mut(usize::from(kind.saturating_sub(LEFT))) {
                    *side = inches(data, 0);
                }
            }
            PRINT_HEADINGS => page.headings = first == 1,
            PRINT_GRIDLINES => page.gridlines = first == 1,
            CENTRE_ACROSS => page.centre_across = first == 1,
            CENTRE_DOWN => page.centre_down = first == 1,
            SETUP => self.set_up(data),
            SHEET_BOOL => self.fits = first & 0x0100 != 0,
            PANE => self.split = (u16_at(data, 2).unwrap_or_default(), first),
            WINDOW => {
                self.is_frozen = first & 8 != 0;
                self.dress.bare = first & 2 == 0;
            }
            SCALE => {
                let parts = u32::from(u16_at(data, 2).unwrap_or_default());
                let percent = u32::from(first).saturating_mul(100).checked_div(parts);
                let percent = percent.and_then(|percent| u16::try_from(percent).ok());
                self.dress.zoom = percent.filter(|percent| (10..=400).contains(percent));
            }
            SHEET_EXT => self.tab = u32_at(data, 16).and_then(|n| u16::try_from(n & 0x7F).ok()),
            DEFAULT_COLUMN_WIDTH => self.default_width = Some(first),
            STANDARD_WIDTH => self.standard_width = Some(first),
            DEFAULT_ROW_HEIGHT => self.dress.row_twips = height(u16_at(data, 2)),
            COLUMN_INFO => {
                let last = u16_at(data, 2).unwrap_or(first).min(COLUMNS.saturating_sub(1));
                let said = (u16_at(data, 4), u16_at(data, 6), u16_at(data, 8));
                if let (Some(width), Some(xf), Some(flags)) = said {
                    self.columns.extend((first..=last).map(|col| (col, (width, xf, flags))));
                }
            }
            ROW if self.rows.len() < MAX_DRESSED_ROWS => {
                let said = (u16_at(data, 6), u16_at(data, 12), u16_at(data, 14));
                if let (Some(height), Some(flags), Some(xf)) = said {
                    self.rows.insert(first, (height, flags, xf));
                }
            }
            _ => {}
        }
    }

    fn set_up(&mut self, data: &[u8]) {
        let at = |at: usize| u16_at(data, at).unwrap_or_default();
        let flags = at(10);
        let page = &mut self.page;
        self.is_set_up = true;
        // Where it says that no printer was asked, paper, scale and orientation mean nothing.
        if flags & 4 == 0 {
            page.paper = u8::try_from(at(0)).ok().filter(|paper| *paper <= 118).unwrap_or(0);
            page.scale = Some(at(2)).filter(|percent| (10..=400).contains(percent));
            page.landscape = flags & 0x42 == 0;
        }
        page.across_first = flags & 1 != 0;
        page.first_number = Some(at(4)).filter(|number| flags & 0x80 != 0 && *number > 0);
        self.fitted = (at(6), at(8));
        let [.., above, below] = &mut page.margins;
        (*above, *below) = (inches(data, 16), inches(data, 24));
    }

    /// What the sheet looks like, up to its last used column.
    pub(super) fn dress(self, styles: &Styles, last_column: u32, base: &super::dress::Font) -> Dress {
        let digit = digit_width(base);
        let mut dress = self.dress;
        let pixels = |width: u16| u32::from(width).saturating_mul(digit).saturating_add(128).wrapping_shr(8);
        let own = |xf: u16| styles.style(xf).filter(|_| xf != DEFAULT_XF);
        for (col, (width, xf, flags)) in self.columns {
            let column = Column { pixels: Some(pixels(width)), hidden: flags & 1 != 0, style: own(xf) };
            dress.columns.insert(u32::from(col), column);
        }
        // Of eight characters, with the margins of a cell, and then as many dots as eight go into.
        let usual = self.default_width.map(|chars| {
            let dots = u32::from(chars).saturating_mul(digit).saturating_add(5);
            dots.div_ceil(8).saturating_mul(8)
        });
        let usual = self.standard_width.map(pixels).or(usual);
        for col in 0..=last_column.min(u32::from(COLUMNS)) {
            dress.columns.entry(col).or_insert_with(|| Column { pixels: usual, ..Column::default() });
        }
        for (row, (height, flags, xf)) in self.rows {
            let row_style = (flags & 0x80 != 0).then(|| own(xf & 0x0FFF)).flatten();
            let row_said = Row {
                twips: self::height(Some(height)).filter(|_| height & 0x8000 == 0),
                hidden: flags & 0x20 != 0,
                style: row_style,
            };
            dress.rows.insert(u32::from(row), row_said);
        }
        if self.is_frozen && self.split != (0, 0) {
            dress.frozen = Some((u32::from(self.split.0), u32::from(self.split.1)));
        }
        dress.tab = self.tab.and_then(|number| styles.colour(number));
        let fit = self.fits.then_some(self.fitted);
        dress.page = self.is_set_up.then_some(Page { fit, ..self.page });
        dress
    }
}

fn printed(data: &[u8], is_biff8: bool) -> String {
    counted_text(data, 0, is_biff8).unwrap_or_default()
}

fn breaks(data: &[u8], is_biff8: bool) -> Vec<u32> {
    let each = if is_biff8 { 6 } else { 2 };
    let places = data.get(2..).unwrap_or_default().chunks_exact(each).take(MAX_BREAKS);
    places.filter_map(|place| u16_at(place, 0)).map(u32::from).collect()
}

/// Twentieths of a point that a row can be high.
fn height(twips: Option<u16>) -> Option<u32> {
    twips.map(|twips| u32::from(twips & 0x7FFF).min(8_180)).filter(|twips| *twips > 0)
}

/// Thousandths of an inch of a double, as far as a paper is wide.
#[expect(clippy::disallowed_types, reason = "margins are doubles in the file; they end here")]
fn inches(data: &[u8], at: usize) -> Option<u32> {
    let bytes: [u8; 8] = data.get(at..at.saturating_add(8))?.try_into().ok()?;
    let Value::Number(inches) = exact(f64::from_le_bytes(bytes)) else { return None };
    let thousandths: u32 = inches.times(Number::from(1_000))?.round(0).to_string().parse().ok()?;
    (thousandths < 50_000).then_some(thousandths)
}

/// Where a defined name of the program's own leads: tokens of areas, alone or joined. `None` where it is anything else.
pub(super) fn areas(mut tokens: &[u8]) -> Option<Vec<RangeRef>> {
    const AREA: u8 = 0x3B;
    const CELL: u8 = 0x3A;
    let mut found = Vec::new();
    while let Some(token) = tokens.first().copied() {
        let len = match token {
            AREA => {
                let at = |at: usize| u16_at(tokens, at).map(u32::from);
                let first = CellRef::new(at(3)?, at(7)? & 0xFF)?;
                let last = CellRef::new(at(5)?, at(9)? & 0xFF)?;
                found.push(RangeRef::new(first, last));
                11
            }
            CELL => {
                let cell = CellRef::new(u32::from(u16_at(tokens, 3)?), u32::from(u16_at(tokens, 5)? & 0xFF))?;
                found.push(RangeRef::new(cell, cell));
                7
            }
            // What stands before a union, and the union itself.
            0x29 | 0x49 | 0x69 => 3,
            0x10 => 1,
            _ => return None,
        };
        tokens = tokens.get(len..)?;
    }
    (!found.is_empty()).then_some(found)
}

/// Puts the print area or the repeated titles of a sheet into its page; `false` where they cannot be kept.
pub(super) fn named(page: &mut Page, is_titles: bool, areas: &[RangeRef]) -> bool {
    let last_column = u32::from(COLUMNS).saturating_sub(1);
    if !is_titles {
        let [area] = areas else { return false };
        page.area = Some(*area);
        return true;
    }
    for area in areas {
        if area.first.col() == 0 && area.last.col() >= last_column {
            page.repeat_rows = Some((area.first.row(), area.last.row()));
        } else {
            page.repeat_columns = Some((area.first.col(), area.last.col()));
        }
    }
    true
}
