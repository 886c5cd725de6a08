//! 评分明细: one row an indicator with everything its score came from.

use super::binding::{Bindings, WAITING, rate};
use super::known_cells::KnownCells;
use super::overrides;
use super::reasons::{self, Row};
use super::ruled::score_expr;
use super::sheet::{AddedSheet, Content, Look};
use super::shown_again;
use super::view::View;
use super::waiting::Waiting;
use super::write_back;
use crate::base::{CellAt, Number, RangeAt};
use crate::expr::{Expr, Func, Value};
use crate::model::{ASKED, Entry, Extra, Indicator, IndicatorScore, ScoreBand, State};
use crate::returned::OurSheet;
use crate::score::Derivation;
use crate::words::{self, Class};

mod layout;

pub(super) use layout::{FIRST, Layout, col};

const TITLES: [&str; 19] = [
    "序号",
    "一级指标",
    "二级指标",
    "三级指标",
    "分值",
    "评分标准",
    "计分规则",
    "指标值",
    "实际完成值",
    "完成率",
    "得分",
    "扣分",
    "扣分原因和办法",
    "状态",
    "所在单元格",
    "测算得分",
    "改定得分",
    "改定理由",
    "改定人",
];
const WIDTHS: [u16; 19] = [4, 6, 7, 12, 5, 15, 14, 11, 14, 8, 6, 6, 18, 9, 14, 8, 8, 18, 8];
/// The least width of a column of sentences.
const LEAST: u16 = 11;
/// The header row.
const HEADER: u32 = 2;

/// Builds the sheet. `score_place` gives the form's cell that holds the score formula of an indicator, if one does.
pub(super) fn build(
    view: &View,
    bindings: &Bindings,
    waiting: &Waiting,
    layout: &Layout,
    book: &mut KnownCells,
    score_place: &impl Fn(usize) -> Option<CellAt>,
) -> AddedSheet {
    let mut sheet = AddedSheet::new(&layout.sheet, &WIDTHS);
    sheet.landscape = true;
    sheet.header_rows = Some((HEADER, HEADER));
    sheet.printed_to = Some(col::STATE);
    sheet.title(OurSheet::Detail.heading());
    sheet.across(1, Look::Subtitle, view.subtitle());
    for (column, title) in (0_u32..).zip(TITLES) {
        let title = if column == col::SCORE { score_title(view, title) } else { title };
        sheet.text(HEADER, column, Look::Header, title);
    }
    for (index, result) in view.scored.card.indicators.iter().enumerate() {
        row(&mut sheet, view, bindings, waiting, layout, book, index, result, score_place(index));
    }
    totals(&mut sheet, view, layout, book);
    for column in [col::SCORE, col::STATE] {
        sheet.yellow_while_waiting(column, FIRST, layout.total_row());
    }
    let may_be_empty =
        [col::LEVEL1, col::LEVEL2, col::CRITERION, col::READING, col::TARGET, col::ACTUAL, col::RATE];
    sheet.leave_out_empty(HEADER, &may_be_empty, &[col::CRITERION, col::READING, col::NOTE]);
    sheet.deal_out(FIRST, &[col::CRITERION, col::READING, col::NOTE], LEAST);
    sheet
}

/// What our scores are called: beside a blank column of the agency's own they are no verdict.
pub(super) fn score_title<'t>(view: &View, title: &'t str) -> &'t str {
    if view.leaves_self_scores() {
        "测算得分（供复核参考，不代替单位自评得分）"
    } else {
        title
    }
}

#[expect(clippy::too_many_arguments, reason = "one row shows what every other part of the view knows")]
fn row(
    sheet: &mut AddedSheet,
    view: &View,
    bindings: &Bindings,
    waiting: &Waiting,
    layout: &Layout,
    book: &mut KnownCells,
    index: usize,
    result: &IndicatorScore,
    score_place: Option<CellAt>,
) {
    let row = Layout::row(index);
    let number = u32::try_from(index).unwrap_or(0).saturating_add(1);
    sheet.put(row, col::NUMBER, Look::Plain, Content::Number(Number::from(number)));
    sheet.text(row, col::LEVEL1, Look::Centre, result.level1.as_str());
    sheet.text(row, col::LEVEL2, Look::Centre, result.level2.as_str());
    sheet.text(row, col::NAME, Look::Text, result.name.as_str());
    let weight = view.entry(result, |i| i.weight_entry.as_ref()).filter(|entry| entry.cell.is_numeric());
    let weight = match weight.and_then(|entry| entry.at.clone()) {
        // What only takes points off is worth none.
        _ if result.extra == Some(Extra::Penalty) => Content::Number(Number::ZERO),
        Some(cell) => book.formula(Expr::Cell(cell)),
        None => Content::Number(result.weight.number()),
    };
    remember(book, layout, row, col::WEIGHT, &weight);
    sheet.put(row, col::WEIGHT, Look::Points, weight);
    let derivation = view.scored.derivations.get(index);
    let criterion = view.entry(result, |i| i.criterion.as_ref()).map(Entry::shown).unwrap_or_default();
    sheet.text(row, col::CRITERION, Look::Text, criterion.as_str());
    // A criterion speaks for itself; how it was read is said in the note of the score.
    let rule = result.reading.clone().filter(|_| criterion.trim().is_empty());
    sheet.text(row, col::READING, Look::Text, rule.unwrap_or_default());
    let told: [fn(&Indicator) -> String; 2] = [Indicator::target_shown, Indicator::actual_shown];
    let entries: [fn(&Indicator) -> Option<&Entry>; 2] = [|i| i.target.as_ref(), |i| i.actual.as_ref()];
    for ((column, told), which) in [col::TARGET, col::ACTUAL].into_iter().zip(told).zip(entries) {
        let entry = view.entry(result, which);
        let whole = view.indicator(result).map(told).unwrap_or_default();
        shown_again::put(
            sheet,
            book,
            (row, column),
            entry,
            &shown_again::around(view, result, entry, &whole),
        );
    }
    let promised = view.entry(result, |i| i.target.as_ref());
    rate_cell(sheet, bindings, layout, book, index, row, result, derivation, promised);
    let ruled = score_expr(view, bindings, layout, index).map(|expr| book.formula(expr));
    let ruled = ruled.and_then(|ruled| {
        remember(book, layout, row, col::RULED, &ruled);
        sheet.put(row, col::RULED, Look::Points, ruled);
        layout.at(row, col::RULED)
    });
    overrides::inputs(
        sheet,
        row,
        view.scored.card.indicators.get(index).and_then(|r| overrides::given(view, r)),
    );
    let on = Row { at: row, ruled: ruled.clone(), typed: score_place.is_some() || ruled.is_none() };
    let judged = result.score.filter(|_| result.state == State::Judged && result.overriding.is_none());
    let score = match (score_place, ruled, judged) {
        (Some(cell), ..) if write_back::is_ours(view, index) => book.formula(Expr::Cell(cell)),
        (Some(cell), ..) => {
            let typed = waiting_for(cell, result.band.as_ref());
            book.formula(overrides::over(view, layout, index, typed))
        }
        (None, Some(cell), _) => book.formula(overrides::over(view, layout, index, Expr::Cell(cell))),
        (None, None, Some(score)) => Content::Number(score.number()),
        (None, None, None) => book.formula(overrides::over(view, layout, index, Expr::text(WAITING))),
    };
    remember(book, layout, row, col::SCORE, &score);
    sheet.put(row, col::SCORE, Look::Points, score);
    if result.extra == Some(Extra::Bonus) {
        let none = Content::Text("—".to_owned());
        remember(book, layout, row, col::DEDUCTION, &none);
        sheet.put(row, col::DEDUCTION, Look::Deduction, none);
    } else if let Some((score, weight)) = layout.at(row, col::SCORE).zip(layout.at(row, col::WEIGHT)) {
        let lost = Expr::Cell(weight).minus(Expr::Cell(score.clone())).round(2);
        // Nothing is taken off where more was typed than there is.
        let above = result.deduction().is_some_and(crate::base::Score::is_negative);
        let lost = if above { lost.clone().below(0).choose(Expr::text("—"), lost) } else { lost };
        let deduction = Expr::call(Func::IsNumber, [Expr::Cell(score)]).choose(lost, Expr::text("—"));
        let deduction = book.formula(deduction);
        remember(book, layout, row, col::DEDUCTION, &deduction);
        sheet.put(row, col::DEDUCTION, Look::Deduction, deduction);
    }
    let note = reasons::note(view, bindings, waiting, layout, index, &on).map(|expr| book.formula(expr));
    let note = note.unwrap_or(Content::Blank);
    remember(book, layout, row, col::NOTE, &note);
    sheet.put(row, col::NOTE, Look::Text, note);
    let state = reasons::state(view, waiting, layout, index, &on).map(|expr| book.formula(expr));
    let state = state.unwrap_or(Content::Blank);
    remember(book, layout, row, col::STATE, &state);
    sheet.put(row, col::STATE, Look::Centre, state);
    sheet.link(row, col::PLACE, result.cell.as_ref());
}

/// The score of a cell that a person fills: its number, or that it waits; outside of the band of its grade no number counts.
fn waiting_for(cell: CellAt, band: Option<&ScoreBand>) -> Expr {
    let typed = Expr::Cell(cell);
    let within = band.map(|band| {
        let high = Expr::from(band.high.number());
        let below = if band.high_included { typed.clone().at_most(high) } else { typed.clone().below(high) };
        [typed.clone().at_least(Expr::from(band.low.number())), below]
    });
    let counts = match within {
        Some(within) => Expr::call(Func::And, within).choose(typed.clone(), Expr::text(WAITING)),
        None => typed.clone(),
    };
    Expr::call(Func::IsNumber, [typed]).choose(counts, Expr::text(WAITING))
}

#[expect(clippy::too_many_arguments, reason = "see row()")]
fn rate_cell(
    sheet: &mut AddedSheet,
    bindings: &Bindings,
    layout: &Layout,
    book: &KnownCells,
    index: usize,
    row: u32,
    result: &IndicatorScore,
    derivation: Option<&Derivation>,
    promised: Option<&Entry>,
) {
    // How much of a rate of spending was reached is read as if more had been spent than there was.
    let spending = words::of(Class::ExecutionRates).within(&result.name)
        && promised.is_some_and(|entry| entry.shown().contains('%'));
    let Some(found) = result.rate.filter(|_| !spending) else {
        sheet.put(row, col::RATE, Look::Centre, Content::Blank);
        return;
    };
    let expr = derivation.and_then(|derivation| rate(derivation, found.number(), promised));
    let content = match expr {
        Some(expr) => {
            let expr = bindings.bind(index, &expr, &|position| layout.kept(position));
            let live = bindings.of(index).any(|(_, kept)| kept.live.is_some());
            let quiet = || Expr::call(Func::IfError, [expr.clone(), Expr::text("")]);
            book.formula(if live { quiet() } else { expr })
        }
        None => Content::Number(found.number().round(10)),
    };
    sheet.put(row, col::RATE, Look::Rate, content);
}

fn remember(book: &mut KnownCells, layout: &Layout, row: u32, column: u32, content: &Content) {
    let value = match content {
        Content::Formula { value, .. } | Content::Typed { value, .. } => value.clone(),
        Content::Number(number) => Value::Number(*number),
        Content::Text(text) => Value::Text(text.clone()),
        Content::Blank | Content::Link { .. } | Content::File { .. } => return,
    };
    if let Some(cell) = layout.at(row, column) {
        book.know(cell, value);
    }
}

fn totals(sheet: &mut AddedSheet, view: &View, layout: &Layout, book: &mut KnownCells) {
    let row = layout.total_row();
    let Some(last) = view.scored.card.indicators.len().checked_sub(1) else { return };
    for column in 0..u32::try_from(TITLES.len()).unwrap_or(0) {
        sheet.put(row, column, Look::TotalLabel, Content::Blank);
    }
    sheet.text(row, col::NUMBER, Look::TotalLabel, "合计");
    sheet.merge_row(row, col::NUMBER, col::NAME);
    let weights = own_weights(view, layout);
    if !weights.is_empty() {
        let sum = book.formula(Expr::call(Func::Sum, weights.into_iter().map(Expr::Range)));
        remember(book, layout, row, col::WEIGHT, &sum);
        sheet.put(row, col::WEIGHT, Look::Total, sum);
    }
    if let Some(scores) = layout.scores(0, last) {
        let total = book.formula(sum_of_all(view, &[scores]));
        remember(book, layout, row, col::SCORE, &total);
        sheet.put(row, col::SCORE, Look::Total, total);
    }
    if let Some(deductions) = layout.deductions() {
        let sum = book.formula(Expr::call(Func::Sum, [Expr::Range(deductions)]).round(2));
        sheet.put(row, col::DEDUCTION, Look::Total, sum);
    }
}

/// The weights that make the whole, without those beyond it.
pub(super) fn own_weights(view: &View, layout: &Layout) -> Vec<RangeAt> {
    own_runs(view).into_iter().filter_map(|(first, last)| layout.weights(first, last)).collect()
}

/// The runs of indicators that make the whole: the positions of the first and last of each.
pub(super) fn own_runs(view: &View) -> Vec<(usize, usize)> {
    let results = &view.scored.card.indicators;
    let mut runs = Vec::new();
    let mut first = 0_usize;
    for end in 0..=results.len() {
        if results.get(end).is_some_and(|result| result.extra.is_none()) {
            continue;
        }
        if let Some(last) = end.checked_sub(1).filter(|last| *last >= first) {
            runs.push((first, last));
        }
        first = end.saturating_add(1);
    }
    runs
}

/// The sum of all scores. While one waits, it says so instead; where a part of the form was not read, that a person is asked.
pub(super) fn sum_of_all(view: &View, ranges: &[RangeAt]) -> Expr {
    let sum = sum_of_scores(ranges, view.scored.card.indicators.len(), view.cap());
    if !view.is_part_unread() {
        return sum;
    }
    let waits = sum.clone().equals(Expr::text(WAITING));
    waits.choose(Expr::text(WAITING), Expr::text(ASKED))
}

/// The sum of some score cells: `count` of them in all, at most the cap. While one waits, the sum says so instead.
pub(super) fn sum_of_scores(ranges: &[RangeAt], count: usize, cap: Option<Number>) -> Expr {
    let all = || ranges.iter().cloned().map(Expr::Range);
    let numbers = Expr::call(Func::Count, all());
    let count = Expr::from(u32::try_from(count).unwrap_or(u32::MAX));
    let sum = Expr::call(Func::Sum, all()).round(2);
    let sum = match cap {
        Some(cap) => sum.clone().above(Expr::from(cap)).choose(Expr::from(cap), sum),
        None => sum,
    };
    numbers.below(count).choose(Expr::text(WAITING), sum)
}
