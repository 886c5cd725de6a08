//! 问题清单: every finding with a link to its cell, what to do, a blank column for what was done about it, and where its
//! rule comes from; then a text that a clerk can paste when the workbook is sent back.

use super::across_files::place;
use super::overrides::{as_typed, text, typed};
use super::sheet::{AddedSheet, Content, Look};
use super::view::View;
use crate::base::{CellAt, CellRef, Number, RangeRef, printable_cell};
use crate::model::{Finding, FindingId, Severity, TypedFormula};
use crate::returned::{OurSheet, Reply};
use crate::sheet::Sheet;

const TITLES: [&str; 9] = ["序号", "级别", "问题", "说明", "位置", "怎么办", "整改情况", "问题编号", "依据"];
const WIDTHS: [u16; 9] = [6, 7, 22, 46, 16, 36, 24, 16, 30];
/// Over what was written beside findings of earlier runs that are settled.
const SETTLED: &str = "以前填写的整改情况（相应问题已不再列出）";
const HEADER: u32 = 2;
/// Columns that are read back.
const MESSAGE: u32 = 3;
const PLACE: u32 = 4;
const REPLY: u32 = 6;
const ID: u32 = 7;
/// Behind what is read back, whose columns are those of every return that is under way.
const SOURCE: u32 = 8;
const FIRST: u32 = 3;

/// Builds the sheet.
pub(super) fn build(view: &View) -> AddedSheet {
    let mut sheet = AddedSheet::new(view.names.of(OurSheet::Issues), &WIDTHS);
    sheet.landscape = true;
    sheet.header_rows = Some((HEADER, HEADER));
    sheet.title(OurSheet::Issues.heading());
    sheet.across(1, Look::Subtitle, view.subtitle());
    for (column, title) in (0_u32..).zip(TITLES) {
        sheet.text(HEADER, column, Look::Header, title);
    }
    let mut row = FIRST;
    for finding in view.findings {
        finding_row(&mut sheet, view, row, finding);
        row = row.saturating_add(1);
    }
    if view.findings.is_empty() {
        sheet.across(row, Look::Text, "没有发现问题。");
        row = row.saturating_add(1);
    } else if let Some((first, last)) =
        CellRef::new(HEADER, 0).zip(CellRef::new(row.saturating_sub(1), SOURCE))
    {
        sheet.filter = Some(RangeRef::new(first, last));
    }
    let row = settled(&mut sheet, view, row);
    opinion(&mut sheet, view, row.saturating_add(1));
    sheet
}

/// What was written beside findings that are no more: nobody's word is lost. Gives the next free row.
fn settled(sheet: &mut AddedSheet, view: &View, row: u32) -> u32 {
    let used: Vec<&Reply> = view.findings.iter().filter_map(|finding| reply_of(view, finding)).collect();
    let left = view.earlier.given.replies.iter().filter(|reply| !used.contains(reply));
    let left: Vec<&Reply> = left.collect();
    if left.is_empty() {
        return row;
    }
    let mut row = row.saturating_add(1);
    sheet.across(row, Look::Section, SETTLED);
    for reply in left {
        let Reply { id, message, place, .. } = reply;
        row = row.saturating_add(1);
        for column in 0..u32::try_from(TITLES.len()).unwrap_or(0) {
            sheet.put(row, column, Look::Centre, Content::Blank);
        }
        sheet.text(row, MESSAGE, Look::Text, message.as_str());
        sheet.text(row, PLACE, Look::Centre, place.as_str());
        put_reply(sheet, row, Some(reply));
        sheet.text(row, ID, Look::Centre, id.as_str());
    }
    row.saturating_add(1)
}

fn finding_row(sheet: &mut AddedSheet, view: &View, row: u32, finding: &Finding) {
    let number = row.saturating_sub(FIRST).saturating_add(1);
    let look = match finding.severity {
        Severity::Error => Look::Bad,
        Severity::Warning => Look::Caution,
        Severity::Info => Look::Centre,
    };
    sheet.put(row, 0, Look::Plain, Content::Number(Number::from(number)));
    sheet.text(row, 1, look, finding.severity.name());
    sheet.text(row, 2, Look::Text, finding.id.title());
    sheet.text(row, MESSAGE, Look::Text, finding.message.as_str());
    match &finding.at {
        Some(to) => {
            sheet.put(row, PLACE, Look::Link, Content::Link { to: to.clone(), text: place(view, to) });
        }
        None => sheet.text(row, PLACE, Look::Centre, "整份材料"),
    }
    sheet.text(row, 5, Look::Text, finding.id.remedy());
    put_reply(sheet, row, reply_of(view, finding));
    sheet.text(row, ID, Look::Centre, finding.id.id());
    sheet.text(row, SOURCE, Look::Text, finding.id.source());
}

/// What a person wrote beside a finding, a formula as a formula where it means the same in this row.
fn put_reply(sheet: &mut AddedSheet, row: u32, reply: Option<&Reply>) {
    let words = reply.map(|reply| reply.text.clone()).unwrap_or_default();
    let formula = reply.and_then(|reply| reply.formula.as_ref());
    // Of a formula without a result the formula is what is shown.
    let words = formula.filter(|_| words.is_empty()).map(TypedFormula::shown).unwrap_or(words);
    let at = CellRef::new(row, REPLY).map(|at| CellAt::new(sheet.name.as_str(), at));
    sheet.put(row, REPLY, Look::Input, as_typed(formula, text(&words), at.as_ref()));
}

/// What a clerk can paste into the letter that sends the workbook back; nothing where nothing must be mended.
fn opinion(sheet: &mut AddedSheet, view: &View, row: u32) {
    // What we ask the clerk is no matter of those who sent the form.
    let ours = [
        FindingId::ColumnGuessed,
        FindingId::ColumnNotRead,
        FindingId::FindingWaits,
        FindingId::ValuesNotRead,
    ];
    let serious = |finding: &&Finding| finding.severity != Severity::Info && !ours.contains(&finding.id);
    if !view.findings.iter().any(|finding| serious(&finding)) {
        return;
    }
    sheet.across(row, Look::Section, "退回意见（可直接复制）");
    let name = view.case.project.name.as_deref().map(|name| format!("“{name}”项目")).unwrap_or_default();
    let mut row = row.saturating_add(1);
    sheet.across(
        row,
        Look::Subtitle,
        format!("贵单位报送的{name}绩效材料经审核，请就下列事项核实、修改后重新报送："),
    );
    for (number, finding) in (1_u32..).zip(view.findings.iter().filter(serious)) {
        row = row.saturating_add(1);
        let place = finding.at.as_ref().map(|at| format!("（{}）", place(view, at))).unwrap_or_default();
        let message = finding.message.trim_end_matches('。');
        sheet.across(row, Look::Subtitle, format!("{number}. {message}{place}。{}", finding.id.remedy()));
    }
}

/// What a person wrote beside the same finding in an earlier run: the same words, or the same cell.
fn reply_of<'v>(view: &View<'v>, finding: &Finding) -> Option<&'v Reply> {
    let at = finding.at.as_ref().map(|at| place(view, at)).unwrap_or_default();
    let replies = || view.earlier.given.replies.iter().filter(|reply| reply.id == finding.id.id());
    let same = |one: &str, other: &str| unscored(one) == unscored(other);
    // On the sheet the message stands as every program shows it.
    let message = printable_cell(&finding.message);
    let by_words = replies().find(|reply| same(&reply.message, &message));
    by_words.or_else(|| replies().find(|reply| same(&reply.place, &at)))
}

/// The words about a file are the same when it comes back under its result's name.
fn unscored(text: &str) -> String {
    text.replace(".已评分", "")
}

/// What a person wrote into 整改情况.
pub(super) fn replies(sheet: &Sheet) -> Vec<Reply> {
    let mut found = Vec::new();
    for row in FIRST..=sheet.last_row().unwrap_or(0) {
        let shown = |column: u32| sheet.at(row, column).shown();
        let (_, formula) = typed(sheet, row, REPLY);
        let (id, message, place, text) = (shown(ID), shown(MESSAGE), shown(PLACE), shown(REPLY));
        let reply = Reply { id, message, place, text, formula };
        if !reply.id.is_empty() && (reply.formula.is_some() || !reply.text.trim().is_empty()) {
            found.push(reply);
        }
    }
    found
}
