//! 公开版: what may be published of the projects whose evaluation is settled. It leads to no other sheet and counts on none, so that
//! it can be copied away.

use super::Project;
use super::page::{Known, Page, share, where_number};
use super::projects::points;
use crate::base::{Score, Weight, Yuan};
use crate::expr::{Expr, Func};
use crate::form::without_telephones;
use crate::model::{NO_GRADE, PROVISIONAL};
use crate::present::{AddedSheet, Look};

const NAME: &str = "公开版";
const TITLES: [&str; 11] = [
    "序号",
    "主管部门",
    "项目名称",
    "年度",
    "预算数",
    "支出数",
    "执行率",
    "得分",
    "满分",
    "百分制得分",
    "等级",
];
const WIDTHS: [u16; 11] = [5, 20, 30, 7, 16, 16, 9, 9, 7, 9, 8];
const BUDGET: u32 = 4;
const SPENT: u32 = 5;
const RATE: u32 = 6;
const TOTAL: u32 = 7;
const FULL: u32 = 8;
const POINTS: u32 = 9;
const HEADER: u32 = 2;
const FIRST: u32 = 3;

/// The projects of which total and grade stand.
fn is_settled(project: &Project) -> bool {
    let row = project.row;
    let grade = row.grade.as_deref().filter(|grade| *grade != NO_GRADE && !grade.ends_with(PROVISIONAL));
    row.total.is_some() && row.complete && row.to_decide.is_none() && grade.is_some()
}

/// Builds the sheet; none where nothing is settled.
pub(super) fn build(projects: &[Project], known: &mut Known) -> Option<AddedSheet> {
    let settled: Vec<&Project> = projects.iter().filter(|project| is_settled(project)).collect();
    let open = projects.len().saturating_sub(settled.len());
    let left = match open {
        0 => String::new(),
        open => format!("总分或等级尚未确定的 {open} 个项目没有列入。"),
    };
    let mut page = Page::new(NAME, &WIDTHS, &TITLES, &format!("金额单位：元。{left}"), known);
    let mut row = FIRST;
    for project in settled {
        line(&mut page, row, project);
        row = row.saturating_add(1);
    }
    let last = row.checked_sub(1).filter(|last| *last >= FIRST)?;
    for column in (0..).take(TITLES.len()) {
        page.text(row, column, Look::TotalLabel, "");
    }
    page.text(row, 1, Look::TotalLabel, "合计（得分为平均分）");
    let of = |page: &Page, col: u32| page.column(col, FIRST, last);
    for col in [BUDGET, SPENT] {
        let sum = Expr::call(Func::Sum, [of(&page, col)]).round(2);
        page.formula(row, col, Look::Money, sum);
    }
    let rate = share(page.cell(row, SPENT), page.cell(row, BUDGET));
    page.formula(row, RATE, Look::Rate, rate);
    let all = of(&page, POINTS);
    let (sum, count) = (Expr::call(Func::Sum, [all.clone()]), Expr::call(Func::Count, [all]));
    let mean = count.clone().above(0).choose(crate::expr::score(sum.over(count)), Expr::text("—"));
    page.formula(row, POINTS, Look::Total, mean);
    page.filter(HEADER, TITLES.len(), last);
    Some(page.sheet)
}

fn line(page: &mut Page, row: u32, project: &Project) {
    let found = project.row;
    page.number(row, 0, Look::Plain, Some(row.saturating_sub(HEADER).into()));
    page.text(row, 1, Look::Text, without_telephones(&project.agency));
    page.text(row, 2, Look::Text, without_telephones(found.project.as_deref().unwrap_or("（未填写）")));
    let year = found.year.and_then(|year| u32::try_from(year).ok()).map(Into::into);
    page.number(row, 3, Look::Plain, year);
    page.number(row, BUDGET, Look::Money, found.budget.map(Yuan::number));
    page.number(row, SPENT, Look::Money, found.spent.map(Yuan::number));
    let (budget, spent) = (page.cell(row, BUDGET), page.cell(row, SPENT));
    page.formula(row, RATE, Look::Rate, where_number(spent.clone(), share(spent, budget)));
    page.number(row, TOTAL, Look::Points, found.total.map(Score::number));
    page.number(row, FULL, Look::Points, found.full.map(Weight::number));
    let (total, full) = (page.cell(row, TOTAL), page.cell(row, FULL));
    let sound = Expr::call(Func::And, [Expr::call(Func::IsNumber, [full.clone()]), full.clone().above(0)]);
    page.formula(row, POINTS, Look::Points, sound.choose(points(total, full), Expr::text("—")));
    page.text(row, 10, Look::Centre, found.grade.as_deref().unwrap_or_default());
}
