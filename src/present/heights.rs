//! How high the rows of a sheet that we add are, and how much of them a printed page takes.

use std::collections::BTreeMap;

use super::sheet::{AddedSheet, Look, MARGIN, half_widths};
use crate::base::CellRef;

/// A row is never higher than Excel allows (409 points).
const MAX_ROW_POINTS: u16 = 405;
/// Points that a line of text takes, and a row beside its lines.
#[derive(Debug, Clone, Copy)]
struct Spacing {
    line: u16,
    beside: u16,
}

/// As it is read best, and as close as a whole page may need it.
const LOOSE: Spacing = Spacing { line: 14, beside: 6 };
const CLOSE: Spacing = Spacing { line: 13, beside: 3 };
/// A last page that is filled by less than one of so many is better left out.
const SCRAP: u32 = 3;
/// Pixels of a letter as programs commonly have it.
const COMMON_PIXELS: u32 = 7;
/// Points of a line of a title, and how wide its letters are in hundredths of those of a text.
const TITLE_POINTS: u16 = 24;
const TITLE_WIDTH: u32 = 165;
/// Points of a row that holds nothing.
const EMPTY_ROW: u32 = 15;
/// Points between the margins of an upright A4 page, which lies in landscape: its width and height.
const UPRIGHT: (u32, u32) = (537, 762);
const LYING: (u32, u32) = (784, 516);
/// Pixels of a letter: from 7 to 10, as the workbook's standard font is and the program has it; and those that a column has
/// beside its letters.
const LETTER_PIXELS: u32 = 10;
const COLUMN_PIXELS: u32 = 5;
/// Letters of 10.5 points are not printed smaller than 8.
const LEAST_SCALE: u32 = 77;
const WHOLE: u32 = 100;
/// Programs differ in how much a page takes by less than this share, in hundredths.
const RESERVE: u32 = 5;

/// A page of a sheet that is printed at a scale of its own.
#[derive(Debug, Clone, Copy)]
pub struct PrintedPage {
    /// In hundredths.
    pub scale: u16,
    /// Points of rows that it takes.
    height: u32,
}

impl PrintedPage {
    /// The page of a sheet; `None` of one that is too wide for letters that can be read.
    pub fn of(sheet: &AddedSheet) -> Option<Self> {
        let (width, height) = if sheet.landscape { LYING } else { UPRIGHT };
        let scale = width.saturating_mul(WHOLE).checked_div(wide(sheet, LETTER_PIXELS))?.min(WHOLE);
        if scale < LEAST_SCALE {
            return None;
        }
        let height = height.saturating_mul(WHOLE).checked_div(scale)?;
        Some(Self { scale: u16::try_from(scale).ok()?, height })
    }

    /// Whether so many points of rows fit on it.
    pub fn takes(self, points: u32) -> bool {
        points.saturating_mul(WHOLE.saturating_add(RESERVE)) <= self.height.saturating_mul(WHOLE)
    }
}

fn spacing(sheet: &AddedSheet) -> Spacing {
    if sheet.close { CLOSE } else { LOOSE }
}

/// Points of rows that a page takes of a sheet which programs make as wide as the page.
fn fitted_height(sheet: &AddedSheet) -> Option<u32> {
    let (width, height) = if sheet.landscape { LYING } else { UPRIGHT };
    let scale = width.saturating_mul(WHOLE).checked_div(wide(sheet, COMMON_PIXELS))?.min(WHOLE);
    height.saturating_mul(WHOLE).checked_div(scale)
}

/// Points of the columns that are printed, with letters of so many pixels.
fn wide(sheet: &AddedSheet, letter: u32) -> u32 {
    let columns = sheet.printed_to.map_or(usize::MAX, |last| usize::try_from(last).unwrap_or(usize::MAX));
    let widths = sheet.widths.iter().take(columns.saturating_add(1)).filter(|width| **width > 0);
    let pixels = widths.map(|width| u32::from(*width).saturating_mul(letter).saturating_add(COLUMN_PIXELS));
    points_of(pixels.fold(0, u32::saturating_add))
}

/// Points of so many pixels.
pub fn points_of(pixels: u32) -> u32 {
    pixels.saturating_mul(3).div_ceil(4)
}

/// The rows of a sheet with their heights.
#[derive(Debug)]
pub struct Heights(BTreeMap<u32, u16>);

impl Heights {
    /// How high each row must be so that nothing is cut off. Where a few rows would go over onto a page of their own, all
    /// stand closer.
    pub fn of(sheet: &AddedSheet) -> Self {
        let loose = Self::spaced(sheet, spacing(sheet));
        let Some(height) = fitted_height(sheet).filter(|_| sheet.header_rows.is_some()) else { return loose };
        let (pages, last) = loose.pages(sheet, height);
        if pages < 2 || last.saturating_mul(SCRAP) > height {
            return loose;
        }
        let close = Self::spaced(sheet, CLOSE);
        if close.pages(sheet, height).0 < pages { close } else { loose }
    }

    /// How many pages of this height the rows take, and what the last of them holds beside the titles.
    fn pages(&self, sheet: &AddedSheet, height: u32) -> (u32, u32) {
        let again = sheet.header_rows.map_or(0, |(first, last)| self.between(first, last.saturating_add(1)));
        let end = self.0.keys().next_back().map_or(0, |row| row.saturating_add(1));
        let (mut pages, mut used, mut titles) = (1_u32, 0_u32, 0_u32);
        for row in 0..end {
            let points = self.between(row, row.saturating_add(1));
            if used.saturating_add(points) > height {
                (pages, used, titles) = (pages.saturating_add(1), again, again);
            }
            used = used.saturating_add(points);
        }
        (pages, used.saturating_sub(titles))
    }

    fn spaced(sheet: &AddedSheet, spacing: Spacing) -> Self {
        let mut heights = BTreeMap::new();
        for (at, cell) in &sheet.cells {
            let Some(points) = points(sheet, *at, cell.look, cell.content.words(), spacing) else { continue };
            let height = heights.entry(at.row()).or_insert(0_u16);
            *height = (*height).max(points);
        }
        Self(heights)
    }

    /// Each row that holds something.
    pub fn rows(&self) -> impl Iterator<Item = (u32, u16)> + '_ {
        self.0.iter().map(|(row, points)| (*row, *points))
    }

    /// Points of the rows from one on, up to the one before another.
    pub fn between(&self, first: u32, end: u32) -> u32 {
        let height = |row: u32| self.0.get(&row).map_or(EMPTY_ROW, |points| u32::from(*points));
        (first..end).map(height).fold(0, u32::saturating_add)
    }
}

/// How high one row must be.
pub fn of_row(sheet: &AddedSheet, row: u32) -> u32 {
    let Some(first) = CellRef::new(row, 0) else { return EMPTY_ROW };
    let cells = sheet.cells.range(first..).take_while(|(at, _)| at.row() == row);
    let points =
        cells.filter_map(|(at, cell)| points(sheet, *at, cell.look, cell.content.words(), spacing(sheet)));
    points.max().map_or(EMPTY_ROW, u32::from)
}

/// How high rows with texts of these lengths are in columns so wide, in thousandths of a line: the highest cell of each
/// row, and a little of all of them.
pub(super) fn of_lengths(rows: &BTreeMap<u32, Vec<u64>>, widths: &[u16]) -> u64 {
    let of_row = |lengths: &Vec<u64>| {
        let cells = lengths.iter().zip(widths).map(|(length, width)| {
            length
                .saturating_mul(1_000)
                .checked_div(u64::from(width.saturating_sub(MARGIN).max(1)))
                .unwrap_or(0)
        });
        let (highest, all) = cells
            .fold((0, 0), |(highest, all): (u64, u64), cell| (highest.max(cell), all.saturating_add(cell)));
        highest.saturating_mul(100).saturating_add(all)
    };
    rows.values().map(of_row).fold(0, u64::saturating_add)
}

/// Points that a cell needs; `None` of one that nobody sees.
fn points(sheet: &AddedSheet, at: CellRef, look: Look, text: &str, spacing: Spacing) -> Option<u16> {
    let span =
        sheet.merges.iter().find(|merged| merged.first == at).map_or(at.col(), |merged| merged.last.col());
    let width = |col: u32| {
        sheet.widths.get(usize::try_from(col).unwrap_or(usize::MAX)).map_or(8, |width| u32::from(*width))
    };
    let width = (at.col()..=span).map(width).fold(0, u32::saturating_add);
    if width == 0 {
        return None;
    }
    let width = width.saturating_sub(u32::from(MARGIN)).max(1);
    let (lines, line) = if look == Look::Title {
        let lines = half_widths(text).saturating_mul(TITLE_WIDTH).div_ceil(width.saturating_mul(WHOLE));
        (lines.max(1), TITLE_POINTS)
    } else {
        let lines = text.split('\n').map(|line| half_widths(line).div_ceil(width).max(1));
        (lines.fold(0, u32::saturating_add), spacing.line)
    };
    let points = u16::try_from(lines).unwrap_or(u16::MAX).saturating_mul(line).saturating_add(spacing.beside);
    Some(points.min(MAX_ROW_POINTS))
}

#[cfg(test)]
mod tests {
    use super::Heights;
    use crate::present::sheet::{AddedSheet, Look};

    /// A list with so many rows of one line.
    fn list(rows: u32) -> AddedSheet {
        let mut sheet = AddedSheet::new("表", &[20; 6]);
        sheet.landscape = true;
        sheet.header_rows = Some((2, 2));
        sheet.title("表");
        (2..rows).for_each(|row| sheet.text(row, 0, Look::Text, "一行"));
        sheet
    }

    #[test]
    fn a_few_rows_stand_closer_instead_of_going_over() {
        let of = |rows: u32| Heights::of(&list(rows)).rows().last().map(|(_, points)| points);
        assert_eq!(of(20), Some(20), "one page");
        assert_eq!(of(27), Some(16), "two rows would go over");
        assert_eq!(of(45), Some(20), "half a page is no scrap");
        let mut short = list(27);
        short.header_rows = None;
        assert_eq!(
            Heights::of(&short).rows().last().map(|(_, points)| points),
            Some(20),
            "its breaks are its own"
        );
    }
}
