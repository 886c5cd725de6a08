//! 评分汇总: level-2 results, total and grade at a glance.

use super::detail::{Layout, own_weights, score_title};
use super::known_cells::KnownCells;
use super::overrides;
use super::sheet::{AddedSheet, Content, Look};
use super::view::View;
use super::waiting::Waiting;
use super::write_back::{grade_of, level_expr, runs};
use crate::base::{CellAt, CellRef, RangeRef, Score, Weight};
use crate::expr::{Expr, Func};
use crate::issue;
use crate::model::{Extra, FormKind, Given, LevelScore, Reader, TO_DECIDE};
use crate::returned::OurSheet;
use crate::returned::our_sheet::COUNTED;
use crate::sheet::Sheet;

/// How a reviewer settles a score that waits.
const DECIDED_HOW: &str = "由复核人员核实后，在“评分明细”的“改定得分”栏（在电子表“状态”栏右侧，不打印）填写核定的得分（可以与测算得分相同），写明改定理由和改定人，\
                           再把本文件交回重新评分。";
/// Titles that the line about open questions names.
const NAMED_TITLES: usize = 3;

pub(super) const TITLES: [&str; 6] = ["一级指标", "二级指标", "分值", "得分", "扣分", "得分率"];
const WIDTHS: [u16; 6] = [16, 26, 10, 10, 10, 12];
const HEADER: u32 = 2;
const FIRST: u32 = 3;
pub(super) const LEVEL1: u32 = 0;
pub(super) const LEVEL2: u32 = 1;
pub(super) const WEIGHT: u32 = 2;
const SCORE: u32 = 3;
pub(super) const DEDUCTION: u32 = 4;
pub(super) const RATE: u32 = 5;

/// Builds the sheet.
pub(super) fn build(view: &View, layout: &Layout, waiting: &Waiting, book: &mut KnownCells) -> AddedSheet {
    let mut sheet = AddedSheet::new(view.names.of(OurSheet::Summary), &WIDTHS);
    sheet.title(OurSheet::Summary.heading());
    sheet.across(1, Look::Subtitle, view.subtitle());
    for (column, title) in (0_u32..).zip(TITLES) {
        let title = if column == SCORE { score_title(view, title) } else { title };
        sheet.text(HEADER, column, Look::Header, title);
    }
    let mut row = FIRST;
    for level in &view.scored.card.levels {
        level_row(&mut sheet, view, layout, book, row, level);
        row = row.saturating_add(1);
    }
    merge_level1(&mut sheet, view);
    total_rows(&mut sheet, view, layout, book, row);
    sheet.yellow_while_waiting(SCORE, FIRST, row);
    sheet.yellow_while_waiting(WEIGHT, row.saturating_add(1), row.saturating_add(1));
    let after = row.saturating_add(6);
    remarks(&mut sheet, view, waiting, after);
    sheet
}

/// Puts a formula and remembers its value.
fn put(sheet: &mut AddedSheet, book: &mut KnownCells, row: u32, column: u32, look: Look, expr: Expr) {
    let content = book.formula(expr);
    if let (Content::Formula { value, .. }, Some(cell)) = (&content, sheet.address(row, column)) {
        book.know(cell, value.clone());
    }
    sheet.put(row, column, look, content);
}

fn level_row(
    sheet: &mut AddedSheet,
    view: &View,
    layout: &Layout,
    book: &mut KnownCells,
    row: u32,
    level: &LevelScore,
) {
    let (level1, level2) = (level.level1.as_str(), level.level2.as_str());
    sheet.text(row, LEVEL1, Look::Centre, level1);
    sheet.text(row, LEVEL2, Look::Centre, level2);
    let (weights, _) = runs(view, level1, level2, |first, last| layout.weights(first, last));
    put(sheet, book, row, WEIGHT, Look::Points, Expr::call(Func::Sum, weights.into_iter().map(Expr::Range)));
    if let Some(score) = level_expr(view, layout, level1, level2) {
        put(sheet, book, row, SCORE, Look::Points, score);
    }
    let mut inside = view.scored.card.indicators.iter().filter(|i| i.level1 == level1 && i.level2 == level2);
    let bonus = inside.all(|indicator| indicator.extra == Some(Extra::Bonus));
    let kind = if bonus { Lost::Nothing } else { Lost::of(level.score, level.weight) };
    derived(sheet, book, row, kind, Expr::text("—"));
}

/// What 扣分 shows.
#[derive(Clone, Copy)]
enum Lost {
    /// The points that are not earned.
    Points,
    /// The same, unless there is more than the points: then nothing is taken off.
    Unless,
    /// Nothing: what of a bonus is not earned is not taken off.
    Nothing,
}

impl Lost {
    fn of(score: Score, weight: Weight) -> Self {
        if score.number() > weight.number() { Self::Unless } else { Self::Points }
    }
}

/// 扣分 and 得分率 of a row, from its 分值 and 得分.
/// Without a score 扣分 is `open`.
fn derived(sheet: &mut AddedSheet, book: &mut KnownCells, row: u32, kind: Lost, open: Expr) {
    let Some((weight, score)) = sheet.address(row, WEIGHT).zip(sheet.address(row, SCORE)) else { return };
    let (weight, score) = (Expr::Cell(weight), Expr::Cell(score));
    let is_number = Expr::call(Func::IsNumber, [score.clone()]);
    let lost = weight.clone().minus(score.clone()).round(2);
    let lost = match kind {
        Lost::Points => is_number.clone().choose(lost, open),
        Lost::Unless => {
            let some = lost.clone().below(0).choose(Expr::text("—"), lost);
            is_number.clone().choose(some, open)
        }
        Lost::Nothing => Expr::text("—"),
    };
    put(sheet, book, row, DEDUCTION, Look::Deduction, lost);
    let rate = Expr::call(Func::And, [is_number, weight.clone().above(0)])
        .choose(score.over(weight), Expr::text("—"));
    put(sheet, book, row, RATE, Look::Rate, rate);
}

/// One cell for each run of the same level 1.
fn merge_level1(sheet: &mut AddedSheet, view: &View) {
    let levels = &view.scored.card.levels;
    let mut start = 0_usize;
    for end in 1..=levels.len() {
        let same = levels.get(end).zip(levels.get(start)).is_some_and(|(a, b)| a.level1 == b.level1);
        if same {
            continue;
        }
        if end.saturating_sub(start) > 1 {
            let row = |index: usize| FIRST.saturating_add(u32::try_from(index).unwrap_or(u32::MAX));
            let corners =
                CellRef::new(row(start), LEVEL1).zip(CellRef::new(row(end.saturating_sub(1)), LEVEL1));
            sheet.merges.extend(corners.map(|(first, last)| RangeRef::new(first, last)));
            for index in start.saturating_add(1)..end {
                sheet.put(row(index), LEVEL1, Look::Centre, Content::Blank);
            }
        }
        start = end;
    }
}

fn total_rows(sheet: &mut AddedSheet, view: &View, layout: &Layout, book: &mut KnownCells, row: u32) {
    sheet.text(row, LEVEL1, Look::TotalLabel, "合计");
    sheet.put(row, LEVEL2, Look::TotalLabel, Content::Blank);
    sheet.merge_row(row, LEVEL1, LEVEL2);
    let extras = view.scored.card.indicators.iter().any(|result| result.extra.is_some());
    if extras {
        let weights = own_weights(view, layout).into_iter().map(Expr::Range);
        put(sheet, book, row, WEIGHT, Look::Total, Expr::call(Func::Sum, weights));
    } else if let Some(last) = row.checked_sub(1).filter(|last| *last >= FIRST) {
        let weights = CellRef::new(FIRST, WEIGHT).zip(CellRef::new(last, WEIGHT));
        if let Some((first, last)) = weights {
            let range =
                crate::base::RangeAt { sheet: sheet.name.clone().into(), range: RangeRef::new(first, last) };
            put(sheet, book, row, WEIGHT, Look::Total, Expr::call(Func::Sum, [Expr::Range(range)]));
        }
    }
    let Some(total) = layout.total() else { return };
    put(sheet, book, row, SCORE, Look::Total, Expr::Cell(total.clone()));
    let sums = &view.scored.card.total;
    // While the total waits, what has come off so far, as below 评分明细.
    let so_far = layout.deductions().map(|all| Expr::call(Func::Sum, [Expr::Range(all)]).round(2));
    let so_far = so_far.unwrap_or_else(|| Expr::text("—"));
    derived(sheet, book, row, Lost::of(sums.score, sums.full), so_far);
    let grade_row = row.saturating_add(1);
    sheet.text(grade_row, LEVEL1, Look::TotalLabel, "评价等级");
    sheet.put(grade_row, LEVEL2, Look::TotalLabel, Content::Blank);
    sheet.merge_row(grade_row, LEVEL1, LEVEL2);
    overrides::grade_inputs(sheet, view, book, grade_row.saturating_add(1), (LEVEL1, LEVEL2), (WEIGHT, RATE));
    if let Some(grade) = grade_of(view, layout, inputs_of_grade(view).as_ref(), total) {
        put(sheet, book, grade_row, WEIGHT, Look::TotalLabel, grade);
        for column in SCORE..=RATE {
            sheet.put(grade_row, column, Look::TotalLabel, Content::Blank);
        }
        sheet.merge_row(grade_row, WEIGHT, RATE);
    }
}

/// The cell on this sheet where a person types the first of what puts another grade in the place of ours.
pub(super) fn inputs_of_grade(view: &View) -> Option<CellAt> {
    at(view, total_cell(view, WEIGHT)?.cell.row().checked_add(2)?, WEIGHT)
}

/// A cell of the row of the level-2 result at this position.
pub(super) fn level_cell(view: &View, index: usize, column: u32) -> Option<CellAt> {
    at(view, FIRST.checked_add(u32::try_from(index).ok()?)?, column)
}

/// A cell of the row of the total.
pub(super) fn total_cell(view: &View, column: u32) -> Option<CellAt> {
    level_cell(view, view.scored.card.levels.len(), column)
}

/// The cell of the grade; `None` where there are none.
pub(super) fn grade_cell(view: &View) -> Option<CellAt> {
    let total = total_cell(view, WEIGHT).filter(|_| !view.case.grades.is_empty())?;
    at(view, total.cell.row().checked_add(1)?, WEIGHT)
}

fn at(view: &View, row: u32, column: u32) -> Option<CellAt> {
    CellRef::new(row, column).map(|cell| CellAt::new(view.names.of(OurSheet::Summary), cell))
}

/// What was typed there on a sheet of an earlier run.
pub(super) fn grade_given(sheet: &Sheet) -> Given {
    overrides::grade_given(sheet, LEVEL1, WEIGHT)
}

/// How many columns a person is asked about, and where the answer is given.
pub(super) fn questions(view: &View) -> Option<String> {
    // A ledger's columns keep its total open, not the grade.
    let forms = view.case.forms.iter().filter(|form| form.kind != FormKind::Ledger);
    let asked = forms.flat_map(|form| form.account.questions());
    let titles: Vec<String> =
        asked.filter(|column| !column.title.is_empty()).map(|column| format!("“{}”", column.title)).collect();
    (!titles.is_empty()).then(|| {
        let count = titles.len();
        let named = titles.into_iter().take(NAMED_TITLES).collect::<Vec<_>>().join("、");
        format!(
            "有 {count} 栏的含义待确认（{named}），确认前不定等级：请在“处理说明”的“栏目确认”中选择含义，保存后把本文件重新提交。"
        )
    })
}

/// The bands of the grades: `优：90 分及以上，良：80—90 分（不含 90 分），……，差：60 分以下`.
fn bands(view: &View) -> String {
    let bands = &view.case.grades;
    let said = bands.iter().enumerate().map(|(at, band)| {
        let above = at.checked_sub(1).and_then(|above| bands.get(above));
        match above {
            Some(above) if band.from.number().is_zero() => format!("{}：{} 分以下", band.name, above.from),
            Some(above) => {
                format!("{}：{}—{} 分（不含 {} 分）", band.name, band.from, above.from, above.from)
            }
            None => format!("{}：{} 分及以上", band.name, band.from),
        }
    });
    said.collect::<Vec<_>>().join("，")
}

/// What a reader must know beside the figures: bands, stated figures, how much was found.
fn remarks(sheet: &mut AddedSheet, view: &View, waiting: &Waiting, row: u32) {
    let mut lines = Vec::new();
    lines.push(format!("等级标准：{}。", bands(view)));
    lines.extend(questions(view));
    if let (count @ 1.., Some(points)) = waiting.points() {
        lines.push(format!(
            "上列得分中有 {count} 项指标（{points} 分）{TO_DECIDE}，见“评分明细”。{DECIDED_HOW}"
        ));
    }
    let total = &view.scored.card.total;
    let open = view.case.score_form.as_ref().is_some_and(|form| form.part_unread);
    if let Some(stated) = total.stated {
        // Beside a reviewer's scores the agency's total is its own, and no one's fault.
        let reviewed = view.case.score_form.as_ref().is_some_and(|form| form.reviewed);
        let word = match stated == total.score {
            _ if open => "待确认后核对",
            _ if !total.complete => "各项得分核定后再核对",
            true => "与计算结果一致",
            false => "与计算结果不一致",
        };
        lines.push(if reviewed {
            format!("单位自评总分 {stated} 分。")
        } else {
            format!("表中填报总分 {stated} 分，{word}。")
        });
    }
    // As 问题清单 and 复核事项 list them.
    let items = issue::items(view.case, view.findings);
    let [errors, warnings, hints] = issue::counts(&items);
    let both = if items.iter().any(|item| item.reader == Reader::Bureau) {
        "（“问题清单”和“复核事项”所列合计）"
    } else {
        ""
    };
    lines.push(format!("{COUNTED}错误 {errors} 个，提醒 {warnings} 个，提示 {hints} 个{both}。"));
    let mut row = row;
    for line in lines {
        sheet.across(row, Look::Remark, line);
        row = row.saturating_add(1);
    }
}
