//! 汇总表: one row a project.

use super::link::leads;
use super::page::{Known, Page, rank, share, where_number};
use super::{Project, Span, Way};
use crate::expr::{self, Expr, Func, join};
use crate::model::{NO_GRADE, Severity};
use crate::present::{AddedSheet, Look};

/// The sheet's name.
pub(super) const NAME: &str = "汇总表";

const TITLES: [&str; 17] = [
    "序号",
    "主管部门",
    "项目名称",
    "年度",
    "预算数",
    "支出数",
    "执行率",
    "总分",
    "满分",
    "待核定分值",
    "百分制得分",
    "名次",
    "等级",
    "错误",
    "提醒",
    "结果文件",
    "得分来源",
];
const WIDTHS: [u16; 17] = [5, 13, 16, 6, 14, 14, 8, 8, 6, 8, 9, 5, 11, 5, 5, 40, 34];

/// Its columns, for the formulas of the other sheets.
pub(super) mod col {
    pub(in crate::service::summary) const NUMBER: u32 = 0;
    pub(in crate::service::summary) const AGENCY: u32 = 1;
    pub(in crate::service::summary) const PROJECT: u32 = 2;
    pub(in crate::service::summary) const YEAR: u32 = 3;
    pub(in crate::service::summary) const BUDGET: u32 = 4;
    pub(in crate::service::summary) const SPENT: u32 = 5;
    pub(in crate::service::summary) const RATE: u32 = 6;
    pub(in crate::service::summary) const TOTAL: u32 = 7;
    pub(in crate::service::summary) const FULL: u32 = 8;
    /// How many of the points wait for a decision.
    pub(in crate::service::summary) const TO_DECIDE: u32 = 9;
    pub(in crate::service::summary) const POINTS: u32 = 10;
    pub(in crate::service::summary) const RANK: u32 = 11;
    pub(in crate::service::summary) const GRADE: u32 = 12;
    pub(in crate::service::summary) const ERRORS: u32 = 13;
    pub(in crate::service::summary) const WARNINGS: u32 = 14;
    pub(in crate::service::summary) const RESULT: u32 = 15;
    pub(in crate::service::summary) const DECIDERS: u32 = 16;
}

/// Ranking compares each with all: beyond this many projects the sheet would take minutes to recalculate.
const MAX_RANKED: u32 = 10_000;
const HEADER: u32 = 2;
const FIRST: u32 = 3;

/// Builds the sheet; `None` beside it where there are no projects.
pub(super) fn build(projects: &[Project], subtitle: &str, known: &mut Known) -> (AddedSheet, Option<Span>) {
    let provisional = projects.iter().any(|project| project.row.complete && project.row.to_decide.is_some());
    let provisional = if provisional {
        "有待核定分值的项目，总分和名次是暂定的，核定后可能变动。"
    } else {
        ""
    };
    let subtitle = format!("{subtitle}{provisional}");
    // Where its result is leads from the screen.
    let mut page = Page::printed(NAME, (&WIDTHS, col::WARNINGS), &TITLES, &subtitle, known);
    let mut row = FIRST;
    for project in projects {
        line(&mut page, row, project);
        row = row.saturating_add(1);
    }
    let Some(last) = row.checked_sub(1).filter(|last| *last >= FIRST) else { return (page.sheet, None) };
    let points = page.column(col::POINTS, FIRST, last);
    for row in FIRST..=last {
        if last.saturating_sub(FIRST) < MAX_RANKED {
            page.formula(row, col::RANK, Look::Plain, rank(page.cell(row, col::POINTS), points.clone()));
        } else {
            page.text(row, col::RANK, Look::Centre, "—");
        }
    }
    totals(&mut page, row, last);
    page.filter(HEADER, TITLES.len(), last);
    (page.sheet, Some(Span { first: FIRST, last }))
}

fn line(page: &mut Page, row: u32, project: &Project) {
    let Project { row: found, entry, agency } = project;
    page.number(row, col::NUMBER, Look::Plain, Some(row.saturating_sub(HEADER).into()));
    page.text(row, col::AGENCY, Look::Text, agency.as_str());
    page.text(row, col::PROJECT, Look::Text, found.project.as_deref().unwrap_or("（未填写）"));
    let year = found.year.and_then(|year| u32::try_from(year).ok()).map(Into::into);
    page.number(row, col::YEAR, Look::Plain, year);
    page.number(row, col::BUDGET, Look::Money, found.budget.map(crate::base::Yuan::number));
    page.number(row, col::SPENT, Look::Money, found.spent.map(crate::base::Yuan::number));
    let (budget, spent) = (page.cell(row, col::BUDGET), page.cell(row, col::SPENT));
    page.formula(row, col::RATE, Look::Rate, where_number(spent.clone(), share(spent, budget)));
    match found.total {
        Some(total) if found.complete => page.number(row, col::TOTAL, Look::Points, Some(total.number())),
        Some(_) => page.text(row, col::TOTAL, Look::Caution, found.open_word()),
        None => page.text(row, col::TOTAL, Look::Centre, "无评分表"),
    }
    page.number(row, col::FULL, Look::Points, found.full.map(crate::base::Weight::number));
    page.number(row, col::TO_DECIDE, Look::Points, found.to_decide.map(crate::base::Weight::number));
    let (total, full) = (page.cell(row, col::TOTAL), page.cell(row, col::FULL));
    let scored = Expr::call(Func::And, [Expr::call(Func::IsNumber, [total.clone()]), full.clone().above(0)]);
    let points = scored.choose(points(total, full), Expr::text("—"));
    page.formula(row, col::POINTS, Look::Points, points);
    page.text(row, col::GRADE, Look::Centre, found.grade.as_deref().unwrap_or(NO_GRADE));
    page.count(row, col::ERRORS, found.count(Severity::Error));
    page.count(row, col::WARNINGS, found.count(Severity::Warning));
    result(page, row, col::RESULT, entry.result.as_ref());
    page.text(row, col::DECIDERS, Look::Text, found.deciders.as_str());
}

/// A total out of 100.
pub(super) fn points(total: Expr, full: Expr) -> Expr {
    expr::score(total.times(100).over(full))
}

/// A link to a result.
pub(super) fn result(page: &mut Page, row: u32, col: u32, result: Option<&Way>) {
    let Some(Way { name, link }) = result else { return page.text(row, col, Look::Centre, "—") };
    if leads(link, row) {
        page.file(row, col, link.clone(), name.clone());
    } else {
        page.text(row, col, Look::Text, name.as_str());
    }
}

fn totals(page: &mut Page, row: u32, last: u32) {
    for column in col::NUMBER..=col::DECIDERS {
        page.text(row, column, Look::TotalLabel, "");
    }
    let sum = |page: &Page, column| Expr::call(Func::Sum, [page.column(column, FIRST, last)]).round(2);
    for column in [col::BUDGET, col::SPENT] {
        let total = sum(page, column);
        page.formula(row, column, Look::Money, total);
    }
    let rate = share(page.cell(row, col::SPENT), page.cell(row, col::BUDGET));
    page.formula(row, col::RATE, Look::Rate, rate);
    let points = page.column(col::POINTS, FIRST, last);
    let count = Expr::call(Func::Count, [points.clone()]);
    let label = [Expr::text("合计（得分为"), count.clone(), Expr::text("个有总分项目的平均分）")];
    page.formula(row, col::AGENCY, Look::TotalLabel, join(label));
    let mean = count
        .clone()
        .above(0)
        .choose(expr::score(Expr::call(Func::Sum, [points]).over(count)), Expr::text("—"));
    page.formula(row, col::POINTS, Look::Total, mean);
    for column in [col::ERRORS, col::WARNINGS] {
        let total = Expr::call(Func::Sum, [page.column(column, FIRST, last)]);
        page.formula(row, column, Look::Total, total);
    }
}
