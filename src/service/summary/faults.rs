//! 常见问题 and 问题清单: what was found, most frequent first, and all of it; 未能评分: what could not be read.

use std::collections::{BTreeMap, BTreeSet};

use super::Project;
use super::page::{Known, Page, column};
use crate::expr::{Expr, Func};
use crate::issue::WHOLE;
use crate::model::{FindingId, Severity};
use crate::present::{AddedSheet, Look};
use crate::service::answer::{Fault, Refusal, Row};

const COMMON: &str = "常见问题";
const COMMON_TITLES: [&str; 6] = ["序号", "问题", "级别", "次数", "涉及项目数", "处理意见"];
const COMMON_WIDTHS: [u16; 6] = [5, 34, 7, 7, 9, 60];
const ALL: &str = "问题清单";
const ALL_TITLES: [&str; 10] =
    ["序号", "主管部门", "项目名称", "办理", "级别", "所在单元格", "问题", "事实与判定", "处理意见", "材料"];
const ALL_WIDTHS: [u16; 10] = [5, 13, 15, 5, 6, 15, 16, 33, 26, 26];
const REFUSED: &str = "未能评分";
const REFUSED_TITLES: [&str; 4] = ["序号", "材料", "原因", "处理意见"];
const REFUSED_WIDTHS: [u16; 4] = [5, 27, 50, 50];
/// Findings that are listed; a sheet of more is of no use to anybody.
const MAX_LISTED: u32 = 200_000;
/// Ways of what is to be done that are told apart: of several none is told.
const MAX_REMEDIES: usize = 2;
/// The column of the severities, by which what is listed is counted.
const SEVERITY: u32 = 4;
/// Between the titles of an item.
const BETWEEN: &str = "；";
/// Whose matter an item is.
const AGENCY: &str = "单位";
const BUREAU: &str = "财政";
const HEADER: u32 = 2;
const FIRST: u32 = 3;

/// How often a finding occurs.
struct Tally {
    id: String,
    severity: Severity,
    times: usize,
    projects: usize,
    /// What is to be done, each way once.
    remedies: Vec<String>,
}

/// How often each finding occurs.
#[derive(Default)]
pub(super) struct Tallies {
    kinds: BTreeMap<(String, Severity), Tally>,
    /// Items of each severity.
    items: BTreeMap<Severity, usize>,
}

impl Tallies {
    /// Counts what was found in one more project.
    pub(super) fn add(&mut self, row: &Row) {
        let mut seen: BTreeSet<(&str, Severity)> = BTreeSet::new();
        for fault in &row.faults {
            let items = self.items.entry(fault.severity).or_default();
            *items = items.saturating_add(1);
        }
        for kind in row.faults.iter().flat_map(|fault| &fault.kinds) {
            let fresh = || Tally {
                id: kind.id.clone(),
                severity: kind.severity,
                times: 0,
                projects: 0,
                remedies: Vec::new(),
            };
            let tally = self.kinds.entry((kind.id.clone(), kind.severity)).or_insert_with(fresh);
            tally.times = tally.times.saturating_add(1);
            if !tally.remedies.contains(&kind.remedy) && tally.remedies.len() < MAX_REMEDIES {
                tally.remedies.push(kind.remedy.clone());
            }
            if seen.insert((&kind.id, kind.severity)) {
                tally.projects = tally.projects.saturating_add(1);
            }
        }
    }

    /// The sheet, most frequent first. Items are counted in the list of all where that stands in the same workbook, to its last
    /// row.
    pub(super) fn sheet(self, listed: Option<u32>, subtitle: &str, known: &mut Known) -> AddedSheet {
        let mut tallies: Vec<Tally> = self.kinds.into_values().collect();
        tallies.sort_by(|a, b| (b.times, a.severity, &a.id).cmp(&(a.times, b.severity, &b.id)));
        let said =
            format!("{subtitle}一个事项涉及几个问题的，各计一次；事项数见末行，与“{ALL}”和汇总表一致。");
        let mut page = Page::new(COMMON, &COMMON_WIDTHS, &COMMON_TITLES, &said, known);
        let mut row = FIRST;
        for tally in &tallies {
            page.number(row, 0, Look::Plain, Some(row.saturating_sub(HEADER).into()));
            page.text(row, 1, Look::Text, title(&tally.id));
            severity(&mut page, row, 2, tally.severity);
            page.count(row, 3, tally.times);
            page.count(row, 4, tally.projects);
            page.text(row, 5, Look::Text, tally.remedy());
            row = row.saturating_add(1);
        }
        page.filter(HEADER, COMMON_TITLES.len(), row.saturating_sub(1));
        for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            for column in 0..=5 {
                page.text(row, column, Look::TotalLabel, "");
            }
            page.text(row, 1, Look::TotalLabel, "事项数");
            page.text(row, 2, Look::TotalLabel, severity.name());
            match listed {
                Some(last) => {
                    let severities = column(ALL, SEVERITY, FIRST, last);
                    let same = Expr::text(severity.name());
                    page.formula(row, 3, Look::Total, Expr::call(Func::CountIf, [severities, same]));
                }
                None => page.count(row, 3, self.items.get(&severity).copied().unwrap_or_default()),
            }
            row = row.saturating_add(1);
        }
        page.sheet
    }
}

impl Tally {
    /// What is to be done: what is done about each, and where that is not the same in all projects, that it is not.
    fn remedy(&self) -> String {
        match self.remedies.as_slice() {
            [only] => only.clone(),
            _ => format!("{}（各项目情况不同的，以“{ALL}”所列为准。）", remedy(&self.id)),
        }
    }
}

fn remedy(id: &str) -> &'static str {
    FindingId::named(id).map_or("", FindingId::remedy)
}

/// What clerks know a finding by.
fn title(id: &str) -> &str {
    FindingId::named(id).map_or(id, |id| id.title())
}

/// What an item is called: each kind of finding that it is.
pub(super) fn titles(fault: &Fault) -> String {
    let titles: Vec<&str> = fault.kinds.iter().map(|kind| title(&kind.id)).collect();
    titles.join(BETWEEN)
}

/// Builds the sheets; none where nothing was found.
pub(super) fn build(projects: &[Project], subtitle: &str, known: &mut Known) -> Vec<AddedSheet> {
    let (all, last, left_out) = list(projects, subtitle, known);
    let Some(last) = last else { return Vec::new() };
    let mut tallies = Tallies::default();
    for project in projects {
        tallies.add(project.row);
    }
    // A list that is not whole cannot be counted.
    let listed = Some(last).filter(|_| !left_out);
    vec![tallies.sheet(listed, subtitle, known), all]
}

/// All findings; with the last row, and whether some are left out.
fn list(projects: &[Project], subtitle: &str, known: &mut Known) -> (AddedSheet, Option<u32>, bool) {
    let all: usize = projects.iter().map(|project| project.row.faults.len()).fold(0, usize::saturating_add);
    let left_out = u32::try_from(all).map_or(true, |all| all > MAX_LISTED);
    let said = if left_out {
        format!("{subtitle}问题共 {all} 个，此处只列前 {MAX_LISTED} 个，其余见各结果文件。")
    } else {
        subtitle.to_owned()
    };
    let mut page = Page::printed(ALL, (&ALL_WIDTHS, 8), &ALL_TITLES, &said, known);
    let mut row = FIRST;
    for project in projects {
        let mut faults: Vec<_> = project.row.faults.iter().collect();
        faults.sort_by_key(|fault| (fault.of_bureau, fault.severity));
        for fault in faults {
            if row.saturating_sub(FIRST) >= MAX_LISTED {
                break;
            }
            page.number(row, 0, Look::Plain, Some(row.saturating_sub(HEADER).into()));
            page.text(row, 1, Look::Text, project.agency.as_str());
            page.text(row, 2, Look::Text, project.row.project.as_deref().unwrap_or("（未填写）"));
            page.text(row, 3, Look::Centre, if fault.of_bureau { BUREAU } else { AGENCY });
            severity(&mut page, row, SEVERITY, fault.severity);
            page.text(row, 5, Look::Text, fault.cell.as_deref().unwrap_or(WHOLE));
            page.text(row, 6, Look::Text, titles(fault));
            page.text(row, 7, Look::Text, fault.message.as_str());
            page.text(row, 8, Look::Text, fault.remedy.as_str());
            page.text(row, 9, Look::Text, project.entry.name.as_str());
            row = row.saturating_add(1);
        }
    }
    let last = row.checked_sub(1).filter(|last| *last >= FIRST);
    if let Some(last) = last {
        page.filter(HEADER, ALL_TITLES.len(), last);
    }
    (page.sheet, last, left_out)
}

pub(super) fn severity(page: &mut Page, row: u32, col: u32, severity: Severity) {
    let look = match severity {
        Severity::Error => Look::Bad,
        Severity::Warning => Look::Caution,
        Severity::Info => Look::Centre,
    };
    page.text(row, col, look, severity.name());
}

/// What could not be scored.
pub(super) fn refused<'r>(
    all: impl Iterator<Item = (&'r str, &'r Refusal)>,
    subtitle: &str,
    known: &mut Known,
) -> AddedSheet {
    let mut page = Page::new(REFUSED, &REFUSED_WIDTHS, &REFUSED_TITLES, subtitle, known);
    let mut row = FIRST;
    for (name, refusal) in all {
        page.number(row, 0, Look::Plain, Some(row.saturating_sub(HEADER).into()));
        page.text(row, 1, Look::Text, name);
        page.text(row, 2, Look::Text, refusal.message.as_str());
        page.text(row, 3, Look::Text, refusal.hint.as_str());
        row = row.saturating_add(1);
    }
    page.filter(HEADER, REFUSED_TITLES.len(), row.saturating_sub(1));
    page.sheet
}
