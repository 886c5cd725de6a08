//! A table of an `.ods` on its way in, and how it looks.

use super::dress::{Column, Dress, MAX_BLANKS, MAX_DRESSED_COLUMNS, MAX_DRESSED_ROWS, Page, Row};
use super::ods_page::Window;
use super::ods_style::Styles;
use super::xml::Element;
use super::{ForeignSheet, Visibility};
use crate::base::limits::MAX_COLUMNS;
use crate::base::{CellRef, RangeRef, Result};
use crate::sheet::margins;

/// Columns whose default style is kept.
const MAX_COLUMN_STYLES: usize = 20_000;
/// Columns and rows that a workbook dresses in all.
const MAX_DRESSED: usize = 300_000;
/// Rows in one that are no longer rows of a form: what is below its last line.
const MANY_ROWS: u32 = 2_000;

/// A table on its way in.
#[derive(Default)]
pub(super) struct Table {
    pub(super) sheet: ForeignSheet,
    /// Default cell styles: up to which column, which style.
    columns: Vec<(u32, String)>,
    pub(super) row: u32,
    /// A copy of another workbook's sheet that links keep.
    pub(super) is_linked: bool,
    /// It is printed in pieces.
    pub(super) has_several_areas: bool,
    dress: Dress,
    /// Inside the rows, or the columns, that every page repeats.
    repeats: [bool; 2],
    /// The height of most rows, and how many rows that are.
    usual: Option<(u32, u32)>,
}

/// How much of a workbook's looks is kept already.
#[derive(Default)]
pub(super) struct Dressed {
    blanks: usize,
    lines: usize,
}

impl Dressed {
    /// Whether no more blank cells are kept.
    pub(super) fn is_full(&self) -> bool {
        self.blanks > MAX_BLANKS
    }

    /// Whether so many more columns or rows are kept.
    fn more(&mut self, lines: u32) -> bool {
        self.lines = self.lines.saturating_add(usize::try_from(lines).unwrap_or(usize::MAX));
        self.lines <= MAX_DRESSED
    }

    /// Keeps the looks of a row's blank cells as often as the row is repeated; `false` where they are too many.
    pub(super) fn blanks(
        &mut self,
        table: &mut Table,
        blanks: &[(u32, String)],
        repeated: u32,
        styles: &mut Styles,
    ) -> bool {
        // Below the last line of a form a look is nothing that anybody sees.
        if repeated > MANY_ROWS {
            return true;
        }
        let rows = usize::try_from(repeated).unwrap_or(usize::MAX);
        self.blanks = self.blanks.saturating_add(blanks.len().saturating_mul(rows));
        if self.is_full() {
            return false;
        }
        for (col, style) in blanks {
            // What will be written there is Chinese.
            let style = styles.style(style, true);
            for row in table.row..table.row.saturating_add(repeated) {
                table.dress.blanks.extend(CellRef::new(row, *col).map(|at| (at, style.clone())));
            }
        }
        true
    }
}

impl Table {
    pub(super) fn begin(element: &Element, styles: &Styles) -> Self {
        let mut table = Self::default();
        element.get("table:name").unwrap_or_default().clone_into(&mut table.sheet.name);
        let style = styles.table(element.get("table:style-name").unwrap_or_default());
        if style.hidden {
            table.sheet.visibility = Visibility::Hidden;
        }
        table.dress.tab = style.tab;
        let said = element.get("table:print-ranges").filter(|said| !said.trim().is_empty());
        let own = styles.pages.page(&style.master).or_else(|| styles.pages.page("Default"));
        table.dress.page = own.or_else(|| said.map(|_| Page::default()));
        if let Some(page) = &mut table.dress.page {
            for printed in [&page.header, &page.footer] {
                table.sheet.margins.extend(margins::sections(printed));
            }
            page.area = said.and_then(area);
            table.has_several_areas = said.is_some() && page.area.is_none();
        }
        table
    }

    /// A bracket around rows or columns opens or ends.
    pub(super) fn open(&mut self, name: &str) {
        self.bracket(name, true);
    }

    pub(super) fn close(&mut self, name: &str) {
        self.bracket(name, false);
    }

    fn bracket(&mut self, name: &str, is_open: bool) {
        let [rows, columns] = &mut self.repeats;
        match name {
            "table:table-header-rows" => *rows = is_open,
            "table:table-header-columns" => *columns = is_open,
            _ => {}
        }
    }

    fn until(&self) -> u32 {
        self.columns.last().map_or(0, |(until, _)| *until)
    }

    pub(super) fn column(
        &mut self,
        element: &Element,
        styles: &mut Styles,
        dressed: &mut Dressed,
    ) -> Result<()> {
        let count = element.count("table:number-columns-repeated")?;
        let first = self.until();
        let until = first.saturating_add(count);
        let style = element.get("table:default-cell-style-name").unwrap_or_default().to_owned();
        let page = self.dress.page.as_mut().filter(|_| self.repeats == [false, true]);
        repeat(page.map(|page| &mut page.repeat_columns), first, until);
        let last = until.min(MAX_DRESSED_COLUMNS);
        if first < last && dressed.more(last.saturating_sub(first)) {
            let column = Column {
                pixels: styles.width(element.get("table:style-name").unwrap_or_default()),
                hidden: is_hidden(element),
                style: Some(styles.style(&style, true)),
            };
            self.dress.columns.extend((first..last).map(|col| (col, column.clone())));
        }
        if self.columns.len() < MAX_COLUMN_STYLES {
            self.columns.push((until, style));
        }
        Ok(())
    }

    /// The style of a column's cells where they say none.
    pub(super) fn column_style(&self, col: u32) -> &str {
        let at = self.columns.partition_point(|(until, _)| *until <= col);
        self.columns.get(at).map_or("", |(_, style)| style.as_str())
    }

    /// Blank cells that look otherwise than their column does.
    pub(super) fn blanks(&self, first: u32, times: u32, style: &str) -> Vec<(u32, String)> {
        let last = first.saturating_add(times).min(MAX_DRESSED_COLUMNS).min(MAX_COLUMNS);
        let cols = (first..last).filter(|col| self.column_style(*col) != style);
        cols.map(|col| (col, style.to_owned())).collect()
    }

    pub(super) fn row_looks(
        &mut self,
        element: &Element,
        repeated: u32,
        styles: &mut Styles,
        dressed: &mut Dressed,
    ) {
        let until = self.row.saturating_add(repeated);
        let page = self.dress.page.as_mut().filter(|_| self.repeats == [true, false]);
        repeat(page.map(|page| &mut page.repeat_rows), self.row, until);
        let twips = styles.height(element.get("table:style-name").unwrap_or_default());
        if let Some(twips) = twips
            && self.usual.is_none_or(|(_, rows)| rows <= repeated)
        {
            self.usual = Some((twips, repeated));
        }
        let row = Row { twips, hidden: is_hidden(element), style: None };
        let room = self.dress.rows.len().saturating_add(usize::try_from(repeated).unwrap_or(usize::MAX));
        if repeated <= MANY_ROWS && room <= MAX_DRESSED_ROWS && dressed.more(repeated) {
            self.dress.rows.extend((self.row..until).map(|at| (at, row.clone())));
        }
    }

    /// The sheet, once all of it was read.
    pub(super) fn end(mut self, window: &Window) -> ForeignSheet {
        // Rows below the last line are as high as nothing else says.
        self.dress.row_twips = self.usual.filter(|(_, rows)| *rows > MANY_ROWS).map(|(twips, _)| twips);
        let used =
            self.sheet.cells.keys().chain(self.dress.blanks.keys()).map(|at| at.col()).max().unwrap_or(0);
        // Columns beyond the last that is used are only worth keeping where they are hidden or near.
        let near = used.saturating_add(16);
        self.dress.columns.retain(|col, column| *col <= near || column.hidden);
        self.dress.frozen = window.frozen;
        self.dress.zoom = window.zoom;
        self.dress.bare = window.bare;
        self.sheet.dress = Some(self.dress);
        self.sheet
    }
}

/// Lengthens what every page repeats by the lines up to `until`.
fn repeat(lines: Option<&mut Option<(u32, u32)>>, first: u32, until: u32) {
    if let Some(lines) = lines {
        *lines = Some((lines.map_or(first, |(begun, _)| begun), until.saturating_sub(1)));
    }
}

fn is_hidden(element: &Element) -> bool {
    matches!(element.get("table:visibility"), Some("collapse" | "filter"))
}

/// `$表1.$A$1:$表1.$F$20`, or with the sheet's name in quotes; of several ranges none.
fn area(text: &str) -> Option<RangeRef> {
    let corner = |text: &str| -> Option<CellRef> {
        let cell = text.rsplit_once('.').map_or(text, |(_, cell)| cell);
        cell.replace('$', "").parse().ok()
    };
    // Quotes may hold colons and blanks; a cell's own name holds neither.
    let outside: String = quoted_out(text);
    let mut ranges = outside.split_whitespace();
    let range = ranges.next().filter(|_| ranges.next().is_none())?;
    let (first, last) = range.split_once(':').unwrap_or((range, range));
    Some(RangeRef::new(corner(first)?, corner(last)?))
}

fn quoted_out(text: &str) -> String {
    text.split('\'').step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::area;

    #[test]
    fn a_print_range_is_read_whatever_the_sheet_is_called() {
        let shown = |text: &str| area(text).map(|range| range.to_string());
        assert_eq!(shown("$表1.$A$1:$表1.$F$20").as_deref(), Some("A1:F20"));
        assert_eq!(shown("'表 2: 甲.乙'.A1:'表 2: 甲.乙'.C3").as_deref(), Some("A1:C3"));
        assert_eq!(shown("表.A1:表.B2 表.D4:表.E5"), None);
        assert_eq!(shown("表.#REF!"), None);
    }
}
