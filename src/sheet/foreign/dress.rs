//! How a workbook of another format looks: its cells, columns, rows and printed pages, in Excel's own numbers.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::base::{CellRef, RangeRef};

/// Blank cells with a look of their own that a workbook keeps; more are counted as lost.
pub(super) const MAX_BLANKS: usize = 200_000;
/// Columns that `.xls` and `.ods` sheets are dressed up to.
pub(super) const MAX_DRESSED_COLUMNS: u32 = 1_024;
/// Rows that are dressed in a sheet at most.
pub(super) const MAX_DRESSED_ROWS: usize = 65_536;

/// Red, green and blue in one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rgb(pub u32);

/// A font.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Font {
    /// Its name; without one, the program's own.
    pub name: String,
    /// Twentieths of a point; 0 where it is not said.
    pub twips: u32,
    /// Thick.
    pub bold: bool,
    /// Slanted.
    pub italic: bool,
    /// Struck out.
    pub strike: bool,
    /// 0 none, 1 single, 2 double, 33 and 34 the same for accounts.
    pub underline: u8,
    /// 0 none, 1 above, 2 below the line.
    pub script: u8,
    /// Its colour; without one, the program's own.
    pub colour: Option<Rgb>,
}

/// A line at a side of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Edge {
    /// Excel's number of the line: 0 none, 1 thin, 2 medium … 13.
    pub line: u8,
    /// Its colour.
    pub colour: Option<Rgb>,
}

/// What a cell looks like, but for its number format.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own")]
pub struct Look {
    /// Its font.
    pub font: Font,
    /// Excel's number of the pattern: 0 none, 1 one colour … 18.
    pub pattern: u8,
    /// The colour of the pattern; of the whole cell where it has one colour.
    pub fore: Option<Rgb>,
    /// The colour behind a pattern.
    pub back: Option<Rgb>,
    /// Left, right, top, bottom, diagonal.
    pub edges: [Edge; 5],
    /// 1 down, 2 up, 3 both diagonals.
    pub diagonals: u8,
    /// 0 general, 1 left, 2 centre, 3 right, 4 filled, 5 justified, 6 centred across, 7 distributed.
    pub across: u8,
    /// 0 top, 1 centre, 2 bottom, 3 justified, 4 distributed.
    pub down: u8,
    /// Steps that a text stands in from its side.
    pub indent: u8,
    /// Degrees, upward positive; 255 for letters below one another.
    pub rotation: i16,
    /// Lines are broken at the cell's side.
    pub wrap: bool,
    /// Letters shrink until they fit.
    pub shrink: bool,
    /// Open for typing where the sheet is protected.
    pub unlocked: bool,
    /// Its formula is not shown where the sheet is protected.
    pub hidden: bool,
}

/// A look with a number format.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Style {
    /// The look.
    pub look: Rc<Look>,
    /// Excel's code of the number format, where it says something.
    pub format: Option<Rc<str>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// Its width at 96 dots an inch.
    pub pixels: Option<u32>,
    /// It is not shown.
    pub hidden: bool,
    /// What its cells look like where they say nothing themselves.
    pub style: Option<Style>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Its height in twentieths of a point.
    pub twips: Option<u32>,
    /// It is not shown.
    pub hidden: bool,
    /// What its cells look like where they say nothing themselves.
    pub style: Option<Style>,
}

/// How a sheet is printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own")]
pub struct Page {
    /// Excel's number of the paper; 0 for the printer's own.
    pub paper: u8,
    /// Wider than high.
    pub landscape: bool,
    /// Percent.
    pub scale: Option<u16>,
    /// Pages across and down that it is fitted to; 0 for as many as it takes.
    pub fit: Option<(u16, u16)>,
    /// The number of its first page.
    pub first_number: Option<u16>,
    /// Left, right, top, bottom, above the header, below the footer: thousandths of an inch.
    pub margins: [Option<u32>; 6],
    /// Centred across.
    pub centre_across: bool,
    /// Centred down.
    pub centre_down: bool,
    /// The lines between cells are printed.
    pub gridlines: bool,
    /// Row numbers and column letters are printed.
    pub headings: bool,
    /// Pages go across first, then down.
    pub across_first: bool,
    /// What is printed above, in Excel's codes.
    pub header: String,
    /// What is printed below, in Excel's codes.
    pub footer: String,
    /// What is printed of the sheet.
    pub area: Option<RangeRef>,
    /// Rows that every page repeats.
    pub repeat_rows: Option<(u32, u32)>,
    /// Columns that every page repeats.
    pub repeat_columns: Option<(u32, u32)>,
    /// Rows before which a page begins.
    pub row_breaks: Vec<u32>,
    /// Columns before which a page begins.
    pub column_breaks: Vec<u32>,
}

/// How a sheet looks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dress {
    /// Blank cells with a look.
    pub blanks: BTreeMap<CellRef, Style>,
    /// Columns that say something.
    pub columns: BTreeMap<u32, Column>,
    /// Rows that say something.
    pub rows: BTreeMap<u32, Row>,
    /// The height of all other rows, in twentieths of a point.
    pub row_twips: Option<u32>,
    /// How it is printed, where the file says so.
    pub page: Option<Page>,
    /// The first row and column that move.
    pub frozen: Option<(u32, u32)>,
    /// Percent.
    pub zoom: Option<u16>,
    /// The lines between cells are not shown.
    pub bare: bool,
    /// The colour of its tab.
    pub tab: Option<Rgb>,
}

/// The width of the widest digit of a font in dots, by which Excel counts widths of columns.
pub fn digit_width(font: &Font) -> u32 {
    let twips = if font.twips == 0 { 220 } else { font.twips };
    // Letters of a size in points are that many times 96/72 dots high; twips are twentieths.
    let dots = twips.saturating_add(8).saturating_mul(96).checked_div(72 * 20).unwrap_or(15);
    // A digit is half as wide as the letters are high; in the font of newer Excel a little less.
    let high = if font.name.starts_with("Calibri") { dots.saturating_sub(1) } else { dots };
    high.div_ceil(2).clamp(4, 40)
}

#[cfg(test)]
mod tests {
    use super::{Font, digit_width};

    #[test]
    fn a_digit_is_as_wide_as_excel_counts_it() {
        let width = |name: &str, points: u32| {
            digit_width(&Font { name: name.to_owned(), twips: points * 20, ..Font::default() })
        };
        assert_eq!(width("宋体", 12), 8);
        assert_eq!(width("宋体", 11), 8);
        assert_eq!(width("Calibri", 11), 7);
        assert_eq!(width("Arial", 10), 7);
        assert_eq!(width("Times New Roman", 12), 8);
    }
}
