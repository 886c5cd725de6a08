//! Where a reviewer types another score on 评分明细 and another grade on 评分汇总, what our formulas make of it, and how it is
//! read back.

use super::detail::{FIRST, Layout, col};
use super::known_cells::KnownCells;
use super::sheet::{AddedSheet, Choice, Content, Look};
use super::view::View;
use super::write_back;
use crate::base::{CellAt, CellRef, RangeRef};
use crate::expr::{Expr, Func, Value, join};
use crate::model::{
    Extra, GRADE_LABELS, Given, IndicatorScore, NO_GRADE, Override, PROVISIONAL, State, TO_DECIDE,
    TypedFormula, Verdict, Voice,
};
use crate::returned::{GivenRow, references};
use crate::sheet::{Sheet, Value as CellValue};

/// 状态 of a score that a reviewer put there, without a reason or a name.
pub(super) const DRAFT: &str = "人工改定（初稿）";
/// Characters that are kept of what a person typed: as many as a cell holds beside what 扣分原因 says around them.
const MAX_CHARS: usize = 32_000;

/// The columns of 评分明细 that a reviewer types into.
pub(super) const INPUTS: [u32; 3] = [col::GIVEN_SCORE, col::GIVEN_REASON, col::GIVEN_BY];

/// What was typed beside an indicator before.
pub(super) fn given<'v>(view: &'v View, result: &IndicatorScore) -> Option<&'v Given> {
    let told = &view.case.overrides;
    told.given.get(&result.anchor(view.indicator(result))?).filter(|_| !told.taken_back)
}

/// What was typed, as it is written into these cells.
fn contents(given: &Given, cells: &[Option<CellAt>; 3]) -> [Content; 3] {
    let Given { value, number, reason, by, formulas } = given;
    let [score_at, reason_at, by_at] = cells;
    let [of_score, of_reason, of_by] = formulas;
    let score = number.map_or_else(|| text(value), Content::Number);
    [
        as_typed(of_score.as_ref(), score, score_at.as_ref()),
        as_typed(of_reason.as_ref(), text(reason), reason_at.as_ref()),
        as_typed(of_by.as_ref(), text(by), by_at.as_ref()),
    ]
}

/// A formula stays the person's where it means the same in the cell that it is written into; else it is shown, and asked
/// about as a text that is no score.
pub(super) fn as_typed(formula: Option<&TypedFormula>, result: Content, to: Option<&CellAt>) -> Content {
    let Some(formula) = formula else { return result };
    let moved = to != Some(&formula.at);
    let follows = || {
        references(&formula.text, &formula.at.sheet.name)
            .iter()
            .any(|at| at.sheet.name == formula.at.sheet.name)
    };
    // A function of later programs is written in a way of its own, and an array is no formula of one cell.
    let is_odd = formula.text.contains("_xl") || formula.text.ends_with('}');
    if is_odd || (moved && follows()) {
        return Content::Text(formula.shown());
    }
    let without = matches!(&result, Content::Text(words) if *words == formula.shown());
    let value = if without { Value::Blank } else { value(&result) };
    Content::Typed { text: formula.text.clone(), value }
}

pub(super) fn text(words: &str) -> Content {
    if words.is_empty() { Content::Blank } else { Content::Text(words.to_owned()) }
}

fn value(content: &Content) -> Value {
    match content {
        Content::Number(number) => Value::Number(*number),
        Content::Text(text) => Value::Text(text.clone()),
        Content::Typed { value, .. } => value.clone(),
        _ => Value::Blank,
    }
}

/// Writes what was typed into the book, before any score is evaluated, and the points that it is held against.
pub(super) fn know(book: &mut KnownCells, view: &View, layout: &Layout) {
    for (index, result) in view.scored.card.indicators.iter().enumerate() {
        let row = Layout::row(index);
        let typed = given(view, result).cloned().unwrap_or_default();
        let cells = INPUTS.map(|column| layout.at(row, column));
        let contents = contents(&typed, &cells);
        let weight = (layout.at(row, col::WEIGHT), Content::Number(result.weight.number()));
        for (at, content) in cells.into_iter().zip(contents).chain([weight]) {
            if let Some(at) = at {
                book.know(at, value(&content));
            }
        }
    }
}

/// The inputs of a row of 评分明细.
pub(super) fn inputs(sheet: &mut AddedSheet, row: u32, typed: Option<&Given>) {
    let typed = typed.cloned().unwrap_or_default();
    let contents = contents(&typed, &INPUTS.map(|column| sheet.address(row, column)));
    let looks = [Look::Tick, Look::Input, Look::Input];
    for ((column, look), content) in INPUTS.into_iter().zip(looks).zip(contents) {
        sheet.put(row, column, look, content);
    }
}

/// The inputs of 评分明细, with what they hold and the indicator.
pub(super) fn input_cells(view: &View, layout: &Layout) -> Vec<(CellAt, String, usize)> {
    let results = view.scored.card.indicators.iter().enumerate();
    let inputs = results.flat_map(|(index, result)| {
        let typed = given(view, result).cloned().unwrap_or_default();
        let row = Layout::row(index);
        let cells = INPUTS.map(|column| layout.at(row, column));
        held(&typed, cells).into_iter().map(move |(at, words)| (at, words, index))
    });
    inputs.collect()
}

/// The same of the grade's on 评分汇总, the first of which is `first`.
pub(super) fn grade_input_cells(view: &View, first: Option<&CellAt>) -> Vec<(CellAt, String)> {
    let told = &view.case.overrides;
    let typed = if told.taken_back { Given::default() } else { told.grade.clone() };
    let Some(first) = first.filter(|_| !view.case.grades.is_empty()) else { return Vec::new() };
    let below = |rows: u32| {
        let cell = CellRef::new(first.cell.row().checked_add(rows)?, first.cell.col())?;
        Some(CellAt::new(first.sheet.clone(), cell))
    };
    held(&typed, [0, 1, 2].map(below))
}

/// What these cells hold of what was typed, as it is seen there.
fn held(typed: &Given, cells: [Option<CellAt>; 3]) -> Vec<(CellAt, String)> {
    let contents = contents(typed, &cells);
    let words = contents.map(|content| match value(&content) {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text,
        Value::Blank | Value::Bool(_) | Value::Error(_) => String::new(),
    });
    cells.into_iter().zip(words).filter_map(|(at, words)| Some((at?, words))).collect()
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
    let parts = [words("改定为"), score, words("分（按评分标准测算为"), ruled, words("分），改定人："), by];
    join(parts.into_iter().chain([words("，理由："), reason]))
}

/// The same while reason or name is missing.
pub(super) fn said_of_draft(score: Expr, ruled: Expr) -> Expr {
    let words = Expr::text;
    let parts = [words("得分"), score, words("分为人工填写，按评分标准测算为"), ruled];
    join(parts.into_iter().chain([words("分，请写明改定理由和改定人。")]))
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
    let name = Expr::text(State::Overridden.name());
    Some(why(view, layout, index)?.whole(name, Expr::text(DRAFT)))
}

/// Whose score it is that no rule gives: the agency's own, where it stands in its form and nothing is typed on 评分明细.
pub(super) fn who_judged(result: &IndicatorScore, layout: &Layout, row: u32) -> Option<Expr> {
    let judged = Expr::text(State::Judged.name());
    let own = result.voice == Some(Voice::Agency) && result.overriding.is_none();
    if !own {
        return Some(judged);
    }
    let typed = Expr::Cell(layout.at(row, col::GIVEN_SCORE)?);
    Some(Expr::call(Func::IsNumber, [typed]).choose(judged, Expr::text(Voice::Agency.name())))
}

/// 状态 of a score that no rule gives: one typed on 评分明细 wants reason and name.
pub(super) fn state_of_judged(view: &View, layout: &Layout, index: usize) -> Option<Expr> {
    let row = Layout::row(index);
    let typed = Expr::Cell(layout.at(row, col::GIVEN_SCORE)?);
    let judged = Expr::text(State::Judged.name());
    let whole = why(view, layout, index)?.whole(judged, Expr::text(DRAFT));
    let who = who_judged(view.scored.card.indicators.get(index)?, layout, row)?;
    Some(Expr::call(Func::IsNumber, [typed]).choose(whole, who))
}

/// The inputs for the grade on 评分汇总, from a row on; gives the next free row.
pub(super) fn grade_inputs(
    sheet: &mut AddedSheet,
    view: &View,
    book: &mut KnownCells,
    row: u32,
    (label, last_label): (u32, u32),
    (first_value, last_value): (u32, u32),
) -> u32 {
    let told = &view.case.overrides;
    let typed = if told.taken_back { Given::default() } else { told.grade.clone() };
    let mut row = row;
    let cells = [0, 1, 2].map(|below| sheet.address(row.saturating_add(below), first_value));
    for (title, content) in GRADE_LABELS.into_iter().zip(contents(&typed, &cells)) {
        sheet.text(row, label, Look::TotalLabel, title);
        for column in label.saturating_add(1)..=last_label {
            sheet.put(row, column, Look::TotalLabel, Content::Blank);
        }
        sheet.merge_row(row, label, last_label);
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
    let undecided = || Expr::text(NO_GRADE);
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
    let waits = format!("{TO_DECIDE}*");
    let waits = layout
        .states()
        .filter(|_| total.provisional)
        .map(|states| Expr::call(Func::CountIf, [Expr::Range(states), Expr::text(waits)]).above(0));
    // As long as one of those that waited when it was scored waits still.
    let earned = match waits {
        Some(waits) => join([earned, waits.choose(Expr::text(PROVISIONAL), Expr::text(""))]),
        None => earned,
    };
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
        let [score, (reason, of_reason), (by, of_by)] = INPUTS.map(|column| typed(sheet, row, column));
        let (value, number) = match &sheet.at(row, col::GIVEN_SCORE).value {
            CellValue::Number(number) => (number.to_string(), Some(*number)),
            _ => (decided(&score), None),
        };
        let given = Given { value, number, reason, by, formulas: [score.1, of_reason, of_by] };
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
        row.map(|row| typed(sheet, row, value)).unwrap_or_default()
    };
    let [grade, (reason, of_reason), (by, of_by)] = GRADE_LABELS.map(typed);
    let value = decided(&grade);
    Given { value, number: None, reason, by, formulas: [grade.1, of_reason, of_by] }
}

/// What was typed in a cell, and its formula where it is one.
pub(super) fn typed(sheet: &Sheet, row: u32, column: u32) -> (String, Option<TypedFormula>) {
    let cell = sheet.at(row, column);
    let at = CellRef::new(row, column).map(|at| sheet.address(at));
    let formula = cell.formula.clone().zip(at).map(|(text, at)| TypedFormula { at, text });
    let shown = Some(cell.shown()).filter(|shown| !shown.trim().is_empty());
    (cut(&shown.unwrap_or_default()), formula)
}

/// A score or grade that was typed: of a formula without a result the formula itself, which is asked about.
fn decided((shown, formula): &(String, Option<TypedFormula>)) -> String {
    let without = formula.as_ref().filter(|_| shown.is_empty());
    without.map_or_else(|| shown.clone(), TypedFormula::shown)
}

/// As much of a person's words as is kept, each as it was typed.
fn cut(text: &str) -> String {
    text.chars().take(MAX_CHARS).collect()
}
