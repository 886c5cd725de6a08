//! 审核表: the targets of a declaration as a reviewer goes through them. What can be told from the form stands there, with
//! what was found; grades, points, opinions and the conclusion are a person's, and stay from run to run.

use super::known_cells::KnownCells;
use super::overrides::{as_typed, text, typed};
use super::sheet::{AddedSheet, Choice, Content, Look};
use super::view::View;
use crate::base::{CellRef, RangeAt, RangeRef};
use crate::expr::{Expr, Func, Value};
use crate::issue::{self, Seen};
use crate::model::{REVIEW_CONCLUSIONS, REVIEW_GRADES, ReviewPoint};
use crate::returned::{Filled, Judgement, Judgements, OurSheet};
use crate::sheet::{Sheet, Value as CellValue};

const TITLES: [&str; 9] = [
    "审核内容",
    "审核事项",
    "审核要点",
    "核对情况（由表中内容得出）",
    "发现的问题",
    "等级",
    "得分",
    "审核意见",
    "提示",
];
const WIDTHS: [u16; 9] = [8, 9, 20, 24, 30, 6, 6, 20, 12];
/// The least width of a column of sentences.
const LEAST: u16 = 14;
const HEADER: u32 = 2;
const FIRST: u32 = 3;
const SIDE: u32 = 0;
const POINT: u32 = 1;
const ASKS: u32 = 2;
const FACTS: u32 = 3;
const FOUND: u32 = 4;
const GRADE: u32 = 5;
const POINTS: u32 = 6;
const OPINION: u32 = 7;
const HINT: u32 = 8;
/// What a reviewer fills in beside a point.
const INPUTS: [u32; 3] = [GRADE, POINTS, OPINION];
/// What a reviewer fills in as what the review comes to, in one cell each.
const SUMS: [&str; 5] = [SUM_GRADE, ReviewPoint::CONCLUSION, "总体意见", "审核人", "审核日期"];
const SUM_GRADE: &str = "综合评定等级";
/// Where that cell is.
const SUM: u32 = 2;
const TOTAL: &str = "得分合计";
/// Beside what was filled in when something else was to be seen.
const CHANGED: &str = "上次填写后核对情况有变化，请重新确认。";

/// Builds the sheet, where targets are under review, or were and somebody has filled it in.
pub(super) fn build(view: &View, book: &mut KnownCells) -> Option<AddedSheet> {
    let filled = view.judgements;
    let nothing = Judgements::new();
    let begun = filled.is_some_and(|filled| filled.values().any(Judgement::is_filled));
    if view.case.declared.is_empty() || !(view.case.is_declaration_alone() || begun) {
        return None;
    }
    let filled = filled.unwrap_or(&nothing);
    let seen = issue::reviewed(view.case, view.findings);
    let mut sheet = AddedSheet::new(view.names.of(OurSheet::Review), &WIDTHS);
    sheet.landscape = true;
    sheet.header_rows = Some((HEADER, HEADER));
    sheet.title(OurSheet::Review.heading());
    sheet.across(1, Look::Subtitle, view.subtitle());
    for (column, title) in (0_u32..).zip(TITLES) {
        sheet.text(HEADER, column, Look::Header, title);
    }
    let mut row = FIRST;
    for seen in &seen {
        point_row(&mut sheet, book, row, seen, filled.get(seen.point.name()));
        row = row.saturating_add(1);
    }
    total(&mut sheet, book, row);
    for label in SUMS {
        row = row.saturating_add(1);
        sum_row(&mut sheet, row, label, filled.get(label));
        let outdated = label == ReviewPoint::CONCLUSION && !Judgement::hold(filled, &seen);
        hinted(&mut sheet, row, if outdated { CHANGED.to_owned() } else { String::new() });
    }
    let note = "“等级”“得分”“审核意见”和表下各栏由审核人员填写，重新评分时保留；各事项的分值按本级规定掌握。";
    sheet.across(row.saturating_add(1), Look::Remark, note);
    sheet.leave_out_empty(HEADER, &[HINT], &[FOUND]);
    sheet.deal_out(FIRST, &[ASKS, FACTS, FOUND], LEAST);
    Some(sheet)
}

fn point_row(
    sheet: &mut AddedSheet,
    book: &mut KnownCells,
    row: u32,
    seen: &Seen,
    filled: Option<&Judgement>,
) {
    let point = seen.point;
    sheet.text(row, SIDE, Look::Centre, point.side());
    sheet.text(row, POINT, Look::Centre, point.name());
    sheet.text(row, ASKS, Look::Text, point.asks());
    sheet.text(row, FACTS, Look::Text, seen.facts.as_str());
    sheet.text(row, FOUND, Look::Text, seen.found.as_str());
    for (column, at) in INPUTS.into_iter().zip(0_usize..) {
        let cell = filled.and_then(|filled| filled.cells.get(at));
        let look = if column == GRADE { Look::Tick } else { Look::Input };
        input(sheet, (row, column), look, cell);
        if let (Some(number), Some(at)) =
            (cell.and_then(|cell| cell.number).filter(|_| column == POINTS), sheet.address(row, column))
        {
            book.know(at, Value::Number(number));
        }
    }
    choice(sheet, (row, GRADE), &REVIEW_GRADES);
    hinted(sheet, row, hint(seen, filled));
}

/// What is said beside a row, in a colour where there is anything.
fn hinted(sheet: &mut AddedSheet, row: u32, hint: String) {
    sheet.text(row, HINT, if hint.is_empty() { Look::Centre } else { Look::Caution }, hint);
}

/// What a reviewer must know of what he filled in before.
fn hint(seen: &Seen, filled: Option<&Judgement>) -> String {
    let Some(filled) = filled.filter(|filled| filled.is_filled()) else { return String::new() };
    let mut hints: Vec<&str> = Vec::new();
    if !filled.is_of(seen) {
        hints.push(CHANGED);
    }
    if filled.points().is_some_and(|points| points.number.is_none() && !points.text.trim().is_empty()) {
        hints.push("得分不是数字，没有计入合计。");
    }
    hints.concat()
}

/// The points that were given, added up; nothing where there are none.
fn total(sheet: &mut AddedSheet, book: &mut KnownCells, row: u32) {
    for column in SIDE..HINT {
        sheet.put(row, column, Look::TotalLabel, Content::Blank);
    }
    sheet.text(row, SIDE, Look::TotalLabel, TOTAL);
    let corners = CellRef::new(FIRST, POINTS).zip(CellRef::new(row.saturating_sub(1), POINTS));
    let Some((first, last)) = corners else { return };
    let range = RangeAt { sheet: sheet.name.clone().into(), range: RangeRef::new(first, last) };
    let count = Expr::call(Func::Count, [Expr::Range(range.clone())]);
    let sum = Expr::call(Func::Sum, [Expr::Range(range)]);
    let content = book.formula(count.above(0).choose(sum, Expr::text("")));
    sheet.put(row, POINTS, Look::Total, content);
}

fn sum_row(sheet: &mut AddedSheet, row: u32, label: &str, filled: Option<&Judgement>) {
    sheet.text(row, SIDE, Look::TotalLabel, label);
    sheet.put(row, POINT, Look::TotalLabel, Content::Blank);
    sheet.merge_row(row, SIDE, POINT);
    let cell = filled.and_then(|filled| filled.cells.first());
    let options: &[&str] = match label {
        SUM_GRADE => &REVIEW_GRADES,
        ReviewPoint::CONCLUSION => &REVIEW_CONCLUSIONS,
        _ => &[],
    };
    let look = if options.is_empty() { Look::Input } else { Look::Tick };
    input(sheet, (row, SUM), look, cell);
    // What is written there may be long.
    for column in SUM.saturating_add(1)..=OPINION {
        sheet.put(row, column, look, Content::Blank);
    }
    sheet.merge_row(row, SUM, OPINION);
    choice(sheet, (row, SUM), options);
}

fn input(sheet: &mut AddedSheet, (row, column): (u32, u32), look: Look, cell: Option<&Filled>) {
    let at = sheet.address(row, column);
    let content = cell.map_or(Content::Blank, |cell| {
        let shown = cell.number.map_or_else(|| text(&cell.text), Content::Number);
        as_typed(cell.formula.as_ref(), shown, at.as_ref())
    });
    sheet.put(row, column, look, content);
}

fn choice(sheet: &mut AddedSheet, (row, column): (u32, u32), options: &[&str]) {
    if let Some(cell) = CellRef::new(row, column).filter(|_| !options.is_empty()) {
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        sheet.choices.push(Choice { range: RangeRef::new(cell, cell), options });
    }
}

/// What a reviewer filled in on the sheet of an earlier run.
pub(super) fn judgements(sheet: &Sheet) -> Judgements {
    let mut all = Judgements::new();
    for row in FIRST..=sheet.last_row().unwrap_or(0) {
        let shown = |column: u32| sheet.at(row, column).shown().trim().to_owned();
        let (name, columns): (String, &[u32]) =
            if ReviewPoint::ALL.iter().any(|point| point.name() == shown(POINT)) {
                (shown(POINT), &INPUTS)
            } else if SUMS.contains(&shown(SIDE).as_str()) {
                (shown(SIDE), &[SUM])
            } else {
                continue;
            };
        let cells = columns.iter().map(|column| filled(sheet, row, *column)).collect();
        let (facts, found) = (shown(FACTS), shown(FOUND));
        all.entry(name).or_insert(Judgement { facts, found, cells });
    }
    all
}

fn filled(sheet: &Sheet, row: u32, column: u32) -> Filled {
    let (text, formula) = typed(sheet, row, column);
    let number = match &sheet.at(row, column).value {
        CellValue::Number(number) => Some(*number),
        _ => None,
    };
    Filled { text, number, formula }
}
