//! 扣分原因 and 状态 on 评分明细: both follow the score, whoever changes what it comes from.

use super::binding::{Bindings, STALE};
use super::detail::{Layout, col};
use super::notes::beside_situation;
use super::overrides;
use super::view::View;
use super::waiting::Waiting;
use crate::base::CellAt;
use crate::expr::{Expr, Func, Var, formula, join};
use crate::model::{Extra, IndicatorScore, State, TO_DECIDE, Voice};

/// What is said while a source text is no longer the one that was read.
const STALE_WORDS: &str =
    "评分所依据的单元格（评分标准、指标值或实际完成值）已改动，请把本文件交回重新评分。";
/// What is said where the rule has no answer for what was filled in.
const OPEN_WORDS: &str = "评分标准没有写明这种情形怎样得分，请由评审人员打分。";

/// What is known of a row before its words are made.
pub(super) struct Row {
    pub(super) at: u32,
    /// The cell of what the rule gives.
    pub(super) ruled: Option<CellAt>,
    /// Whether the score stands in a cell of the form, where a person may type over it.
    pub(super) typed: bool,
}

fn is_number(cell: &Expr) -> Expr {
    Expr::call(Func::IsNumber, [cell.clone()])
}

fn text(words: &str) -> Expr {
    join([Expr::text(words)])
}

/// Why points came off, why they wait for a decision, or what a person must do; `None` where there is nothing to say.
pub(super) fn note(
    view: &View,
    bindings: &Bindings,
    waiting: &Waiting,
    layout: &Layout,
    index: usize,
    on: &Row,
) -> Option<Expr> {
    let note = settled(view, bindings, layout, index, on);
    if !waiting.holds(index) {
        return note;
    }
    let (score, typed) = (layout.at(on.at, col::SCORE)?, layout.at(on.at, col::GIVEN_SCORE)?);
    let note = note.unwrap_or_else(|| Expr::text(""));
    Some(waiting.why(index, &Expr::Cell(score), Expr::Cell(typed), note))
}

/// The same of one whose points wait for nobody.
fn settled(view: &View, bindings: &Bindings, layout: &Layout, index: usize, on: &Row) -> Option<Expr> {
    let result = view.scored.card.indicators.get(index)?;
    let score = Expr::Cell(layout.at(on.at, col::SCORE)?);
    let lost = Expr::Cell(layout.at(on.at, col::DEDUCTION)?);
    let refusal = result.refusal.as_deref().map(text);
    let who = overrides::who_judged(result, layout, on.at)?;
    let by_person = by_person(result, &lost, who, overrides::said_by_judge(layout, on.at)?);
    let Some(ruled) = on.ruled.clone().map(Expr::Cell) else {
        let refusal = refusal?;
        // Why no rule scores it is of no use to who reads what the reviewer wrote.
        let said = written(view, result).map_or_else(|| refusal.clone(), |words| text(&words));
        let typed = is_number(&score).choose(join([by_person, said]), refusal.clone());
        return Some(if on.typed { typed } else { refusal });
    };
    let stale = ruled.clone().equals(Expr::text(STALE));
    let to_do = stale.choose(text(STALE_WORDS), refusal.unwrap_or_else(|| text(OPEN_WORDS)));
    let by_rule = by_rule(view, bindings, layout, index, &lost).unwrap_or_else(|| Expr::text(""));
    if result.unsettled().is_some_and(|typed| !typed.verdict.counts()) {
        let waits = join([by_rule, Expr::text(format!("另填的得分{TO_DECIDE}，见“问题清单”。"))]);
        return Some(is_number(&ruled).choose(waits, to_do));
    }
    let differs = overrides::note(view, layout, index, score.clone(), ruled.clone())?;
    let judged = score.clone().equals(ruled.clone()).choose(by_rule, differs);
    let unfilled =
        join([Expr::text("得分栏没有数字，按评分标准测算为"), ruled.clone(), Expr::text("分，请核对。")]);
    let scored = is_number(&ruled).choose(judged, join([by_person, to_do.clone()]));
    let open = is_number(&ruled).choose(unfilled, to_do);
    Some(is_number(&score).choose(scored, open))
}

/// What a reviewer wrote beside the points that he took off.
fn written(view: &View, result: &IndicatorScore) -> Option<String> {
    let reviewer = result.voice.is_some_and(|voice| voice != Voice::Agency);
    let reason = view.entry(result, |i| i.reason.as_ref()).filter(|entry| reviewer && !entry.is_blank())?;
    Some(format!("{}。", reason.shown().trim().trim_end_matches(['。', '；', ';'])))
}

/// What is said of a score that a person gave; `said` is what he says of it.
fn by_person(result: &IndicatorScore, lost: &Expr, who: Expr, said: Expr) -> Expr {
    let end = || Expr::text("。");
    if result.extra.is_some() {
        return join([who, said, end()]);
    }
    let lost = is_number(lost).choose(lost.clone(), 0);
    let taken = join([Expr::text("，扣"), lost.clone(), Expr::text("分")]);
    join([who, lost.above(0).choose(taken, Expr::text("")), said, end()])
}

/// The rule's reason over the cells of the row, where points are taken off.
fn by_rule(view: &View, bindings: &Bindings, layout: &Layout, index: usize, lost: &Expr) -> Option<Expr> {
    let result = view.scored.card.indicators.get(index)?;
    // What of a bonus is not earned is not taken off.
    let reason =
        view.scored.derivations.get(index)?.reason.as_ref().filter(|_| result.extra != Some(Extra::Bonus))?;
    let form = view.case.score_form.as_ref()?;
    let bound = reason.bind(&|var| if var == Var::Deduction { lost.clone() } else { Expr::Var(var) });
    let bound = bindings.bind(index, &bound, &|position| layout.kept(position));
    let whole = |reason: Expr| {
        let said = beside_situation(form, view.indicator(result), reason);
        let some = lost.clone().above(0).choose(said, Expr::text(""));
        is_number(lost).choose(some, Expr::text(""))
    };
    let full = whole(bound);
    // Words that no formula can hold are replaced by where to find them.
    let short = || whole(join([Expr::text("按计分规则扣"), lost.clone(), Expr::text("分")]));
    Some(if formula(&full, None).is_ok() { full } else { short() })
}

/// Who gave the score, or whom it waits for.
pub(super) fn state(view: &View, waiting: &Waiting, layout: &Layout, index: usize, on: &Row) -> Option<Expr> {
    let (score, typed) = (layout.at(on.at, col::SCORE)?, layout.at(on.at, col::GIVEN_SCORE)?);
    let who = who_scored(view, layout, index, on)?;
    Some(waiting.state(index, &Expr::Cell(score), Expr::Cell(typed), who))
}

fn who_scored(view: &View, layout: &Layout, index: usize, on: &Row) -> Option<Expr> {
    let result = view.scored.card.indicators.get(index)?;
    let score = Expr::Cell(layout.at(on.at, col::SCORE)?);
    let name = |state: State| Expr::text(state.name());
    let Some(ruled) = on.ruled.clone().map(Expr::Cell) else {
        let judged = overrides::state_of_judged(view, layout, index)?;
        let live = is_number(&score).choose(judged, name(State::Pending));
        return Some(if on.typed { live } else { name(result.state) });
    };
    if result.unsettled().is_some_and(|typed| !typed.verdict.counts()) {
        // Beside a computed score another one waits for a decision.
        let waits = || Expr::text(format!("{}，改定{TO_DECIDE}", State::Computed.name()));
        return Some(is_number(&score).choose(waits(), name(State::Pending)));
    }
    let typed = overrides::state(view, layout, index)?;
    // Where the rule gives nothing, what stands there is a person's.
    let typed = is_number(&ruled).choose(typed, overrides::who_judged(result, layout, on.at)?);
    let own = score.clone().equals(ruled).choose(name(State::Computed), typed);
    Some(is_number(&score).choose(own, name(State::Pending)))
}
