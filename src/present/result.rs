//! 评分结果单: what is printed and handed over, one to three pages: total, levels, deductions, findings, what is open, and who
//! signs. Its figures are formulas over our other sheets, so that it never says another thing than they do.

use super::accounts::{header, section};
use super::across_files::{files, place};
use super::binding::WAITING;
use super::detail::{Layout, own_runs, own_weights};
use super::known_cells::KnownCells;
use super::pages::Pages;
use super::sheet::{AddedSheet, Content, Look};
use super::view::View;
use super::waiting::Waiting;
use super::{signatures, summary};
use crate::base::{CellAt, CellRef, RangeAt, Score};
use crate::expr::{Expr, Func, join};
use crate::issue::{self, WHOLE};
use crate::model::{ASKED, NO_GRADE, Reader, Severity, Verdict};
use crate::returned::OurSheet;

mod lost;

use lost::deductions;

const WIDTHS: [u16; 7] = [10, 14, 6, 7, 6, 8, 27];
pub(super) const LAST: u32 = 6;
/// The columns of figures.
const WEIGHT: u32 = 2;
const SCORE: u32 = 3;
const LOST: u32 = 4;
const RATE: u32 = 5;
/// The columns of reasons, together.
pub(super) const REASON: (u32, u32) = (RATE, LAST);
/// What stands over it until a person has decided.
const DRAFT: &str = "测算结果，非正式评价结论";
/// The last row of what is printed again: a blank one behind the total.
const HEAD_END: u32 = 4;
/// Findings that are listed; all of them are on 问题清单.
const MAX_FINDINGS: usize = 15;

/// Builds the sheet; the sheets that it refers to are known. Where who signs would stand alone on a page, all rows stand
/// closer, if that helps.
pub(super) fn build(view: &View, layout: &Layout, open: &Waiting, book: &mut KnownCells) -> AddedSheet {
    let (loose, alone) = built(view, layout, open, book, false);
    if !alone {
        return loose;
    }
    let (close, alone) = built(view, layout, open, book, true);
    if alone { loose } else { close }
}

/// The sheet, and whether its signatures have a page of their own.
fn built(
    view: &View,
    layout: &Layout,
    open: &Waiting,
    book: &mut KnownCells,
    close: bool,
) -> (AddedSheet, bool) {
    let mut sheet = AddedSheet::new(view.names.of(OurSheet::Result), &WIDTHS);
    sheet.close = close;
    // Who signs a later page sees there what of: title, total and grade stand on each.
    sheet.printed_again = Some((0, HEAD_END));
    sheet.title(OurSheet::Result.heading());
    formula_across(&mut sheet, book, 1, Look::TotalLabel, standing(view, layout));
    sheet.across(2, Look::Subtitle, view.subtitle());
    let row = total(&mut sheet, view, layout, (book, open), 3);
    let row = levels(&mut sheet, view, layout, book, row);
    let mut pages = Pages::with_head(HEAD_END.saturating_add(1));
    let row = deductions(&mut sheet, view, layout, (book, open, &mut pages), row);
    let row = findings(&mut sheet, view, &mut pages, row);
    let row = to_confirm(&mut sheet, view, open, row);
    sheet.yellow_while_waiting(SCORE, 3, row);
    signatures::put(&mut sheet, view, row);
    let last = sheet.cells.keys().map(|at| at.row()).max().unwrap_or(row);
    let alone = pages.is_over(&sheet, last);
    (sheet, alone)
}

fn formula_across(sheet: &mut AddedSheet, book: &KnownCells, row: u32, look: Look, expr: Expr) {
    span(sheet, row, (0, LAST), look, book.formula(expr));
}

/// A text or formula over some columns of a row.
pub(super) fn span(
    sheet: &mut AddedSheet,
    row: u32,
    (first, last): (u32, u32),
    look: Look,
    content: Content,
) {
    sheet.put(row, first, look, content);
    (first.saturating_add(1)..=last).for_each(|column| sheet.put(row, column, look, Content::Blank));
    if last > first {
        sheet.merge_row(row, first, last);
    }
}

fn words(text: &str) -> Content {
    if text.is_empty() { Content::Blank } else { Content::Text(text.to_owned()) }
}

fn is_number(cell: &Expr) -> Expr {
    Expr::call(Func::IsNumber, [cell.clone()])
}

/// Whether the result is a person's: who decided the grade and why, once the total and all scores stand.
fn standing(view: &View, layout: &Layout) -> Expr {
    let draft = || Expr::text(DRAFT);
    let total = &view.scored.card.total;
    let waits = total
        .overriding
        .as_ref()
        .is_some_and(|typed| !typed.verdict.counts() && typed.verdict != Verdict::Agrees);
    let inputs = summary::inputs_of_grade(view).filter(|_| !view.case.grades.is_empty() && !waits);
    let (Some(first), Some(grade), Some(sum)) = (inputs, summary::grade_cell(view), layout.total()) else {
        return draft();
    };
    let below = |rows: u32| {
        let cell = CellRef::new(first.cell.row().saturating_add(rows), first.cell.col());
        cell.map(|cell| Expr::Cell(CellAt::new(first.sheet.clone(), cell)))
    };
    let (Some(typed), Some(reason), Some(by)) = (below(0), below(1), below(2)) else { return draft() };
    let blank = |cell: &Expr| cell.clone().equals(Expr::text(""));
    let missing = [blank(&typed), blank(&reason), blank(&by), Expr::Cell(grade).equals(Expr::text(NO_GRADE))];
    let unsettled = Expr::call(Func::Not, [is_number(&Expr::Cell(sum))]);
    let said = join([Expr::text("评价等级由"), by, Expr::text("确定，理由："), reason]);
    Expr::call(Func::Or, missing.into_iter().chain([unsettled])).choose(draft(), said)
}

/// Total and grade, and of how many points they are.
fn total(
    sheet: &mut AddedSheet,
    view: &View,
    layout: &Layout,
    (book, open): (&KnownCells, &Waiting),
    row: u32,
) -> u32 {
    span(sheet, row, (0, 0), Look::TotalLabel, words("总分"));
    let sum = layout.total().map(Expr::Cell);
    let content = sum.clone().map_or(Content::Blank, |sum| book.formula(sum));
    span(sheet, row, (1, 1), Look::Total, content);
    span(sheet, row, (2, 4), Look::TotalLabel, words("评价等级"));
    let grade = summary::grade_cell(view).map_or(Content::Blank, |cell| book.formula(Expr::Cell(cell)));
    span(sheet, row, REASON, Look::TotalLabel, grade);
    let row = row.saturating_add(2);
    if let Some(sum) = sum {
        formula_across(sheet, book, row, Look::Text, so_far(view, layout, &sum));
    }
    let mut row = row;
    for (counted, words) in
        // Who settles it is said, for the agency signs below.
        [
            (true, "暂按单位自评得分计列，待核定。"),
            (false, "的得分待核定（原因见下），由财政部门核定后确定，核定前不定等级。"),
        ]
    {
        let those: Vec<(usize, Score)> = open
            .scored()
            .filter(|(.., counts)| *counts == counted)
            .map(|(index, score, _)| (index, score))
            .collect();
        if let Some(said) = for_now(layout, &those, words) {
            row = row.saturating_add(1);
            formula_across(sheet, book, row, Look::Text, said);
        }
    }
    row.saturating_add(2)
}

/// `其中3项指标暂按单位自评得分计列，待核定。`, as long as their scores are those of the run.
fn for_now(layout: &Layout, those: &[(usize, Score)], words: &str) -> Option<Expr> {
    let still = those.iter().filter_map(|(index, score)| {
        let [weight, cell, _] = layout.figures(*index);
        let same = Expr::Cell(cell?).equals(Expr::from(score.number()));
        Some((same.clone().choose(1, 0), same.choose(Expr::Cell(weight?), 0)))
    });
    let (counts, points): (Vec<Expr>, Vec<Expr>) = still.unzip();
    let count = counts.into_iter().reduce(Expr::plus)?;
    let points = points.into_iter().reduce(Expr::plus)?.round(2);
    let text = Expr::text;
    let said = [text("其中"), count.clone(), text("项指标（"), points, text("分）"), text(words)];
    let said = join(said);
    Some(count.equals(0).choose(Expr::text(""), said))
}

/// 已评80分中得74.61分，尚有1项20分待评.
fn so_far(view: &View, layout: &Layout, sum: &Expr) -> Expr {
    let scores: Vec<RangeAt> =
        own_runs(view).into_iter().filter_map(|(first, last)| layout.scores(first, last)).collect();
    let weights = own_weights(view, layout);
    let counted = |scores: &RangeAt, word: &str| {
        Expr::call(Func::CountIf, [Expr::Range(scores.clone()), Expr::text(word)])
    };
    let summed = |scores: &RangeAt, weights: &RangeAt, word: &str| {
        let [scores, weights] = [scores, weights].map(|range| Expr::Range(range.clone()));
        Expr::call(Func::SumIf, [scores, Expr::text(word), weights])
    };
    let full = Expr::call(Func::Sum, weights.iter().cloned().map(Expr::Range)).round(2);
    // What is beyond the whole waits, too, and is none of its points.
    let last = view.scored.card.indicators.len().checked_sub(1);
    let waiting = last.and_then(|last| layout.scores(0, last));
    // Of one whose source is another now more is said behind the word.
    let word = format!("{WAITING}*");
    let waiting = waiting.map(|all| counted(&all, &word));
    let waiting = waiting.unwrap_or_else(|| Expr::from(0));
    let both = scores.iter().zip(&weights);
    let points = both.map(|(scores, weights)| summed(scores, weights, &word));
    let points = points.reduce(Expr::plus).unwrap_or_else(|| Expr::from(0));
    let earned = Expr::call(Func::Sum, scores.iter().cloned().map(Expr::Range)).round(2);
    let text = Expr::text;
    let whole = join([text("满分"), full.clone(), text("分，得"), sum.clone(), text("分。")]);
    let part = [
        text("已评"),
        full.minus(points.clone()).round(2),
        text("分中得"),
        earned,
        text("分，尚有"),
        waiting.clone(),
        text("项"),
        points.clone().round(2),
        text("分待评。"),
    ];
    let asked = text("有内容待确认，暂不出总分，见“处理说明”和“问题清单”。");
    let beyond = join([text("加分或减分的指标尚有"), waiting.clone(), text("项待评。")]);
    let part = points.equals(0).choose(beyond, join(part));
    is_number(sum).choose(whole, waiting.equals(0).choose(asked, part))
}

fn levels(sheet: &mut AddedSheet, view: &View, layout: &Layout, book: &KnownCells, row: u32) -> u32 {
    let titles = ["一级指标", "二级指标", "分值", "得分", "扣分", "得分率"];
    let mut row = header(sheet, row, "各级指标得分", &titles);
    span(sheet, row.saturating_sub(1), REASON, Look::Header, words("得分率"));
    for (index, level) in view.scored.card.levels.iter().enumerate() {
        sheet.text(row, 0, Look::Centre, level.level1.as_str());
        sheet.text(row, 1, Look::Centre, level.level2.as_str());
        figures(sheet, book, row, |column| summary::level_cell(view, index, column));
        row = row.saturating_add(1);
    }
    span(sheet, row, (0, 1), Look::TotalLabel, words("合计"));
    figures(sheet, book, row, |column| summary::total_cell(view, column));
    if let Some(total) = layout.total() {
        sheet.put(row, SCORE, Look::Total, book.formula(Expr::Cell(total)));
    }
    row.saturating_add(2)
}

fn figures(sheet: &mut AddedSheet, book: &KnownCells, row: u32, cell: impl Fn(u32) -> Option<CellAt>) {
    for (column, look) in
        [(WEIGHT, Look::Points), (SCORE, Look::Points), (LOST, Look::Deduction), (RATE, Look::Rate)]
    {
        let content = cell(column).map_or(Content::Blank, |cell| book.formula(Expr::Cell(cell)));
        let last = if column == RATE { LAST } else { column };
        span(sheet, row, (column, last), look, content);
    }
}

fn titles_of_found(sheet: &mut AddedSheet, row: u32) {
    for ((first, last), title) in
        [(0, 0), (1, 1), (2, LAST)].into_iter().zip(["级别", "所在单元格", "事实与判定"])
    {
        span(sheet, row, (first, last), Look::Header, words(title));
    }
}

fn found_row(sheet: &mut AddedSheet, view: &View, row: u32, item: &issue::Item) {
    let look = if item.severity == Severity::Error { Look::Bad } else { Look::Caution };
    sheet.text(row, 0, look, item.severity.name());
    let at = item.place(|at| place(view, at)).unwrap_or_else(|| WHOLE.to_owned());
    sheet.text(row, 1, Look::Centre, at);
    let said = item.said(|finding| &finding.message).join("\n");
    span(sheet, row, (2, LAST), Look::Text, Content::Text(said));
}

/// What the agency is to look at, the gravest first.
fn findings(sheet: &mut AddedSheet, view: &View, pages: &mut Pages, row: u32) -> u32 {
    let row = section(sheet, row, "发现的问题");
    let items = issue::items(view.case, view.findings);
    let theirs = items.iter().filter(|item| item.reader == Reader::Agency && item.severity != Severity::Info);
    let mut theirs: Vec<_> = theirs.collect();
    theirs.sort_by_key(|item| item.severity);
    if theirs.is_empty() {
        span(sheet, row, (0, LAST), Look::Text, words("没有需要整改或说明的问题。"));
        return row.saturating_add(2);
    }
    let mut row = row;
    let head = row.saturating_sub(1);
    titles_of_found(sheet, row);
    for item in theirs.iter().take(MAX_FINDINGS) {
        row = row.saturating_add(1);
        found_row(sheet, view, row, item);
        if pages.ends(sheet, (head, head.saturating_add(2)), row) {
            titles_of_found(sheet, row);
            row = row.saturating_add(1);
            found_row(sheet, view, row, item);
        }
    }
    row = row.saturating_add(1);
    let rest = theirs.len().saturating_sub(MAX_FINDINGS);
    let is_hint = |item: &&issue::Item| item.reader == Reader::Agency && item.severity == Severity::Info;
    let hints = items.iter().filter(is_hint).count();
    let rest = if rest > 0 { format!("另有 {rest} 条，") } else { String::new() };
    let hints = if hints > 0 { format!("提示 {hints} 条没有列出，") } else { String::new() };
    let files = files(view).unwrap_or_default();
    sheet.across(row, Look::Remark, format!("{rest}{hints}处理意见见“问题清单”。{files}"));
    row.saturating_add(2)
}

/// What keeps grade or total open, beside the scores that wait.
fn to_confirm(sheet: &mut AddedSheet, view: &View, open: &Waiting, row: u32) -> u32 {
    let mut lines: Vec<String> = summary::questions(view).into_iter().collect();
    if view.findings.iter().any(|finding| finding.id.is_open_override()) {
        lines.push("改定缺少理由、改定人或待确认，见“问题清单”。".to_owned());
    }
    // What waits for a decision is said beside the total.
    let decided_above = open.scored().any(|(.., counts)| !counts);
    if lines.is_empty() && !decided_above && view.scored.card.total.open {
        lines.push("有内容没有采用或含义待确认，暂不定等级，见“问题清单”。".to_owned());
    }
    if lines.is_empty() {
        return row;
    }
    let mut row = section(sheet, row, &format!("{ASKED}事项"));
    for line in lines {
        span(sheet, row, (0, LAST), Look::Text, Content::Text(line));
        row = row.saturating_add(1);
    }
    row.saturating_add(1)
}
