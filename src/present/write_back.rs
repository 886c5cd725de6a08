//! What is written into the agency's own forms: scores, totals, grade and deduction notes, each only into a blank
//! cell of a column that is ours.

use std::collections::{BTreeMap, BTreeSet};

use super::across_files;
use super::binding::{STALE, WAITING};
use super::detail::{Layout, col, sum_of_all, sum_of_scores};
use super::fit;
use super::known_cells::KnownCells;
use super::overrides;
use super::sheet::Content;
use super::summary::inputs_of_grade;
use super::view::View;
use crate::base::{CellAt, Number, RangeAt, RangeRef, SheetId};
use crate::expr::{Expr, Func, Value, formula, guard};
use crate::model::{Entry, Extra, Indicator, IndicatorScore, NO_GRADE, State, SummaryRow, TotalRow};
use crate::xlsx::{Cached, CellEdit, RowEdit, StylePatch, ValidationEdit};

/// Edits of the agency's cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct WriteBack {
    pub(super) cells: Vec<CellEdit<SheetId>>,
    pub(super) validations: Vec<ValidationEdit<SheetId>>,
    /// Rows that grow with what is written into them.
    pub(super) rows: Vec<RowEdit<SheetId>>,
    /// What a person had typed in the cells that are written over, as it was shown.
    pub(super) replaced: BTreeMap<CellAt, String>,
    /// Cells of other files than the scored form's: no formula can follow it from there, so they hold values.
    pub(super) fixed: BTreeSet<CellAt>,
}

/// The form's cell that shall hold, or holds, the score of the indicator at this position among the results: ours
/// to fill, or a person's where no rule decides.
pub(super) fn score_place(view: &View, index: usize) -> Option<CellAt> {
    let result = view.scored.card.indicators.get(index)?;
    let indicator = view.indicator(result)?;
    if is_ours(view, index) {
        return score_cell(view, indicator).map(|(at, _)| at);
    }
    let entry = indicator.score.as_ref().or(indicator.stated_score.as_ref())?;
    // A judged score on another scale is known, but does not stand in its cell.
    let elsewhere = indicator.rescaled && result.state == State::Judged;
    entry.at.clone().filter(|_| !elsewhere)
}

/// Whether the score of the indicator at this position is a formula of ours: a rule decides, or will once the items
/// of its checklist are ticked, or it is typed on 评分明细.
pub(super) fn is_ours(view: &View, index: usize) -> bool {
    let Some(result) = view.scored.card.indicators.get(index) else { return false };
    let ticks = view.scored.derivations.get(index).is_some_and(|derivation| derivation.ticks);
    let beside = result.overriding.as_ref().is_some_and(|typed| typed.verdict.counts() && !typed.in_form);
    match result.state {
        State::Computed => true,
        State::Overridden | State::Judged => beside,
        State::Pending => ticks,
    }
}

/// The form's cell that our score goes into, and what a person typed there before: a blank one, or with
/// `--replace-scores` one that holds a score. Where the form has a column for the agency's score and one for the
/// reviewer's, only the reviewer's is ever ours.
fn score_cell(view: &View, indicator: &Indicator) -> Option<(CellAt, Option<String>)> {
    let entry = indicator.score.as_ref().or_else(|| replaceable(view, indicator.stated_score.as_ref()))?;
    if !view.case.write_back.score || view.leaves_self_scores() {
        return None;
    }
    fillable(view, entry)
}

/// An entry that may be written into: blank, or with `--replace-scores` a typed number.
fn fillable(view: &View, entry: &Entry) -> Option<(CellAt, Option<String>)> {
    if let Some(at) = blank_cell(view, Some(entry)) {
        return Some((at, None));
    }
    let typed = replaceable(view, Some(entry))?;
    let at = typed.at.clone().filter(|at| !view.locked.is_locked(at))?;
    Some((at, Some(typed.shown())))
}

/// An entry with a typed number, where typed scores are to be replaced.
fn replaceable<'e>(view: &View, entry: Option<&'e Entry>) -> Option<&'e Entry> {
    entry.filter(|entry| view.run.replace_scores && entry.number().is_some())
}

/// The cell of an entry that is blank and can be edited.
fn blank_cell(view: &View, entry: Option<&Entry>) -> Option<CellAt> {
    let entry = entry.filter(|entry| entry.is_blank())?;
    entry.at.clone().filter(|at| !view.locked.is_locked(at))
}

/// A cell edit that puts a formula with its value, and in another file than the scored form's the value alone.
fn put(view: &View, edits: &mut WriteBack, at: &CellAt, content: &Content) {
    put_styled(view, edits, at, content, StylePatch::default());
}

fn put_styled(view: &View, edits: &mut WriteBack, at: &CellAt, content: &Content, style: StylePatch) {
    let fixed = match (across_files::cell(view, at), content) {
        (None, Content::Formula { value, .. }) if is_waiting(value) => return,
        (None, Content::Formula { value, .. }) => Some(across_files::fixed(value)),
        _ => None,
    };
    if fixed.is_some() {
        edits.fixed.insert(at.clone());
    }
    let content = match fixed.as_ref().unwrap_or(content) {
        Content::Formula { expr, value } => {
            let (Some(expr), Some(at)) = (across_files::expr(view, expr), across_files::cell(view, at))
            else {
                return;
            };
            // A formula that Excel could not hold is not written; 评分明细 still shows the score.
            let Ok(text) = formula(&expr, Some(&at.sheet.name)) else { return };
            crate::xlsx::Content::Formula { text, cached: cached(value) }
        }
        Content::Text(text) => crate::xlsx::Content::Text(text.clone()),
        Content::Number(number) => crate::xlsx::Content::Number(*number),
        // What a person typed stands on our sheets alone.
        Content::Blank | Content::Typed { .. } | Content::Link { .. } | Content::File { .. } => return,
    };
    edits.cells.push(CellEdit { sheet: at.sheet.clone(), cell: at.cell, content: Some(content), style });
}

/// Whether a value only says that there is none yet: as a value of its own it would never change.
fn is_waiting(value: &Value) -> bool {
    matches!(value, Value::Text(word) if ["", STALE, WAITING, NO_GRADE].contains(&word.as_str()))
}

fn cached(value: &Value) -> Cached {
    match value {
        Value::Blank => Cached::Text(String::new()),
        Value::Number(number) => Cached::Number(*number),
        Value::Text(text) => Cached::Text(text.clone()),
        Value::Bool(flag) => Cached::Bool(*flag),
        Value::Error(error) => Cached::Error(error.code().to_owned()),
    }
}

/// Scores into the form: formulas where a rule decides, an input with bounds where a person must.
///
/// `expr` gives the score's expression of the indicator at a position.
pub(super) fn scores(
    view: &View,
    layout: &Layout,
    book: &mut KnownCells,
    expr: &impl Fn(usize) -> Option<Expr>,
) -> WriteBack {
    let mut edits = WriteBack::default();
    for (index, result) in view.scored.card.indicators.iter().enumerate() {
        let Some(at) = score_place(view, index) else { continue };
        match result.state {
            _ if is_ours(view, index) => {
                let expr = expr(index).unwrap_or_else(|| Expr::text(WAITING));
                let expr = overrides::over(view, layout, index, expr);
                let content = book.formula(expr);
                if let Content::Formula { value, .. } = &content {
                    book.know(at.clone(), value.clone());
                }
                put(view, &mut edits, &at, &content);
                let before = view.indicator(result).and_then(|indicator| score_cell(view, indicator)?.1);
                edits.replaced.extend(before.map(|before| (at, before)));
            }
            State::Pending if !view.locked.is_locked(&at) => {
                let (min, max) = bounds(view, result);
                edits.validations.push(ValidationEdit {
                    sheet: at.sheet.clone(),
                    cell: at.cell,
                    min,
                    max,
                    message: format!("请填写 {min} 至 {max} 之间的分数"),
                });
            }
            _ => {}
        }
    }
    edits
}

/// What a person may type: what takes points off is below zero.
pub(super) fn bounds(view: &View, result: &IndicatorScore) -> (Number, Number) {
    if result.extra != Some(Extra::Penalty) {
        return (Number::ZERO, result.weight.number());
    }
    let most = view.indicator(result).and_then(|indicator| indicator.weight);
    let most = most.map_or(Number::from(100), crate::base::Weight::number);
    (Number::ZERO.minus(most).unwrap_or_default(), Number::ZERO)
}

/// Deduction notes into blank reason cells: each follows the one on 评分明细.
pub(super) fn reasons(view: &View, book: &KnownCells, layout: &Layout, edits: &mut WriteBack) {
    let Some(form) = &view.case.score_form else { return };
    for (index, result) in view.scored.card.indicators.iter().enumerate() {
        let indicator = view.indicator(result);
        // Where the score is not ours, neither is the reason.
        let computed = result.state != State::Pending && is_ours(view, index);
        let wanted = view.case.write_back.reason && computed;
        // Beside a score that we replace, the blank is the agency's to explain.
        if !wanted || score_place(view, index).is_none_or(|at| edits.replaced.contains_key(&at)) {
            continue;
        }
        let Some(at) = blank_cell(view, indicator.and_then(|i| i.reason.as_ref())) else { continue };
        let Some(note) = layout.at(Layout::row(index), col::NOTE) else { continue };
        let content = book.formula(Expr::Cell(note));
        let Content::Formula { value: Value::Text(text), .. } = &content else { continue };
        // The room is known of the form's own sheet; its table may go on in another.
        let room = view.geometry.room(at.cell).filter(|_| at.sheet == form.sheet);
        edits.rows.extend(fit::row(at.sheet.clone(), at.cell, text, room));
        put_styled(view, edits, &at, &content, fit::wrapped());
    }
}

/// Total and grade of the scored form, and a blank score summary.
pub(super) fn totals(view: &View, book: &mut KnownCells, layout: &Layout, edits: &mut WriteBack) {
    let Some(form) = &view.case.score_form else { return };
    let ranges = own_column(view).or_else(|| {
        let last = view.scored.card.indicators.len().checked_sub(1)?;
        layout.scores(0, last).map(|range| vec![range])
    });
    let Some(ranges) = ranges else { return };
    let sum = sum_of_all(view, &ranges);
    if !view.leaves_self_scores() {
        total_row(view, book, layout, edits, &form.total, sum);
    }
    let Some(summary) = view.case.summary.as_ref().filter(|_| view.case.write_back.summary) else { return };
    for row in &summary.rows {
        if let Some(((at, before), expr)) = fillable(view, &row.score).zip(level_sum(view, layout, row)) {
            let content = book.formula(expr);
            put(view, edits, &at, &content);
            edits.replaced.extend(before.map(|before| (at, before)));
        }
    }
    if let Some(total) = layout.total() {
        total_row(view, book, layout, edits, &summary.total, Expr::Cell(total));
    }
}

fn total_row(
    view: &View,
    book: &mut KnownCells,
    layout: &Layout,
    edits: &mut WriteBack,
    row: &TotalRow,
    sum: Expr,
) {
    // A total that stands in the text of its label (总分：98.5) is no cell of its own.
    let stated = replaceable(view, row.stated_score.as_ref()).filter(|entry| entry.cell.is_numeric());
    let total = row.score.as_ref().or(stated).filter(|_| view.case.write_back.total);
    let total = total.and_then(|entry| fillable(view, entry));
    if let Some((at, before)) = &total {
        let content = book.formula(sum);
        if let Content::Formula { value, .. } = &content {
            book.know(at.clone(), value.clone());
        }
        put(view, edits, at, &content);
        edits.replaced.extend(before.clone().map(|before| (at.clone(), before)));
    }
    let grade = row.grade.as_ref().filter(|_| view.case.write_back.grade);
    let grade = grade.and_then(|entry| grade_cell(view, entry));
    if let Some(((at, before), total)) = grade.zip(total.map(|(at, _)| at).or_else(|| layout.total()))
        && let Some(expr) = grade_of(view, layout, inputs_of_grade(view).as_ref(), total)
    {
        let content = book.formula(expr);
        put(view, edits, &at, &content);
        edits.replaced.extend(before.map(|before| (at, before)));
    }
}

/// The cell that our grade goes into: a blank one, or with `--replace-scores` one that holds nothing but a grade.
fn grade_cell(view: &View, entry: &Entry) -> Option<(CellAt, Option<String>)> {
    if let Some(at) = blank_cell(view, Some(entry)) {
        return Some((at, None));
    }
    let shown = entry.shown();
    let is_grade = view.case.grades.iter().any(|band| band.name == shown.trim());
    let at =
        entry.at.clone().filter(|at| view.run.replace_scores && is_grade && !view.locked.is_locked(at))?;
    Some((at, Some(shown)))
}

/// The score cells of the form itself, where every indicator's score stands there: then the form adds up its own
/// column. Rows between the indicators (subtotals) are left out.
fn own_column(view: &View) -> Option<Vec<RangeAt>> {
    // What stands there and does not count must not be added.
    if view.scored.card.indicators.iter().any(|result| result.outside.is_some()) {
        return None;
    }
    let mut ranges: Vec<RangeAt> = Vec::new();
    for index in 0..view.scored.card.indicators.len() {
        let at = score_place(view, index)?;
        match ranges.last_mut() {
            Some(range)
                if range.sheet == at.sheet
                    && range.range.last.col() == at.cell.col()
                    && range.range.last.row().checked_add(1) == Some(at.cell.row()) =>
            {
                range.range = RangeRef::new(range.range.first, at.cell);
            }
            _ => ranges.push(RangeAt { sheet: at.sheet, range: RangeRef::new(at.cell, at.cell) }),
        }
    }
    (!ranges.is_empty()).then_some(ranges)
}

/// The score of a summary's level 2, from 评分明细.
fn level_sum(view: &View, layout: &Layout, row: &SummaryRow) -> Option<Expr> {
    let level = row.matches(&view.scored.card.levels)?;
    level_expr(view, layout, &level.level1, &level.level2)
}

/// The sum of the scores of one level 2, over 评分明细.
pub(super) fn level_expr(view: &View, layout: &Layout, level1: &str, level2: &str) -> Option<Expr> {
    let (ranges, count) = runs(view, level1, level2, |first, last| layout.scores(first, last));
    (count > 0).then(|| sum_of_scores(&ranges, count, None))
}

/// The runs of consecutive rows of 评分明细 that belong to one level 2, and how many rows they are.
pub(super) fn runs(
    view: &View,
    level1: &str,
    level2: &str,
    range: impl Fn(usize, usize) -> Option<RangeAt>,
) -> (Vec<RangeAt>, usize) {
    let inside = |index: usize| {
        view.scored.card.indicators.get(index).is_some_and(|i| i.level1 == level1 && i.level2 == level2)
    };
    let mut ranges = Vec::new();
    let mut count = 0_usize;
    let mut start = None;
    let len = view.scored.card.indicators.len();
    for index in 0..=len {
        match (inside(index), start) {
            (true, None) => start = Some(index),
            (false, Some(first)) => {
                ranges.extend(range(first, index.saturating_sub(1)));
                start = None;
            }
            _ => {}
        }
        if inside(index) {
            count = count.saturating_add(1);
        }
    }
    (ranges, count)
}

/// The grade of a total: bands are out of 100, lower bounds included; a total that is no number yet earns none.
pub(super) fn grade_of(view: &View, layout: &Layout, inputs: Option<&CellAt>, total: CellAt) -> Option<Expr> {
    let cell = Expr::Cell(total);
    let full = view.scored.card.total.full.number();
    let points =
        if full == Number::from(100) { cell.clone() } else { cell.clone().times(100).over(Expr::from(full)) };
    let lowest = Expr::text(view.case.grades.last()?.name.as_str());
    let mut bands = view.case.grades.iter().rev().skip(1);
    let grade = bands.try_fold(lowest, |worse, band| {
        let reached = guard(points.clone()).at_least(Expr::from(band.from.number()));
        Some(reached.choose(Expr::text(band.name.as_str()), worse))
    })?;
    let grade = overrides::grade(view, layout, inputs, grade);
    Some(Expr::call(Func::IsNumber, [cell]).choose(grade, Expr::text(NO_GRADE)))
}
