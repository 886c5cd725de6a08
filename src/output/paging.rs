//! Where pages end that hold charts or several tables.
//!
//! A sheet is printed as wide as its page. Excel then ignores every break that is set, so a chart, or a table among several, is
//! cut where a page happens to end. A sheet with charts or several tables therefore has a scale, at which it surely fits into
//! the width, and breaks before what would not stay whole.

use crate::present::heights::{Heights, PrintedPage, points_of};
use crate::present::{AddedSheet, BarChart, Look};

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
    let page = PrintedPage::of(sheet)?;
    Some(Paging { scale: page.scale, breaks: breaks(sheet, &kept, page) })
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

/// The charts of a sheet; of one without charts its sections, where a table has no titles that are repeated on each page. A
/// section that goes on on a page of its own, below titles of its own, is several.
fn kept(sheet: &AddedSheet) -> Vec<Kept> {
    let chart = |chart: &BarChart| Kept {
        with: chart.with,
        at: chart.at.row(),
        end: chart.at.row(),
        drawn: points_of(chart.drawing.height),
    };
    let mut kept: Vec<Kept> = sheet.charts.iter().map(chart).collect();
    if kept.is_empty() && sheet.header_rows.is_none() {
        let heads = sheet.cells.iter().filter(|(_, cell)| cell.look == Look::Section);
        let mut heads: Vec<u32> =
            heads.map(|(at, _)| at.row()).chain(sheet.new_pages.iter().copied()).collect();
        heads.sort_unstable();
        heads.dedup();
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

fn breaks(sheet: &AddedSheet, kept: &[Kept], page: PrintedPage) -> Vec<u32> {
    let heights = Heights::of(sheet);
    let again = sheet.printed_again.map_or(0, |(first, last)| heights.between(first, last.saturating_add(1)));
    // Every page but the first begins with the rows that are printed again.
    let fits = |begun: u32, points: u32| {
        let again = if begun == 0 { 0 } else { again };
        page.takes(points.saturating_add(again))
    };
    let mut breaks: Vec<u32> = Vec::new();
    for one in kept {
        if sheet.new_pages.contains(&one.with) {
            breaks.push(one.with);
        }
        let begun = breaks.last().copied().unwrap_or(0);
        let until = |first: u32| heights.between(first, one.end).saturating_add(one.drawn);
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
            if row > first && !fits(first, heights.between(first, row.saturating_add(1))) {
                // A last row alone on its page says nothing: the one above it goes with it.
                let alone = row.saturating_add(1) == one.end && row.saturating_sub(1) > first;
                first = if alone { row.saturating_sub(1) } else { row };
                breaks.push(first);
            }
        }
    }
    breaks
}

/// Pixels of the columns from one on: what reaches beyond them would make the printed page wider.
pub(super) fn pixels_from(sheet: &AddedSheet, column: u32) -> u32 {
    let widths = sheet.widths.iter().skip(usize::try_from(column).unwrap_or(usize::MAX));
    let pixels =
        widths.filter(|width| **width > 0).map(|width| u32::from(*width).saturating_mul(7).saturating_add(5));
    pixels.fold(0, u32::saturating_add)
}
