//! 目标核对: each declared target of 表1 against what was done.

use super::across_files::files;
use super::history;
use super::sheet::{AddedSheet, Content, Look};
use super::view::View;
use crate::base::Number;
use crate::model::{DeclaredResult, DeclaredStatus, DeclaredTarget, FormKind, Indicator, NotMeasurable};
use crate::notation::facts::days_late;
use crate::notation::{Row, in_print};
use crate::returned::OurSheet;

const TITLES: [&str; 10] = [
    "序号",
    "一级指标",
    "二级指标",
    "申报的指标",
    "指标值",
    "对应的指标",
    "实际完成值",
    "结论",
    "说明",
    "所在单元格",
];
const WIDTHS: [u16; 10] = [5, 9, 11, 24, 11, 18, 13, 9, 20, 14];
const HEADER: u32 = 2;
const FIRST: u32 = 3;

/// Builds the sheet; `None` where nothing was declared, and nothing is there to be held against.
pub(super) fn build(view: &View) -> Option<AddedSheet> {
    let beside = history::indicators(view);
    let declared = &view.scored.card.declared;
    if declared.is_empty() && beside.is_empty() {
        return None;
    }
    let widths: &[u16] = if beside.is_empty() { &WIDTHS } else { &history::WIDTHS };
    let mut sheet = AddedSheet::new(view.names.of(OurSheet::Targets), widths);
    sheet.landscape = true;
    sheet.title(OurSheet::Targets.heading());
    sheet.across(1, Look::Subtitle, view.subtitle());
    if declared.is_empty() {
        history::block(&mut sheet, view, HEADER, &beside);
        return Some(sheet);
    }
    sheet.header_rows = Some((HEADER, HEADER));
    for (column, title) in (0_u32..).zip(TITLES) {
        sheet.text(HEADER, column, Look::Header, title);
    }
    for (row, result) in (FIRST..).zip(&view.scored.card.declared) {
        if let Some(declared) = view.case.declared.get(result.index) {
            target_row(&mut sheet, view, row, declared, result);
        }
    }
    let mut below = FIRST.saturating_add(u32::try_from(declared.len()).unwrap_or(u32::MAX));
    if let Some(files) = files(view) {
        sheet.across(below, Look::Remark, files);
        below = below.saturating_add(1);
    }
    if !beside.is_empty() {
        history::block(&mut sheet, view, below.saturating_add(1), &beside);
    }
    Some(sheet)
}

fn target_row(
    sheet: &mut AddedSheet,
    view: &View,
    row: u32,
    declared: &DeclaredTarget,
    result: &DeclaredResult,
) {
    let indicator = &declared.indicator;
    let number = row.saturating_sub(FIRST).saturating_add(1);
    sheet.put(row, 0, Look::Plain, Content::Number(Number::from(number)));
    sheet.text(row, 1, Look::Centre, indicator.level1.as_str());
    sheet.text(row, 2, Look::Centre, indicator.level2.as_str());
    sheet.text(row, 3, Look::Text, indicator.name.as_str());
    sheet.text(row, 4, Look::Centre, in_print(&indicator.target_shown()));
    let form = view.case.score_form.as_ref();
    let matched = result.matched.and_then(|at| form?.indicators.get(at));
    sheet.text(row, 5, Look::Text, matched.map(|i| i.name.clone()).unwrap_or_default());
    sheet.text(row, 6, Look::Centre, matched.map(Indicator::actual_shown).unwrap_or_default());
    // What the self-evaluation promises itself may be another thing: what was declared may have been changed in the review.
    let other = matched.map(Indicator::target_shown).map(|own| in_print(&own));
    let other = other.filter(|own| !own.is_empty() && *own != in_print(&indicator.target_shown()));
    let other = other.filter(|_| form.is_some_and(|form| form.kind == FormKind::SelfEvaluation));
    let (look, word) = match (result.status, &other) {
        (DeclaredStatus::NotMet, Some(_)) if !view.case.approved => (Look::Caution, "未达到申报值"),
        // Whether it was done is not what is asked of a day.
        (DeclaredStatus::NotMet, _) if is_late(view, matched, indicator) => (Look::Bad, "未按时完成"),
        _ => status(result),
    };
    sheet.text(row, 7, look, word);
    let other = other.map(|own| format!("自评表的指标值为“{own}”"));
    let of = form.map_or("评分表", |form| form.kind.name());
    let said = [Some(explanation(declared, result, of)), other].into_iter().flatten();
    let said: Vec<String> = said.filter(|said| !said.is_empty()).collect();
    sheet.text(row, 8, Look::Text, said.join("；"));
    let at = indicator.target.as_ref().and_then(|entry| entry.at.as_ref());
    sheet.link(row, 9, at.or_else(|| indicator.at()));
}

fn status(result: &DeclaredResult) -> (Look, &'static str) {
    match result.status {
        DeclaredStatus::Unmatched if result.in_words => (Look::Centre, "由评价人员评定"),
        DeclaredStatus::Met => (Look::Centre, "已完成"),
        DeclaredStatus::NotMet => (Look::Bad, "未完成"),
        DeclaredStatus::Unmatched => (Look::Caution, "无对应"),
        DeclaredStatus::NotMeasurable => (Look::Caution, "不可衡量"),
    }
}

/// Whether it was done, later than on the day that was declared.
fn is_late(view: &View, matched: Option<&Indicator>, declared: &Indicator) -> bool {
    let read = |indicator: &Indicator| Row::read(view.case, indicator, None, None);
    let Some(matched) = matched else { return false };
    let (done, promised) = (read(matched), read(declared));
    done.actual().zip(promised.target()).is_some_and(|(done, promised)| days_late(promised, done).is_some())
}

/// The way to the verdict, in a sentence; `of` is the form that was scored.
fn explanation(declared: &DeclaredTarget, result: &DeclaredResult, of: &str) -> String {
    let none = format!("{of}中没有同名指标");
    let mut parts: Vec<&str> = Vec::new();
    match result.why {
        Some(NotMeasurable::YesNoWithRate) => parts.push("是否类指标不能用百分比衡量"),
        Some(NotMeasurable::RateOfNothing) => parts.push("不是比率，百分比指标值无从计算"),
        None => {}
    }
    if declared.alias.is_some() && result.matched.is_some() {
        parts.push("名称不同，按财政部门设定的对应关系核对");
    }
    if result.observed.equals_on_cost {
        parts.push("控制类指标用“=”，按不超过核对");
    }
    if result.observed.inferred_cap {
        parts.push("没有符号，按越低越好核对");
    }
    match (result.status, result.matched) {
        (DeclaredStatus::Unmatched, None) => parts.push(&none),
        (DeclaredStatus::Unmatched, Some(_)) if result.in_words => {
            parts.push("定性指标，完成程度由评价人员评定");
        }
        (DeclaredStatus::Unmatched, Some(_)) => parts.push("实际完成值不能与指标值比较"),
        _ => {}
    }
    parts.join("；")
}
