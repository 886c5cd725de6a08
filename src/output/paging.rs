//! How high rows are, and where pages end that hold charts or several tables.
//!
//! A sheet is printed as wide as its page. Excel then ignores every break that is set, so a chart, or a table among several, is
//! cut where a page happens to end. A sheet with charts or several tables therefore has a scale, at which it surely fits into
//! the width, and breaks before what would not stay whole.

use std::collections::BTreeMap;

use crate::present::sheet::{MARGIN, half_widths};
use crate::present::{AddedSheet, BarChart, Look};

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

/// How a sheet is cut into pages.
pub(super) struct Paging {
    /// In hundredths.
    pub(super) scale: u16,
    /// The rows that begin a page.
    pub(super) breaks: Vec<u32>,
}

/// The pages of a sheet with charts or several tables; `None` for others, and for one that is too wide for letters that can
/// be read.
pub(super) fn of(sheet: &AddedSheet) -> Option<Paging> {
    let kept = kept(sheet);
    if kept.is_empty() {
        return None;
    }
    let (width, height) = if sheet.landscape { LYING } else { UPRIGHT };
    let columns = sheet.printed_to.map_or(usize::MAX, |last| usize::try_from(last).unwrap_or(usize::MAX));
    let widths = sheet.widths.iter().take(columns.saturating_add(1)).filter(|width| **width > 0);
    let pixels =
        widths.map(|width| u32::from(*width).saturating_mul(LETTER_PIXELS).saturating_add(COLUMN_PIXELS));
    let wide = points(pixels.fold(0, u32::saturating_add));
    let scale = width.saturating_mul(WHOLE).checked_div(wide)?.min(WHOLE);
    if scale < LEAST_SCALE {
        return None;
    }
    let page = height.saturating_mul(WHOLE).checked_div(scale)?;
    Some(Paging { scale: u16::try_from(scale).ok()?, breaks: breaks(sheet, &kept, page) })
}

/// What stays on one page.
struct Kept {
    /// The first row of the whole: a chart with its table, a table with its heading.
    with: u32,
    /// The first row of what stays together where the whole is longer than a page.
    at: u32,
    /// The row behind the last, and the points of what lies upon the sheet from `at` on.
    end: u32,
    drawn: u32,
}

/// The charts of a sheet; of one without charts its sections, where a table has no titles that are repeated on each page.
fn kept(sheet: &AddedSheet) -> Vec<Kept> {
    let chart = |chart: &BarChart| Kept {
        with: chart.with,
        at: chart.at.row(),
        end: chart.at.row(),
        drawn: points(chart.drawing.height),
    };
    let mut kept: Vec<Kept> = sheet.charts.iter().map(chart).collect();
    if kept.is_empty() && sheet.header_rows.is_none() {
        let heads = sheet.cells.iter().filter(|(_, cell)| cell.look == Look::Section);
        let heads: Vec<u32> = heads.map(|(at, _)| at.row()).collect();
        let ends = heads.iter().skip(1).copied().chain([u32::MAX]);
        // The blank row behind a table may stand on any page.
        let last =
            |end: u32| sheet.cells.keys().map(|at| at.row()).filter(|row| *row < end).max().unwrap_or(0);
        let section = |(head, end): (&u32, u32)| Kept {
            with: *head,
            at: *head,
            end: last(end).saturating_add(1),
            drawn: 0,
        };
        kept.extend(heads.iter().zip(ends).map(section));
    }
    kept.sort_by_key(|one| one.with);
    kept
}

fn breaks(sheet: &AddedSheet, kept: &[Kept], page: u32) -> Vec<u32> {
    let heights = row_heights(sheet);
    let height = |row: u32| heights.get(&row).map_or(EMPTY_ROW, |points| u32::from(*points));
    let between = |first: u32, end: u32| (first..end).map(height).fold(0, u32::saturating_add);
    let again = sheet.printed_again.map_or(0, |(first, last)| between(first, last.saturating_add(1)));
    // Every page but the first begins with the rows that are printed again.
    let fits = |begun: u32, points: u32| {
        let again = if begun == 0 { 0 } else { again };
        let all = points.saturating_add(again);
        all.saturating_mul(WHOLE.saturating_add(RESERVE)) <= page.saturating_mul(WHOLE)
    };
    let mut breaks: Vec<u32> = Vec::new();
    for one in kept {
        if sheet.new_pages.contains(&one.with) {
            breaks.push(one.with);
        }
        let begun = breaks.last().copied().unwrap_or(0);
        let until = |first: u32| between(first, one.end).saturating_add(one.drawn);
        if fits(begun, until(begun)) {
            continue;
        }
        let with = one.with.max(begun);
        // A table longer than a page parts from its chart.
        let next = if fits(with, until(with)) { with } else { one.at };
        if next > begun {
            breaks.push(next);
        }
        // What is longer than a page goes on over its end, between rows.
        let begins = next.max(begun);
        let mut first = begins;
        for row in begins..one.end {
            if row > first && !fits(first, between(first, row.saturating_add(1))) {
                // A last row alone on its page says nothing: the one above it goes with it.
                let alone = row.saturating_add(1) == one.end && row.saturating_sub(1) > first;
                first = if alone { row.saturating_sub(1) } else { row };
                breaks.push(first);
            }
        }
    }
    breaks
}

/// Points of so many pixels.
fn points(pixels: u32) -> u32 {
    pixels.saturating_mul(3).div_ceil(4)
}

/// How high each row must be so that nothing is cut off.
pub(super) fn row_heights(sheet: &AddedSheet) -> BTreeMap<u32, u16> {
    let mut heights = BTreeMap::new();
    for (at, cell) in &sheet.cells {
        let text = cell.content.words();
        let span = sheet.merges.iter().find(|m| m.first == *at).map_or(at.col(), |m| m.last.col());
        let width: u32 = (at.col()..=span)
            .map(|col| {
                sheet.widths.get(usize::try_from(col).unwrap_or(usize::MAX)).map_or(8, |w| u32::from(*w))
            })
            .fold(0, u32::saturating_add);
        if width == 0 {
            continue;
        }
        let width = width.saturating_sub(u32::from(MARGIN)).max(1);
        let lines: u32 = text
            .split('\n')
            .map(|line| half_widths(line).div_ceil(width).max(1))
            .fold(0, u32::saturating_add);
        let points = match cell.look {
            Look::Title => {
                let lines =
                    half_widths(text).saturating_mul(TITLE_WIDTH).div_ceil(width.saturating_mul(WHOLE));
                u16::try_from(lines.max(1)).unwrap_or(u16::MAX).saturating_mul(TITLE_POINTS).saturating_add(6)
            }
            _ => u16::try_from(lines).unwrap_or(u16::MAX).saturating_mul(LINE_POINTS).saturating_add(6),
        };
        let height = heights.entry(at.row()).or_insert(0_u16);
        *height = (*height).max(points.min(MAX_ROW_POINTS));
    }
    heights
}

/// Pixels of the columns from one on: what reaches beyond them would make the printed page wider.
pub(super) fn pixels_from(sheet: &AddedSheet, column: u32) -> u32 {
    let widths = sheet.widths.iter().skip(usize::try_from(column).unwrap_or(usize::MAX));
    let pixels =
        widths.filter(|width| **width > 0).map(|width| u32::from(*width).saturating_mul(7).saturating_add(5));
    pixels.fold(0, u32::saturating_add)
}
