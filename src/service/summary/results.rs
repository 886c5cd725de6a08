//! 自评结果汇总表: of each department how many projects are due and how many came, their money, their grades, and how far its own
//! scores are from those of the review.

use std::collections::{BTreeMap, BTreeSet};

use super::departments::{grades, just};
use super::deviations;
use super::page::{Known, Page, column, share};
use super::projects::{self, col};
use super::{Project, Span, department};
use crate::expr::{self, Expr, Func};
use crate::model::PROVISIONAL;
use crate::present::{AddedSheet, Look};

const NAME: &str = "自评结果汇总表";
/// Titles that the summary of many departments has, too.
pub(super) const DUE: &str = "应评项目数";
pub(super) const MISSING: &str = "未报送";
const BEFORE: [&str; 9] =
    ["序号", "主管部门", DUE, MISSING, "已报送", "已评分", "预算数", "支出数", "执行率"];
const AFTER: [&str; 2] = ["自评与复核不一致的项目数", "平均偏离（分）"];
const WIDTHS: [u16; 9] = [5, 13, 6, 6, 6, 6, 15, 15, 8];
const GRADE_WIDTH: u16 = 6;
const AFTER_WIDTHS: [u16; 2] = [8, 8];
/// The title of grades that are provisional.
const OPEN: &str = "暂定";
const HEADER: u32 = 2;
const FIRST: u32 = 3;
/// The columns of what the roll says, of counts and of money.
const DUE_COL: u32 = 2;
const MISSING_COL: u32 = 3;
const CAME: u32 = 4;
const SCORED: u32 = 5;
const BUDGET: u32 = 6;
const SPENT: u32 = 7;
const RATE: u32 = 8;
const FIRST_GRADE: u32 = 9;

/// What the roll says of each department: how many projects are due, and of how many of them nothing came.
#[derive(Debug, Clone, Default)]
pub(in crate::service) struct Due(BTreeMap<String, (usize, usize)>);

impl Due {
    /// Counts a project of a department.
    pub(in crate::service) fn add(&mut self, name: &str, is_missing: bool) {
        let (due, missing) = self.0.entry(department(name)).or_default();
        *due = due.saturating_add(1);
        *missing = missing.saturating_add(usize::from(is_missing));
    }

    /// That of one department.
    pub(super) fn only(&self, name: &str) -> Self {
        Self(self.0.get_key_value(name).map(|(name, count)| (name.clone(), *count)).into_iter().collect())
    }

    /// All of it.
    pub(super) fn all(&self) -> &BTreeMap<String, (usize, usize)> {
        &self.0
    }
}

/// Builds the sheet; `spans` are those of the projects and of those whose review has scores beside the agency's.
pub(super) fn build(
    projects: &[Project],
    due: Option<&Due>,
    (span, apart): (Span, Option<Span>),
    subtitle: &str,
    known: &mut Known,
) -> AddedSheet {
    // One that is provisional is counted apart, whatever it may become.
    let found = projects.iter().filter_map(|project| project.row.grade.as_deref());
    let mut grades = grades(found.filter(|grade| !grade.ends_with(PROVISIONAL)));
    grades.insert(grades.len().saturating_sub(1), OPEN.to_owned());
    let widths = WIDTHS.into_iter().chain(grades.iter().map(|_| GRADE_WIDTH)).chain(AFTER_WIDTHS);
    let titles = BEFORE.into_iter().chain(grades.iter().map(String::as_str)).chain(AFTER);
    let (widths, titles): (Vec<u16>, Vec<&str>) = (widths.collect(), titles.collect());
    let names: BTreeSet<&str> = projects.iter().map(|project| project.agency.as_str()).collect();
    let listed = due.iter().flat_map(|due| due.0.keys().map(String::as_str));
    let names: BTreeSet<&str> = names.into_iter().chain(listed).collect();
    let no_roll =
        if due.is_none() { "没有项目清单，应评项目数和未报送不列。" } else { "" };
    let said = format!(
        "{subtitle}{no_roll}已报送的含项目清单以外的项目；偏离为自评得分减复核得分，复核得分未定的不计算。"
    );
    let mut page = Page::new(NAME, &widths, &titles, &said, known);
    let mut row = FIRST;
    for name in names {
        page.number(row, 0, Look::Plain, Some(row.saturating_sub(HEADER).into()));
        page.text(row, 1, Look::Text, name);
        match due.map(|due| due.0.get(name).copied().unwrap_or_default()) {
            Some((due, missing)) => {
                page.count(row, DUE_COL, due);
                page.count(row, MISSING_COL, missing);
            }
            None => [DUE_COL, MISSING_COL].into_iter().for_each(|col| page.text(row, col, Look::Centre, "—")),
        }
        line(&mut page, row, name, span, &grades);
        deviation(&mut page, row, (name, &grades), apart);
        row = row.saturating_add(1);
    }
    totals(&mut page, row, (&grades, due.is_some()), apart);
    page.filter(HEADER, titles.len(), row.saturating_sub(1));
    page.sheet
}

/// What the projects of a department come to.
fn line(page: &mut Page, row: u32, name: &str, span: Span, grades: &[String]) {
    let of = |at: u32| column(projects::NAME, at, span.first, span.last);
    let count = |criteria: Vec<Expr>| Expr::call(Func::CountIfs, criteria);
    let sum = |at: u32| Expr::call(Func::SumIf, [of(col::AGENCY), just(name), of(at)]).round(2);
    page.formula(row, CAME, Look::Plain, Expr::call(Func::CountIf, [of(col::AGENCY), just(name)]));
    let scored = vec![of(col::AGENCY), just(name), of(col::POINTS), Expr::text(">=0")];
    page.formula(row, SCORED, Look::Plain, count(scored));
    page.formula(row, BUDGET, Look::Money, sum(col::BUDGET));
    page.formula(row, SPENT, Look::Money, sum(col::SPENT));
    let rate = share(page.cell(row, SPENT), page.cell(row, BUDGET));
    page.formula(row, RATE, Look::Rate, rate);
    for (at, grade) in (FIRST_GRADE..).zip(grades) {
        let is_it = if grade == OPEN { Expr::text(format!("*{PROVISIONAL}")) } else { just(grade) };
        let with = vec![of(col::AGENCY), just(name), of(col::GRADE), is_it];
        page.formula(row, at, Look::Plain, count(with));
    }
}

/// The first column behind the grades.
fn behind(grades: &[String]) -> u32 {
    FIRST_GRADE.saturating_add(u32::try_from(grades.len()).unwrap_or(u32::MAX))
}

/// How far a department's own scores are from those of the review.
fn deviation(page: &mut Page, row: u32, (name, grades): (&str, &[String]), apart: Option<Span>) {
    let at = behind(grades);
    let Some(apart) = apart else { return none_apart(page, row, at, Look::Centre) };
    let of = |at: u32| column(deviations::NAME, at, apart.first, apart.last);
    let count = |criterion: &str| {
        let criteria = [of(deviations::AGENCY), just(name), of(deviations::AWAY), Expr::text(criterion)];
        Expr::call(Func::CountIfs, criteria)
    };
    page.formula(row, at, Look::Plain, count(">0").plus(count("<0")));
    let known = count(">=0").plus(count("<0"));
    let sum = Expr::call(Func::SumIf, [of(deviations::AGENCY), just(name), of(deviations::AWAY)]);
    let mean = known.clone().above(0).choose(expr::score(sum.over(known)), Expr::text("—"));
    page.formula(row, at.saturating_add(1), Look::Points, mean);
}

fn none_apart(page: &mut Page, row: u32, at: u32, look: Look) {
    page.text(row, at, look, "—");
    page.text(row, at.saturating_add(1), look, "—");
}

/// The sums of all departments.
fn totals(page: &mut Page, row: u32, (grades, has_roll): (&[String], bool), apart: Option<Span>) {
    let last = row.saturating_sub(1);
    let after = behind(grades);
    page.text(row, 0, Look::TotalLabel, "");
    page.text(row, 1, Look::TotalLabel, "合计");
    let sum = |page: &Page, at: u32| Expr::call(Func::Sum, [page.column(at, FIRST, last)]);
    for at in (DUE_COL..BUDGET).chain(FIRST_GRADE..after) {
        if at < CAME && !has_roll {
            page.text(row, at, Look::TotalLabel, "—");
            continue;
        }
        let total = sum(page, at);
        page.formula(row, at, Look::Total, total);
    }
    for at in [BUDGET, SPENT] {
        let total = sum(page, at).round(2);
        page.formula(row, at, Look::Money, total);
    }
    let rate = share(page.cell(row, SPENT), page.cell(row, BUDGET));
    page.formula(row, RATE, Look::Rate, rate);
    let Some(apart) = apart else { return none_apart(page, row, after, Look::TotalLabel) };
    let total = sum(page, after);
    page.formula(row, after, Look::Total, total);
    let away = column(deviations::NAME, deviations::AWAY, apart.first, apart.last);
    let count = Expr::call(Func::Count, [away.clone()]);
    let mean = count
        .clone()
        .above(0)
        .choose(expr::score(Expr::call(Func::Sum, [away]).over(count)), Expr::text("—"));
    page.formula(row, after.saturating_add(1), Look::Total, mean);
}
