//! 部门汇总: subtotals and ranking of the departments.

use std::collections::BTreeSet;

use super::page::{Known, Page, column, rank, share};
use super::projects::{self, col};
use super::{Project, Span};
use crate::base::Number;
use crate::expr::{self, Expr, Func};
use crate::model::{NO_GRADE, PROVISIONAL};
use crate::present::{AddedSheet, Look};
use crate::words::{self, Class};

const NAME: &str = "部门汇总";
const TITLES: [&str; 9] =
    ["名次", "主管部门", "项目数", "预算数", "支出数", "执行率", "平均得分（百分制）", "错误", "提醒"];
const WIDTHS: [u16; 9] = [5, 18, 7, 15, 15, 8, 9, 6, 6];
const GRADE_WIDTH: u16 = 7;
const HEADER: u32 = 2;
const FIRST: u32 = 3;

/// The grades that occur and the usual ones, the best first, 未定级 at the end.
pub(super) fn grades<'g>(found: impl Iterator<Item = &'g str>) -> Vec<String> {
    let mut all: Vec<String> = words::of(Class::GradeNames).iter().map(str::to_owned).collect();
    for grade in found {
        if !all.iter().any(|known| known == grade) {
            // One that is provisional stands beside what it may become.
            let base = grade.strip_suffix(PROVISIONAL);
            let beside = all.iter().position(|known| Some(known.as_str()) == base);
            all.insert(beside.map_or(all.len(), |at| at.saturating_add(1)), grade.to_owned());
        }
    }
    all.retain(|grade| grade != NO_GRADE);
    all.push(NO_GRADE.to_owned());
    all
}

/// A criterion that only this very text meets.
pub(super) fn just(text: &str) -> Expr {
    Expr::text(expr::literal(text))
}

/// A part of a column of the projects' table.
fn of(span: Span, column_: u32) -> Expr {
    column(projects::NAME, column_, span.first, span.last)
}

/// The sum of a column over the projects of a department.
fn sum(span: Span, name: &str, column_: u32) -> Expr {
    Expr::call(Func::SumIf, [of(span, col::AGENCY), just(name), of(span, column_)])
}

/// The mean of a department's scores. Only projects with a score count: texts are neither summed nor counted.
fn mean(span: Span, name: &str) -> Expr {
    let criteria = [of(span, col::AGENCY), just(name), of(span, col::POINTS), Expr::text(">=0")];
    let scored = Expr::call(Func::CountIfs, criteria);
    let mean = expr::score(sum(span, name, col::POINTS).over(scored.clone()));
    scored.above(0).choose(mean, Expr::text("—"))
}

/// Builds the sheet, the best department first.
pub(super) fn build(projects: &[Project], span: Span, subtitle: &str, known: &mut Known) -> AddedSheet {
    let grades = grades(projects.iter().filter_map(|project| project.row.grade.as_deref()));
    let widths: Vec<u16> = WIDTHS.into_iter().chain(grades.iter().map(|_| GRADE_WIDTH)).collect();
    let titles: Vec<&str> = TITLES.into_iter().chain(grades.iter().map(String::as_str)).collect();
    let names: BTreeSet<&str> = projects.iter().map(|project| project.agency.as_str()).collect();
    let mut ranked: Vec<(Option<Number>, &str)> =
        names.into_iter().map(|name| (expr::eval(&mean(span, name), known).as_number(), name)).collect();
    ranked.sort_by(|(a, _), (b, _)| b.cmp(a));
    let mut page = Page::new(NAME, &widths, &titles, subtitle, known);
    let mut row = FIRST;
    for (_, name) in ranked {
        page.text(row, 1, Look::Text, name);
        page.formula(row, 2, Look::Plain, Expr::call(Func::CountIf, [of(span, col::AGENCY), just(name)]));
        page.formula(row, 3, Look::Money, sum(span, name, col::BUDGET).round(2));
        page.formula(row, 4, Look::Money, sum(span, name, col::SPENT).round(2));
        let rate = share(page.cell(row, 4), page.cell(row, 3));
        page.formula(row, 5, Look::Rate, rate);
        page.formula(row, 6, Look::Points, mean(span, name));
        page.formula(row, 7, Look::Plain, sum(span, name, col::ERRORS));
        page.formula(row, 8, Look::Plain, sum(span, name, col::WARNINGS));
        for (column_, grade) in (9_u32..).zip(&grades) {
            let criteria = [of(span, col::AGENCY), just(name), of(span, col::GRADE), just(grade)];
            page.formula(row, column_, Look::Plain, Expr::call(Func::CountIfs, criteria));
        }
        row = row.saturating_add(1);
    }
    let last = row.saturating_sub(1);
    for row in FIRST..=last {
        let place = rank(page.cell(row, 6), page.column(6, FIRST, last));
        page.formula(row, 0, Look::Plain, place);
    }
    page.filter(HEADER, titles.len(), last);
    page.sheet
}
