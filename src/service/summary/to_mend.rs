//! 整改台账: what is the agencies' to mend, project by project, with room for what they do about it.

use super::Project;
use super::faults::{severity, titles};
use super::page::{Known, Page};
use crate::expr::{Expr, Func};
use crate::issue::WHOLE;
use crate::model::Severity;
use crate::present::{AddedSheet, Look};
use crate::service::answer::Fault;

const NAME: &str = "整改台账";
const TITLES: [&str; 12] = [
    "序号",
    "主管部门",
    "项目名称",
    "级别",
    "存在问题",
    "事实与判定",
    "整改要求",
    "所在单元格",
    "整改措施",
    "责任人",
    "完成时限",
    "整改情况",
];
const WIDTHS: [u16; 12] = [4, 11, 12, 5, 13, 24, 21, 10, 11, 5, 7, 9];
const SEVERITY: u32 = 3;
/// Where a person writes.
const TO_FILL: std::ops::RangeInclusive<u32> = 8..=11;
const HEADER: u32 = 2;
const FIRST: u32 = 3;
/// Lines that are listed; a sheet of more is of no use to anybody.
const MAX_LISTED: usize = 100_000;

/// Whether something is an agency's to mend.
fn is_to_mend(fault: &Fault) -> bool {
    !fault.of_bureau && fault.severity != Severity::Info
}

/// Builds the sheet; none where nothing is to be mended.
pub(super) fn build(projects: &[Project], subtitle: &str, known: &mut Known) -> Option<AddedSheet> {
    let of = |project| {
        let project: &Project = project;
        let mut faults: Vec<&Fault> = project.row.faults.iter().filter(|fault| is_to_mend(fault)).collect();
        faults.sort_by_key(|fault| fault.severity);
        faults.into_iter().map(move |fault| (project, fault))
    };
    let all: usize = projects.iter().map(|project| of(project).count()).fold(0, usize::saturating_add);
    let left = match all.saturating_sub(MAX_LISTED) {
        0 => String::new(),
        left => format!("另有 {left} 项没有列出，见各结果文件。"),
    };
    let said = format!(
        "{subtitle}列出应由单位整改的错误和提醒，已经改正的不再列出。{left}“整改措施”起各栏由责任单位填写；再次运行批量评分另写一份汇总表，填写的内容留在原表。"
    );
    let mut page = Page::new(NAME, &WIDTHS, &TITLES, &said, known);
    let mut row = FIRST;
    for (project, fault) in projects.iter().flat_map(of).take(MAX_LISTED) {
        page.number(row, 0, Look::Plain, Some(row.saturating_sub(HEADER).into()));
        page.text(row, 1, Look::Text, project.agency.as_str());
        page.text(row, 2, Look::Text, project.row.project.as_deref().unwrap_or("（未填写）"));
        severity(&mut page, row, SEVERITY, fault.severity);
        page.text(row, 4, Look::Text, titles(fault));
        page.text(row, 5, Look::Text, fault.message.as_str());
        page.text(row, 6, Look::Text, fault.remedy.as_str());
        page.text(row, 7, Look::Text, fault.cell.as_deref().unwrap_or(WHOLE));
        TO_FILL.for_each(|col| page.text(row, col, Look::Input, ""));
        row = row.saturating_add(1);
    }
    let last = row.checked_sub(1).filter(|last| *last >= FIRST)?;
    for grave in [Severity::Error, Severity::Warning] {
        for column in 0..=*TO_FILL.end() {
            page.text(row, column, Look::TotalLabel, "");
        }
        page.text(row, 1, Look::TotalLabel, "事项数");
        page.text(row, 2, Look::TotalLabel, grave.name());
        let same = [page.column(SEVERITY, FIRST, last), Expr::text(grave.name())];
        page.formula(row, SEVERITY, Look::Total, Expr::call(Func::CountIf, same));
        row = row.saturating_add(1);
    }
    page.filter(HEADER, TITLES.len(), last);
    Some(page.sheet)
}
