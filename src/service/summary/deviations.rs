//! 偏差表 and 偏差明细: how far the agencies' own scores are from those of the review, by project and by indicator.

use super::page::{Known, Page, where_number};
use super::{Project, Span};
use crate::base::{Number, Score, Weight};
use crate::expr::{Expr, Func};
use crate::model::UNSCORED;
use crate::present::{AddedSheet, Look};

pub(super) const NAME: &str = "偏差表";
const TITLES: [&str; 10] = [
    "序号",
    "主管部门",
    "项目名称",
    "满分",
    "自评得分",
    "复核得分",
    "待核定分值",
    "偏差",
    "偏差占满分",
    "有偏差的指标数",
];
const WIDTHS: [u16; 10] = [6, 21, 28, 8, 10, 10, 10, 9, 11, 12];
/// Columns that formulas name.
const REVIEWED: u32 = 5;
const TO_DECIDE: u32 = 6;
pub(super) const AGENCY: u32 = 1;
pub(super) const AWAY: u32 = 7;
const DETAIL: &str = "偏差明细";
const DETAIL_TITLES: [&str; 11] = [
    "序号",
    "主管部门",
    "项目名称",
    "指标",
    "分值",
    "自评完成值",
    "自评得分",
    "复核完成值",
    "复核得分",
    "偏差",
    "复核说明",
];
const DETAIL_WIDTHS: [u16; 11] = [5, 13, 15, 15, 6, 12, 8, 12, 8, 7, 35];
const HEADER: u32 = 2;
const FIRST: u32 = 3;
/// What every word begins with that stands in the place of a score.
const UNSETTLED: &str = "待*";
/// Lines that are listed; a sheet of more is of no use to anybody.
const MAX_LISTED: u32 = 100_000;

/// The projects that have scores of both.
fn both<'p, 'e>(projects: &'p [Project<'e>]) -> Vec<&'p Project<'e>> {
    projects.iter().filter(|project| project.row.own_total.is_some()).collect()
}

/// Where the projects stand, for the formulas of other sheets; none where there is no sheet.
pub(super) fn span(projects: &[Project]) -> Option<Span> {
    let count = u32::try_from(both(projects).len()).ok().filter(|count| *count > 0)?;
    Some(Span { first: FIRST, last: FIRST.saturating_add(count).saturating_sub(1) })
}

/// Builds the sheets; none where no project has scores of both.
pub(super) fn build(projects: &[Project], subtitle: &str, known: &mut Known) -> Vec<AddedSheet> {
    let both = both(projects);
    if both.is_empty() {
        return Vec::new();
    }
    let said = format!(
        "{subtitle}偏差为自评得分减复核得分；复核得分未定的，不计算偏差；待核定的分值暂按计列的得分计算。“有偏差的指标数”不含待评分的指标和加总差错。"
    );
    let mut page = Page::new(NAME, &WIDTHS, &TITLES, &said, known);
    let mut row = FIRST;
    for project in &both {
        line(&mut page, row, project);
        row = row.saturating_add(1);
    }
    let last = row.saturating_sub(1);
    let away = page.column(AWAY, FIRST, last);
    // A project whose review is not settled deviates by nobody knows how much.
    let counted = [
        ("自评高于复核的项目数", away.clone(), ">0"),
        ("自评低于复核的项目数", away, "<0"),
        ("复核得分未定的项目数", page.column(REVIEWED, FIRST, last), UNSETTLED),
    ];
    for (row, (label, of, criterion)) in (row..).zip(counted) {
        for column in 0..10 {
            page.text(row, column, Look::TotalLabel, "");
        }
        page.text(row, 1, Look::TotalLabel, label);
        page.formula(row, AWAY, Look::Total, Expr::call(Func::CountIf, [of, Expr::text(criterion)]));
    }
    page.filter(HEADER, TITLES.len(), last);
    let table = page.sheet;
    let detail = detail(&both, subtitle, known);
    [Some(table), detail].into_iter().flatten().collect()
}

fn line(page: &mut Page, row: u32, project: &Project) {
    let found = project.row;
    page.number(row, 0, Look::Plain, Some(row.saturating_sub(HEADER).into()));
    page.text(row, AGENCY, Look::Text, project.agency.as_str());
    page.text(row, 2, Look::Text, found.project.as_deref().unwrap_or("（未填写）"));
    page.number(row, 3, Look::Points, found.full.map(Weight::number));
    page.number(row, 4, Look::Points, found.own_total.map(Score::number));
    match found.total.filter(|_| found.complete) {
        Some(total) => page.number(row, 5, Look::Points, Some(total.number())),
        None => page.text(row, 5, Look::Caution, found.open_word()),
    }
    page.number(row, TO_DECIDE, Look::Points, found.to_decide.map(Weight::number));
    let (full, own, total) = (page.cell(row, 3), page.cell(row, 4), page.cell(row, 5));
    page.formula(row, AWAY, Look::Points, where_number(total.clone(), own.minus(total).round(2)));
    let away = page.cell(row, AWAY);
    let sound = Expr::call(Func::And, [Expr::call(Func::IsNumber, [away.clone()]), full.clone().above(0)]);
    page.formula(row, 8, Look::Rate, sound.choose(away.over(full), Expr::text("—")));
    page.count(row, 9, found.apart.iter().filter(|one| one.score.is_some()).count());
}

/// The total that the agency gave itself, what its scores come to, and by how much the total is more.
fn wrongly_added<'p>(project: &'p Project<'p>) -> Option<(&'p Project<'p>, Score, Score, Number)> {
    let (total, sum) = (project.row.own_total?, project.row.own_sum?);
    let by = total.number().minus(sum.number()).filter(|by| !by.is_zero())?;
    Some((project, total, sum, by))
}

/// Each indicator on which both are apart, and what the agencies added up wrongly.
fn detail(projects: &[&Project], subtitle: &str, known: &mut Known) -> Option<AddedSheet> {
    let mut all = projects.iter().flat_map(|project| project.row.apart.iter().map(move |one| (project, one)));
    let listed: Vec<_> = all.by_ref().take(usize::try_from(MAX_LISTED).unwrap_or(usize::MAX)).collect();
    let left = all.count();
    let said = match left {
        0 => subtitle.to_owned(),
        left => format!("{subtitle}另有 {left} 行没有列出，见各结果文件。"),
    };
    let mut page = Page::new(DETAIL, &DETAIL_WIDTHS, &DETAIL_TITLES, &said, known);
    let mut row = FIRST;
    for (project, apart) in &listed {
        page.number(row, 0, Look::Plain, Some(row.saturating_sub(HEADER).into()));
        page.text(row, 1, Look::Text, project.agency.as_str());
        page.text(row, 2, Look::Text, project.row.project.as_deref().unwrap_or("（未填写）"));
        page.text(row, 3, Look::Text, apart.indicator.as_str());
        page.number(row, 4, Look::Points, Some(apart.weight.number()));
        page.text(row, 5, Look::Centre, apart.own_value.as_str());
        page.number(row, 6, Look::Points, Some(apart.own_score.number()));
        page.text(row, 7, Look::Centre, apart.value.as_str());
        match apart.score {
            Some(score) => page.number(row, 8, Look::Points, Some(score.number())),
            None => page.text(row, 8, Look::Caution, UNSCORED),
        }
        let (own, review): (Expr, Expr) = (page.cell(row, 6), page.cell(row, 8));
        page.formula(row, 9, Look::Points, where_number(review.clone(), own.minus(review).round(2)));
        page.text(row, 10, Look::Text, apart.why.as_str());
        row = row.saturating_add(1);
    }
    // What is only added up wrongly is on no indicator.
    for (project, own_total, own_sum, by) in projects.iter().filter_map(|project| wrongly_added(project)) {
        page.number(row, 0, Look::Plain, Some(row.saturating_sub(HEADER).into()));
        page.text(row, 1, Look::Text, project.agency.as_str());
        page.text(row, 2, Look::Text, project.row.project.as_deref().unwrap_or("（未填写）"));
        page.text(row, 3, Look::Text, "（自评总分加总差错）");
        for column in 4..=8 {
            page.text(row, column, Look::Centre, "");
        }
        page.number(row, 9, Look::Points, Some(by));
        let why = format!("自评总分{own_total}分，各项自评得分合计{own_sum}分。");
        page.text(row, 10, Look::Text, why);
        row = row.saturating_add(1);
    }
    let last = row.checked_sub(1).filter(|last| *last >= FIRST)?;
    for column in 0..=10 {
        page.text(row, column, Look::TotalLabel, "");
    }
    page.text(row, 1, Look::TotalLabel, "合计（不含待评分的指标）");
    let all = page.column(9, FIRST, last);
    page.formula(row, 9, Look::Total, Expr::call(Func::Sum, [all]).round(2));
    page.filter(HEADER, DETAIL_TITLES.len(), last);
    Some(page.sheet)
}
