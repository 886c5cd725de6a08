//! 得分分布: how many projects have each grade, and how the scores spread; with a chart of each.

use super::departments::{grades, just};
use super::page::{Known, Page, column, share};
use super::projects::{self, col};
use super::{Project, Span};
use crate::base::CellRef;
use crate::expr::{Expr, Func};
use crate::present::{AddedSheet, Axis, BarChart, Drawing, Look};

const NAME: &str = "得分分布";
/// Narrow enough for its charts to be whole on a page of any program.
const WIDTHS: [u16; 4] = [24, 12, 12, 22];
/// Lower bounds of the classes, out of 100, the best first; the last takes all below.
const CLASSES: [(u32, &str); 6] =
    [(95, "95分及以上"), (90, "90—95分"), (80, "80—90分"), (70, "70—80分"), (60, "60—70分"), (0, "60分以下")];
const HEIGHT: u32 = 200;
/// Steps of an axis at most: projects are counted whole.
const TICKS: u32 = 8;
/// Rows that a chart covers.
const CHART_ROWS: u32 = 11;
const FIRST: u32 = 3;

/// Builds the sheet.
pub(super) fn build(projects: &[Project], span: Span, subtitle: &str, known: &mut Known) -> AddedSheet {
    let open = projects.iter().filter(|project| !project.row.complete).count();
    let open = match open {
        0 => String::new(),
        open => format!("总分未定的项目有{open}个，没有列入得分段。"),
    };
    let said = format!("{subtitle}{open}");
    let mut page = Page::new(NAME, &WIDTHS, &["等级", "项目数", "占比"], &said, known);
    page.sheet.landscape = false;
    let of = |column_: u32| column(projects::NAME, column_, span.first, span.last);
    let counts = grades(projects.iter().filter_map(|project| project.row.grade.as_deref()))
        .into_iter()
        .map(|grade| {
            let count = Expr::call(Func::CountIf, [of(col::GRADE), just(&grade)]);
            (grade, count)
        })
        .collect();
    let unit = u32::try_from(projects.len()).unwrap_or(u32::MAX).div_ceil(TICKS).max(1);
    let row = table(&mut page, FIRST, counts, unit, "各等级项目数");
    page.header(row, &["得分段（百分制，含下限）", "项目数", "占比"]);
    let mut above: Option<u32> = None;
    let mut counts = Vec::new();
    for (from, name) in CLASSES {
        let mut criteria = vec![of(col::POINTS), Expr::text(format!(">={from}"))];
        if let Some(above) = above {
            criteria.extend([of(col::POINTS), Expr::text(format!("<{above}"))]);
        }
        counts.push((name.to_owned(), Expr::call(Func::CountIfs, criteria)));
        above = Some(from);
    }
    table(&mut page, row.saturating_add(1), counts, unit, "得分分布（项目数）");
    page.sheet
}

/// A table of counts with its chart below, whose axis goes by `unit`; gives the next free row.
fn table(page: &mut Page, first: u32, counts: Vec<(String, Expr)>, unit: u32, title: &str) -> u32 {
    let mut row = first;
    for (name, count) in counts {
        page.text(row, 0, Look::Centre, name);
        page.formula(row, 1, Look::Plain, count);
        row = row.saturating_add(1);
    }
    let last = row.saturating_sub(1);
    let all = Expr::call(Func::Sum, [page.column(1, first, last)]);
    page.text(row, 0, Look::TotalLabel, "合计");
    page.formula(row, 1, Look::Total, all);
    for at in first..=row {
        let part = share(page.cell(at, 1), page.cell(row, 1));
        page.formula(at, 2, Look::Rate, part);
    }
    let below = row.saturating_add(2);
    let range = |column: u32| page.sheet.column(column, first, last);
    if let (Some(at), Some(labels), Some(values)) = (CellRef::new(below, 0), range(0), range(1)) {
        let drawing = Drawing {
            title: title.to_owned(),
            axis: Axis::Counts(unit),
            labels,
            series: vec![("项目数".to_owned(), values)],
            height: HEIGHT,
        };
        page.sheet.charts.push(BarChart { at, with: first.saturating_sub(1), drawing });
    }
    below.saturating_add(CHART_ROWS)
}
