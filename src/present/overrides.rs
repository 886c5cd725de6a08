//! Where a reviewer types another score on 评分明细 and another grade on 评分汇总, what our formulas make of it, and how it is
//! read back.

use super::book::Book;
use super::detail::{FIRST, Layout, col};
use super::sheet::{AddedSheet, Choice, Content, Look};
use super::view::View;
use super::write_back;
use crate::base::{CellAt, CellRef, RangeRef};
use crate::expr::{Expr, Func, Value, join};
use crate::model::{Extra, GRADE_LABELS, Given, IndicatorScore, Override, State, Verdict};
use crate::returned::{GivenRow, plain};
use crate::sheet::{Sheet, Value as CellValue};

/// What stands where a grade waits for a person's decision.
pub(super) const UNDECIDED: &str = "待确认";
/// 状态 of a score that a reviewer put there, without a reason or a name.
pub(super) const DRAFT: &str = "人工改定（初稿）";
/// Characters that are kept of what a person typed: as many as a cell holds beside what 扣分原因 says around them.
const MAX_CHARS: usize = 32_000;

/// What was typed beside an indicator before.
pub(super) fn given<'v>(view: &'v View, result: &IndicatorScore) -> Option<&'v Given> {
    let told = &view.case.overrides;
    told.given.get(&result.anchor(view.indicator(result))?).filter(|_| !told.taken_back)
}

/// What was typed for a score, in its cell.
fn content(given: &Given) -> Content {
    given.number.map_or_else(|| text(&given.value), Content::Number)
}

fn text(words: &str) -> Content {
    if words.is_empty() { Content::Blank } else { Content::Text(words.to_owned()) }
}

fn value(content: &Content) -> Value {
    match content {
        Content::Number(number) => Value::Number(*number),
        Content::Text(text) => Value::Text(text.clone()),
        _ => Value::Blank,
    }
}

/// Writes what was typed into the book, before any score is evaluated, and the points that it is held against.
pub(super) fn know(book: &mut Book, view: &View, layout: &Layout) {
    for (index, result) in view.scored.card.indicators.iter().enumerate() {
        let row = Layout::row(index);
        let typed = given(view, result).cloned().unwrap_or_default();
        let contents = [
            (col::GIVEN_SCORE, content(&typed)),
            (col::GIVEN_REASON, text(&typed.reason)),
            (col::GIVEN_BY, text(&typed.by)),
            (col::WEIGHT, Content::Number(result.weight.number())),
        ];
        for (column, content) in contents {
            if let Some(at) = layout.at(row, column) {
                book.know(at, value(&content));
            }
        }
    }
}

/// The inputs of a row of 评分明细.
pub(super) fn inputs(sheet: &mut AddedSheet, row: u32, typed: Option<&Given>) {
    let typed = typed.cloned().unwrap_or_default();
    sheet.put(row, col::GIVEN_SCORE, Look::Tick, content(&typed));
    sheet.put(row, col::GIVEN_REASON, Look::Input, text(&typed.reason));
    sheet.put(row, col::GIVEN_BY, Look::Input, text(&typed.by));
}

/// The inputs of 评分明细, with what they hold and the indicator.
pub(super) fn input_cells(view: &View, layout: &Layout) -> Vec<(CellAt, String, usize)> {
    let results = view.scored.card.indicators.iter().enumerate();
    let inputs = results.flat_map(|(index, result)| {
        let Given { value, number, reason, by } = given(view, result).cloned().unwrap_or_default();
        let value = number.map_or(value, |number| number.to_string());
        let all = [(col::GIVEN_SCORE, value), (col::GIVEN_REASON, reason), (col::GIVEN_BY, by)];
        let row = Layout::row(index);
        all.into_iter().filter_map(move |(column, words)| Some((layout.at(row, column)?, words, index)))
    });
    inputs.collect()
}

/// The same of the grade's on 评分汇总, the first of which is `first`.
pub(super) fn grade_input_cells(view: &View, first: Option<&CellAt>) -> Vec<(CellAt, String)> {
    let told = &view.case.overrides;
    let Given { value, reason, by, .. } = if told.taken_back { Given::default() } else { told.grade.clone() };
    let Some(first) = first.filter(|_| !view.case.grades.is_empty()) else { return Vec::new() };
    let cells = (0_u32..).zip([value, reason, by]).filter_map(|(below, words)| {
        let cell = CellRef::new(first.cell.row().checked_add(below)?, first.cell.col())?;
        Some((CellAt::new(first.sheet.clone(), cell), words))
    });
    cells.collect()
}

/// What counts of a score: what a reviewer typed on 评分明细 where that is one, else what the rule gives. What was typed and
/// does not count waits for the next run.
pub(super) fn over(view: &View, layout: &Layout, index: usize, ruled: Expr) -> Expr {
    let Some(result) = view.scored.card.indicators.get(index) else { return ruled };
    let waits = |typed: &Override| !typed.verdict.counts() && typed.verdict != Verdict::Agrees;
    let row = Layout::row(index);
    let cells = layout.at(row, col::GIVEN_SCORE).zip(layout.at(row, col::WEIGHT));
    let Some((typed, weight)) = cells.filter(|_| !result.overriding.as_ref().is_some_and(waits)) else {
        return ruled;
    };
    let (typed, weight) = (Expr::Cell(typed), Expr::Cell(weight));
    let (least, most) = match result.extra {
        Some(Extra::Penalty) => {
            let (least, most) = write_back::bounds(view, result);
            (Expr::from(least), Expr::from(most))
        }
        _ => (Expr::from(0), weight),
    };
    let is_number = Expr::call(Func::IsNumber, [typed.clone()]);
    let whole = typed.clone().round(2).equals(typed.clone());
    let within = [is_number, typed.clone().at_least(least), typed.clone().at_most(most), whole];
    // A text cannot be rounded.
    let is_one = Expr::call(Func::IfError, [Expr::call(Func::And, within), Expr::from(1).equals(0)]);
    is_one.choose(typed, ruled)
}

/// The cells of a row that say why and who.
struct Why {
    reason: Expr,
    by: Expr,
}

fn why(view: &View, layout: &Layout, index: usize) -> Option<Why> {
    let result = view.scored.card.indicators.get(index)?;
    let row = Layout::row(index);
    let in_form = result.overriding.as_ref().filter(|typed| typed.reason_in_form);
    let in_form = in_form.and_then(|_| view.entry(result, |i| i.reason.as_ref())?.at.clone());
    let reason = in_form.or_else(|| layout.at(row, col::GIVEN_REASON))?;
    Some(Why { reason: Expr::Cell(reason), by: Expr::Cell(layout.at(row, col::GIVEN_BY)?) })
}

impl Why {
    /// `then` where both are there, else `or`.
    fn whole(&self, then: Expr, or: Expr) -> Expr {
        let blank = |cell: &Expr| cell.clone().equals(Expr::text(""));
        Expr::call(Func::Or, [blank(&self.reason), blank(&self.by)]).choose(or, then)
    }
}

/// What is said of a score that a person put in the place of the computed one.
pub(super) fn said(score: Expr, ruled: Expr, reason: Expr, by: Expr) -> Expr {
    let words = Expr::text;
    let parts = [words("改定为"), score, words("分（按评分标准测算为"), ruled, words("分），改分人："), by];
    join(parts.into_iter().chain([words("，理由："), reason]))
}

/// The same while reason or name is missing.
pub(super) fn said_of_draft(score: Expr, ruled: Expr) -> Expr {
    let words = Expr::text;
    let parts = [words("得分"), score, words("分为人工填写，按评分标准测算为"), ruled];
    join(parts.into_iter().chain([words("分，请写明改分理由和改分人。")]))
}

/// What 扣分原因 says of a score that is not what the rule gives.
pub(super) fn note(view: &View, layout: &Layout, index: usize, score: Expr, ruled: Expr) -> Option<Expr> {
    let why = why(view, layout, index)?;
    let whole = said(score.clone(), ruled.clone(), why.reason.clone(), why.by.clone());
    Some(why.whole(whole, said_of_draft(score, ruled)))
}

/// What a person says of a score of his own where no rule gives one: `，理由：……，评分人：张三`.
pub(super) fn said_by_judge(layout: &Layout, row: u32) -> Option<Expr> {
    let part = |label: &str, column: u32| {
        let cell = Expr::Cell(layout.at(row, column)?);
        let words = join([Expr::text(label), cell.clone()]);
        Some(cell.equals(Expr::text("")).choose(Expr::text(""), words))
    };
    Some(join([part("，理由：", col::GIVEN_REASON)?, part("，评分人：", col::GIVEN_BY)?]))
}

/// 状态 of such a score.
pub(super) fn state(view: &View, layout: &Layout, index: usize) -> Option<Expr> {
    let name = Expr::text(super::reasons::state_name(State::Overridden));
    Some(why(view, layout, index)?.whole(name, Expr::text(DRAFT)))
}

/// 状态 of a score that no rule gives: one typed on 评分明细 wants reason and name.
pub(super) fn state_of_judged(view: &View, layout: &Layout, index: usize) -> Option<Expr> {
    let typed = Expr::Cell(layout.at(Layout::row(index), col::GIVEN_SCORE)?);
    let judged = || Expr::text(super::reasons::state_name(State::Judged));
    let whole = why(view, layout, index)?.whole(judged(), Expr::text(DRAFT));
    Some(Expr::call(Func::IsNumber, [typed]).choose(whole, judged()))
}

/// The inputs for the grade on 评分汇总, from a row on; gives the next free row.
pub(super) fn grade_inputs(
    sheet: &mut AddedSheet,
    view: &View,
    book: &mut Book,
    row: u32,
    (label, last_label): (u32, u32),
    (first_value, last_value): (u32, u32),
) -> u32 {
    let told = &view.case.overrides;
    let typed = if told.taken_back { Given::default() } else { told.grade.clone() };
    let mut row = row;
    for (title, words) in GRADE_LABELS.into_iter().zip([&typed.value, &typed.reason, &typed.by]) {
        sheet.text(row, label, Look::TotalLabel, title);
        for column in label.saturating_add(1)..=last_label {
            sheet.put(row, column, Look::TotalLabel, Content::Blank);
        }
        sheet.merge_row(row, label, last_label);
        let content = text(words);
        if let Some(at) = sheet.address(row, first_value) {
            book.know(at, value(&content));
        }
        sheet.put(row, first_value, Look::Tick, content);
        for column in first_value.saturating_add(1)..=last_value {
            sheet.put(row, column, Look::Tick, Content::Blank);
        }
        sheet.merge_row(row, first_value, last_value);
        if let (true, Some(cell)) = (title == GRADE_LABELS[0], CellRef::new(row, first_value)) {
            let options = view.case.grades.iter().map(|band| band.name.clone()).collect();
            sheet.choices.push(Choice { range: RangeRef::new(cell, cell), options });
        }
        row = row.saturating_add(1);
    }
    row
}

/// The grade that counts: what a person put in its place with reason and name, else what the total earns; none while a
/// score is a draft or anything waits for a decision. `inputs` is the cell of the first of the grade's inputs.
pub(super) fn grade(view: &View, layout: &Layout, inputs: Option<&CellAt>, earned: Expr) -> Expr {
    let total = &view.scored.card.total;
    let undecided = || Expr::text(UNDECIDED);
    let waits = total
        .overriding
        .as_ref()
        .is_some_and(|typed| !typed.verdict.counts() && typed.verdict != Verdict::Agrees);
    if total.open || waits {
        return undecided();
    }
    let drafts = layout
        .states()
        .map(|states| Expr::call(Func::CountIf, [Expr::Range(states), Expr::text(DRAFT)]).above(0));
    let settled = |grade: Expr| match drafts {
        Some(drafts) => drafts.choose(undecided(), grade),
        None => grade,
    };
    // Typed in the form's own cell, it stands there; the reason is on 评分汇总 all the same.
    let in_form = total.overriding.as_ref().and_then(|typed| typed.at.clone());
    let below = |rows: u32| {
        let at = inputs?;
        let cell = CellRef::new(at.cell.row().saturating_add(rows), at.cell.col())?;
        Some(Expr::Cell(CellAt::new(at.sheet.clone(), cell)))
    };
    let Some(((typed, reason), by)) =
        in_form.map(Expr::Cell).or_else(|| below(0)).zip(below(1)).zip(below(2))
    else {
        return settled(earned);
    };
    let chosen = Why { reason, by }.whole(typed.clone(), undecided());
    settled(typed.equals(Expr::text("")).choose(earned, chosen))
}

/// What was typed on a 评分明细 of an earlier run.
pub(super) fn scores(sheet: &Sheet) -> Vec<GivenRow> {
    let mut rows = Vec::new();
    for row in FIRST..=sheet.last_row().unwrap_or(0) {
        let index = row.saturating_sub(FIRST);
        // Below the indicators stands their total.
        if sheet.at(row, col::NUMBER).shown() != index.saturating_add(1).to_string() {
            break;
        }
        let words = |column: u32| cut(sheet.at(row, column).shown().trim());
        let typed = sheet.at(row, col::GIVEN_SCORE);
        let (value, number) = match &typed.value {
            CellValue::Number(number) => (number.to_string(), Some(*number)),
            _ => (cut(&typed.shown()), None),
        };
        let given = Given { value, number, reason: words(col::GIVEN_REASON), by: words(col::GIVEN_BY) };
        if !given.is_empty() {
            let (row, name) =
                (usize::try_from(index).unwrap_or(usize::MAX), sheet.at(row, col::NAME).shown());
            rows.push(GivenRow { row, name, given });
        }
    }
    rows
}

/// What was typed for the grade on a 评分汇总 of an earlier run, in this column.
pub(super) fn grade_given(sheet: &Sheet, label: u32, value: u32) -> Given {
    let last = sheet.last_row().unwrap_or(0);
    let typed = |title: &str| {
        let row = (0..=last).find(|row| sheet.at(*row, label).shown() == title);
        row.map(|row| cut(sheet.at(row, value).shown().trim())).unwrap_or_default()
    };
    let [value, reason, by] = GRADE_LABELS.map(typed);
    Given { value, number: None, reason, by }
}

/// As much of a person's words as is kept, with the line ends that all programs write alike.
fn cut(text: &str) -> String {
    plain(text).chars().take(MAX_CHARS).collect()
}
