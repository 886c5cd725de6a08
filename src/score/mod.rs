//! Case → scorecard: every indicator with the derivation of its score, the levels, the total, the grade.

mod declared;
mod derivation;
mod indicator;
mod levels;
mod observe;
mod rate;
mod ticks;

pub use derivation::{Derivation, Input, Source};
pub use levels::grade;

use crate::base::{Error, Result, Score, WHOLE, Weight};
use crate::model::{Case, Entry, FormKind, Indicator, Scorecard, State};

/// The results of a case with how each came about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scored {
    /// The results.
    pub card: Scorecard,
    /// How each of `card.indicators` came about, in the same order.
    pub derivations: Vec<Derivation>,
    /// The execution row of the budget block as an indicator, where the form has one.
    pub execution: Option<Indicator>,
}

/// Scores the case's form; `None` where it has none.
///
/// Fails only when the points leave the exact range, which no real form does.
pub fn run(case: &Case) -> Result<Option<Scored>> {
    let Some(form) = &case.score_form else { return Ok(None) };
    let mut scored = Scored { execution: indicator::execution(form), ..Scored::default() };
    for (result, derivation) in indicator::all(case, form, scored.execution.as_ref()) {
        scored.card.indicators.push(result);
        scored.derivations.push(derivation);
    }
    scored.card.declared = declared::all(case, Some(form));
    let out_of_range = || {
        Error::input(
            "分值或得分过大，无法精确计算。",
            "请核对各指标的分值，单个指标的分值一般不超过 100 分。",
        )
    };
    scored.card.levels = levels::levels(&scored.card.indicators).ok_or_else(out_of_range)?;
    let sum = Weight::sum(scored.card.indicators.iter().filter(|i| i.extra.is_none()).map(|i| i.weight));
    // More points than a form has, which it does not state itself, are no base of a grade.
    let more = form.full != sum && sum.is_none_or(|sum| sum > Weight::from(WHOLE));
    let disputed = scored.card.indicators.iter().any(|result| {
        let indicator = result.index.and_then(|index| form.indicators.get(index));
        let own = form.kind == FormKind::SelfEvaluation && !form.reviewed;
        form.may_be_right(result)
            || own && result.unread && result.state == State::Judged
            || indicator.is_some_and(|indicator| form.disputed(indicator, result).is_some())
    });
    let open = form.part_unread || more || disputed;
    let total = levels::total(&scored.card.indicators, !open, form.cap, &case.grades);
    let mut total = total.ok_or_else(out_of_range)?;
    let typed = [&form.total.stated_score, &form.total.score].into_iter().flatten().find_map(Entry::number);
    total.stated_total = typed.map(|number| Score::new(number.get()));
    let grade = form.total.grade.as_ref().filter(|entry| !entry.is_blank()).map(Entry::shown);
    total.stated_grade = grade.map(|grade| grade.trim().to_owned());
    scored.card.total = total;
    Ok(Some(scored))
}
