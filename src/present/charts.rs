//! 统计图: how much of its points each level-2 result earned and what came off, the worst first, each with its chart; and the
//! charts of what stands on our other sheets.
//!
//! They have a sheet of their own because a sheet that is made as wide as its page has no pages that could be known before it
//! is printed. This one is narrow enough to need no such fitting, so that its breaks hold and every chart is whole.

use super::accounts::put;
use super::heights::{Heights, PrintedPage, points_of};
use super::known_cells::KnownCells;
use super::sheet::{AddedSheet, Axis, BarChart, Drawing, Look};
use super::summary::{DEDUCTION, LEVEL1, LEVEL2, RATE, TITLES, WEIGHT, level_cell};
use super::view::View;
use crate::base::{CellRef, Number};
use crate::expr::Expr;
use crate::returned::OurSheet;

const WIDTHS: [u16; 6] = [13, 22, 9, 9, 9, 9];
/// Bars of a chart, the worst; more would not be read.
const MAX_BARS: u32 = 20;
/// Pixels that a bar takes of a chart's height, and less where both rankings then stand on one page.
const BAR_PIXELS: [u32; 2] = [21, 18];
/// Pixels of what is around the bars.
const FRAME_PIXELS: u32 = 50;
/// A row is 20 pixels high where it holds nothing.
const ROW_PIXELS: u32 = 20;

/// Builds the sheet, which takes over the charts of the others; `None` where there is nothing to draw.
pub(super) fn build(view: &View, book: &mut KnownCells, others: &mut [AddedSheet]) -> Option<AddedSheet> {
    let fitting =
        BAR_PIXELS.into_iter().map(|bar| rankings(view, book, bar)).find(|(sheet, _)| is_a_page(sheet));
    let (mut sheet, mut row) = match fitting {
        Some(fitting) => fitting,
        None => rankings(view, book, BAR_PIXELS.into_iter().max().unwrap_or_default()),
    };
    for other in others {
        for mut drawing in std::mem::take(&mut other.drawings) {
            let title = std::mem::take(&mut drawing.title);
            let bars: Vec<&str> = drawing.series.iter().map(|(name, _)| name.as_str()).collect();
            let bars = match bars.as_slice() {
                [] | [_] => String::new(),
                all => format!("每组由上到下：{}；", all.join("、")),
            };
            sheet.across(row, Look::Section, format!("{title}（{bars}数据见“{}”）", other.name));
            let at = row.saturating_add(1);
            row = place(&mut sheet, (row, at), drawing);
        }
    }
    (!sheet.charts.is_empty()).then_some(sheet)
}

/// The sheet with both rankings, whose bars take so many pixels each; and the next free row.
fn rankings(view: &View, book: &mut KnownCells, bar: u32) -> (AddedSheet, u32) {
    let mut sheet = AddedSheet::new(view.names.of(OurSheet::Charts), &WIDTHS);
    sheet.title(OurSheet::Charts.heading());
    sheet.across(1, Look::Subtitle, view.subtitle());
    let mut row = 3;
    for ranking in [RATES, LOSSES] {
        row = ranked(&mut sheet, view, book, row, ranking, bar);
    }
    (sheet, row)
}

/// Whether all that stands on the sheet is one page.
fn is_a_page(sheet: &AddedSheet) -> bool {
    let ends = sheet.charts.iter().map(|chart| (chart.at.row(), points_of(chart.drawing.height)));
    let heights = Heights::of(sheet);
    let lowest = ends.map(|(row, drawn)| heights.between(0, row).saturating_add(drawn)).max();
    PrintedPage::of(sheet).zip(lowest).is_some_and(|(page, points)| page.takes(points))
}

/// Puts a chart at a row, to stay on the page of the row `with`; gives the next free row.
fn place(sheet: &mut AddedSheet, (with, at): (u32, u32), drawing: Drawing) -> u32 {
    let height = drawing.height;
    if let Some(at) = CellRef::new(at, 0) {
        sheet.charts.push(BarChart { at, with, drawing });
    }
    at.saturating_add(height.div_ceil(ROW_PIXELS)).saturating_add(2)
}

/// What a ranking of the level-2 results shows, the worst first.
#[derive(Clone, Copy)]
struct Ranking {
    column: u32,
    section: &'static str,
}

const RATES: Ranking = Ranking { column: RATE, section: "各二级指标得分率（由低到高）" };
const LOSSES: Ranking =
    Ranking { column: DEDUCTION, section: "各二级指标扣分（分，由多到少）" };

impl Ranking {
    /// The positions of the level-2 results with the value of each; nobody asks which took off nothing.
    fn order(self, view: &View, book: &KnownCells) -> Vec<(Number, usize)> {
        let levels = 0..view.scored.card.levels.len();
        let value = |index| book.value(&level_cell(view, index, self.column)?).as_number();
        let valued = levels.filter_map(|index| Some((value(index)?, index)));
        let mut found: Vec<_> = if self.column == RATE {
            valued.collect()
        } else {
            valued.filter(|(value, _)| !value.is_zero() && !value.is_negative()).collect()
        };
        found.sort_by_key(|(value, index)| {
            let worst = if self.column == RATE { Some(*value) } else { Number::ZERO.minus(*value) };
            (worst, *index)
        });
        found
    }
}

/// What was worst stands first, with a chart: the order is that of the run, the figures live. Gives the next free row.
fn ranked(
    sheet: &mut AddedSheet,
    view: &View,
    book: &mut KnownCells,
    row: u32,
    ranking: Ranking,
    bar: u32,
) -> u32 {
    let found = ranking.order(view, book);
    if found.is_empty() {
        return row;
    }
    sheet.across(row, Look::Section, ranking.section);
    let header = row.saturating_add(1);
    for (column, title) in (0_u32..).zip(TITLES) {
        sheet.text(header, column, Look::Header, title);
    }
    let mut last = header;
    for (_, index) in &found {
        last = last.saturating_add(1);
        let Some(level) = view.scored.card.levels.get(*index) else { continue };
        sheet.text(last, LEVEL1, Look::Centre, level.level1.as_str());
        sheet.text(last, LEVEL2, Look::Centre, level.level2.as_str());
        let looks = [Look::Points, Look::Points, Look::Deduction, Look::Rate];
        for (column, look) in (WEIGHT..).zip(looks) {
            if let Some(cell) = level_cell(view, *index, column) {
                put(sheet, book, last, column, look, Expr::Cell(cell));
            }
        }
    }
    let left = view.scored.card.levels.len().saturating_sub(found.len());
    if ranking.column == RATE && left > 0 {
        last = last.saturating_add(1);
        sheet.across(
            last,
            Look::Remark,
            format!("另有 {left} 项二级指标没有得分率（待评分或者没有分值），未列。"),
        );
    }
    let beyond = found.iter().any(|(value, _)| *value > Number::from(1));
    let axis = match ranking.column {
        RATE if beyond => Axis::SharesBeyond,
        RATE => Axis::Shares,
        _ => Axis::Numbers,
    };
    let bars = u32::try_from(found.len()).unwrap_or(u32::MAX).min(MAX_BARS);
    let range = |column: u32| sheet.column(column, header.saturating_add(1), header.saturating_add(bars));
    let at = last.saturating_add(2);
    let (Some(labels), Some(values)) = (range(LEVEL2), range(ranking.column)) else { return at };
    let title = usize::try_from(ranking.column).ok().and_then(|at| TITLES.get(at)).copied();
    let drawing = Drawing {
        // The heading above the table is the chart's, too.
        title: String::new(),
        axis,
        labels,
        series: vec![(title.unwrap_or_default().to_owned(), values)],
        height: bars.saturating_mul(bar).saturating_add(FRAME_PIXELS),
    };
    place(sheet, (row, at), drawing)
}
