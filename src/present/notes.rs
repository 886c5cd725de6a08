//! The words beside a score: why points came off.

use super::known_cells::original;
use super::overrides;
use crate::base::{CellAt, RangeAt, Score};
use crate::expr::{Env, Expr, Value, eval, join};
use crate::model::{Entry, Indicator, IndicatorScore, Override, ScoreForm, State};

/// The deduction note of an indicator: the reason, and what the evaluator saw with its cell. `None` where nothing came
/// off.
///
/// `②已制定业务管理制度不符合，扣1分：未针对项目业务制定管理办法。（评价情况，评分表J13）`
pub fn deduction(form: &ScoreForm, indicator: Option<&Indicator>, result: &IndicatorScore) -> Option<String> {
    if let Some(typed) = result.overriding.as_ref().filter(|_| result.state == State::Overridden) {
        return Some(overridden(typed));
    }
    let reason = Expr::text(result.reason.as_deref()?);
    match eval(&beside_situation(form, indicator, reason), &Seen(indicator?.situation.as_ref())) {
        Value::Text(note) => Some(note),
        _ => None,
    }
}

/// What is said of a score that a person put in the place of ours.
fn overridden(typed: &Override) -> String {
    let points = |score: Option<Score>| score.map_or_else(|| Expr::text(""), |score| score.number().into());
    let (score, ruled) = (points(typed.score), points(typed.computed));
    let said = match (&typed.reason, &typed.by) {
        (Some(reason), Some(by)) => {
            overrides::said(score, ruled, Expr::text(reason.as_str()), Expr::text(by.as_str()))
        }
        _ => overrides::said_of_draft(score, ruled),
    };
    match eval(&said, &Seen(None)) {
        Value::Text(words) => words,
        _ => typed.typed.clone(),
    }
}

/// A reason with what the evaluator saw behind it, as long as something stands there.
pub(super) fn beside_situation(form: &ScoreForm, indicator: Option<&Indicator>, reason: Expr) -> Expr {
    let stop = || Expr::text("。");
    let entry = indicator.and_then(|indicator| indicator.situation.as_ref()).filter(|seen| !seen.is_blank());
    let Some((entry, at)) = entry.and_then(|entry| entry.at.clone().map(|at| (entry, at))) else {
        return join([reason, stop()]);
    };
    let title = form.situation_title.as_deref().unwrap_or("情况");
    // Words of which only a part counts (what is struck out does not) are pointed at.
    let whole = matches!(original(&entry.cell.value), Value::Text(text) if text == entry.shown());
    if !whole {
        return join([reason, Expr::text(format!("。（见{title}，{}）", at.spoken()))]);
    }
    let place = format!("（{title}，{}）", at.spoken());
    let seen = Expr::Cell(at);
    let words = join([Expr::text("："), seen.clone(), Expr::text(place)]);
    join([reason, seen.equals(Expr::text("")).choose(stop(), words)])
}

/// The one cell that a note quotes.
struct Seen<'e>(Option<&'e Entry>);

impl Env for Seen<'_> {
    fn cell(&self, at: &CellAt) -> Value {
        let entry = self.0.filter(|entry| entry.at.as_ref() == Some(at));
        entry.map_or(Value::Blank, |entry| original(&entry.cell.value))
    }

    fn range(&self, _: &RangeAt) -> Option<Vec<Value>> {
        None
    }
}
