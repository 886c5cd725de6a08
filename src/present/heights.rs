//! How high the rows of a sheet that we add are, and how much of them a printed page takes.

use std::collections::BTreeMap;

use super::sheet::{AddedSheet, Look, MARGIN, half_widths};
use crate::base::CellRef;

/// A row is never higher than Excel allows (409 points).
const MAX_ROW_POINTS: u16 = 405;
/// Points a line of text needs.
const LINE_POINTS: u16 = 14;
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
        let columns = sheet.printed_to.map_or(usize::MAX, |last| usize::try_from(last).unwrap_or(usize::MAX));
        let widths = sheet.widths.iter().take(columns.saturating_add(1)).filter(|width| **width > 0);
        let pixels =
            widths.map(|width| u32::from(*width).saturating_mul(LETTER_PIXELS).saturating_add(COLUMN_PIXELS));
        let wide = points_of(pixels.fold(0, u32::saturating_add));
        let scale = width.saturating_mul(WHOLE).checked_div(wide)?.min(WHOLE);
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

/// Points of so many pixels.
pub fn points_of(pixels: u32) -> u32 {
    pixels.saturating_mul(3).div_ceil(4)
}

/// The rows of a sheet with their heights.
#[derive(Debug)]
pub struct Heights(BTreeMap<u32, u16>);

impl Heights {
    /// How high each row must be so that nothing is cut off.
    pub fn of(sheet: &AddedSheet) -> Self {
        let mut heights = BTreeMap::new();
        for (at, cell) in &sheet.cells {
            let Some(points) = points(sheet, *at, cell.look, cell.content.words()) else { continue };
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
    let points = cells.filter_map(|(at, cell)| points(sheet, *at, cell.look, cell.content.words()));
    points.max().map_or(EMPTY_ROW, u32::from)
}

/// Points that a cell needs; `None` of one that nobody sees.
fn points(sheet: &AddedSheet, at: CellRef, look: Look, text: &str) -> Option<u16> {
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
        (lines.fold(0, u32::saturating_add), LINE_POINTS)
    };
    let points = u16::try_from(lines).unwrap_or(u16::MAX).saturating_mul(line).saturating_add(6);
    Some(points.min(MAX_ROW_POINTS))
}
