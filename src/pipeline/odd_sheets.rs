//! What is said of sheets that were left alone because they are odd, and of cells that nobody can read.

use std::collections::BTreeMap;

use crate::base::{CellAt, CellRef, Error, Result, SheetId};
use crate::model::{Case, Finding, FindingId, FormKind};
use crate::sheet::{OddSheet, Sheet};

/// A finding for each sheet that was left alone.
pub(super) fn of_sheets(odd: &[OddSheet]) -> Vec<Finding> {
    odd.iter().map(of_sheet).collect()
}

fn of_sheet(odd: &OddSheet) -> Finding {
    let OddSheet { sheet, why, had_cells, .. } = odd;
    let name = &sheet.name;
    if *had_cells && sheet.visible {
        let message = format!("工作表“{name}”没有读取：{why}。其中的内容没有计入，原样保留。");
        Finding::new(FindingId::SheetNotReadable, None, message)
    } else {
        let hidden = if sheet.visible { "" } else { "隐藏的" };
        let message = format!("{hidden}工作表“{name}”没有读取：{why}。原样保留。");
        Finding::new(FindingId::SheetLeftAlone, None, message)
    }
}

/// A finding for each sheet and reason, at the first cell.
pub(super) fn of_cells<'s>(sheets: impl IntoIterator<Item = &'s Sheet>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for sheet in sheets {
        let mut groups: BTreeMap<&str, Vec<CellRef>> = BTreeMap::new();
        for (at, why) in &sheet.unread {
            groups.entry(why).or_default().push(*at);
        }
        for (why, cells) in groups {
            let Some(first) = cells.iter().min() else { continue };
            let which = match cells.len() {
                1 => format!("单元格 {first} "),
                count => format!("{first} 等 {count} 个单元格"),
            };
            let at = CellAt::new(sheet.id.clone(), *first);
            let message = format!("工作表“{}”的{which}{why}。", sheet.id);
            findings.push(Finding::new(FindingId::CellNotReadable, Some(at), message));
        }
    }
    findings
}

/// What is added where nothing was recognised: the form may have stood on such a sheet.
pub(super) fn besides<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> String {
    const MOST: usize = 3;
    let told = findings.into_iter().filter(|finding| finding.id == FindingId::SheetNotReadable);
    told.take(MOST).map(|finding| finding.message.as_str()).collect()
}

/// Refuses what would be half of a verdict: parts of a submission were found, nothing to score, and a sheet that may be the
/// form cannot be read.
pub(super) fn refuse_half(cases: &[Case], unread: &str) -> Result<()> {
    let kinds = || cases.iter().flat_map(|case| &case.forms).map(|form| form.kind);
    let scored = cases.iter().any(|case| case.score_form.is_some());
    let half = kinds().any(|kind| matches!(kind, FormKind::Declaration | FormKind::ScoreSummary));
    if scored || !half || unread.is_empty() {
        return Ok(());
    }
    Err(Error::input(
        format!("没有读到可以评分的表。{unread}"),
        "请用 Excel 或 WPS 打开原文件，另存为新的 .xlsx 文件后重新提交；该表与填报无关的，请删去。",
    ))
}

/// Cells of sheets that are no form are told of, but not marked: such a sheet comes back as it was.
pub(super) fn keep_to_forms<'f>(findings: impl Iterator<Item = &'f mut Finding>, cases: &[Case]) {
    let is_form =
        |sheet: &SheetId| cases.iter().flat_map(|case| &case.forms).any(|form| form.sheet == *sheet);
    for finding in findings.filter(|finding| finding.id == FindingId::CellNotReadable) {
        finding.at = finding.at.take().filter(|at| is_form(&at.sheet));
    }
}
