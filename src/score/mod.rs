//! Case → scorecard: every indicator with the derivation of its score, the levels, the total, the grade.

mod attempt;
mod declared;
mod derivation;
mod facts;
mod indicator;
mod levels;
mod observe;
mod overrides;
mod rate;
mod read;
mod satisfaction;
mod standards;
mod ticks;

pub use derivation::{Derivation, ITEM_SUFFIX, Input, Source};
pub use levels::grade;
pub use overrides::{accepted, said};
pub use standards::standards as known_standards;

use crate::base::{Error, Result, Score, WHOLE, Weight};
use crate::model::{Case, Entry, FormKind, Indicator, IndicatorScore, ScoreForm, Scorecard, State};

/// The results of a case with how each came about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scored {
    /// The results.
    pub card: Scorecard,
    /// How each of `card.indicators` came about, in the same order.
    pub derivations: Vec<Derivation>,
    /// The execution row of the budget block as an indicator, where the form has one.
    pub execution: Option<Indicator>,
    /// For each of `card.indicators` a digest of what its score is of.
    pub bases: Vec<String>,
    /// Whether more keeps the grade open than scores which a person of the review has to decide.
    pub asked: bool,
}

impl Scored {
    /// The form's indicator behind a result.
    pub fn indicator<'s>(&'s self, form: &'s ScoreForm, result: &IndicatorScore) -> Option<&'s Indicator> {
        match result.index {
            Some(index) => form.indicators.get(index),
            None => self.execution.as_ref(),
        }
    }
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
    for result in &scored.card.indicators {
        let indicator = scored.indicator(form, result);
        scored.bases.push(indicator.map(|indicator| overrides::basis(indicator, result)).unwrap_or_default());
    }
    overrides::apply(case, form, &mut scored);
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
    let unsettled = |result: &IndicatorScore| result.unsettled().is_some_and(|typed| !typed.verdict.counts());
    let disputed = scored.card.indicators.iter().any(|result| {
        let own = form.kind == FormKind::SelfEvaluation && !form.reviewed;
        form.may_be_right(result)
            || own && result.unread && result.state == State::Judged
            || form.gave_less(result).is_some()
    });
    let unsettled = scored.card.indicators.iter().any(unsettled);
    // What was typed about this form or another is no part of the score before a person has said so.
    let lost = !case.overrides.taken_back && !case.overrides.lost.is_empty();
    scored.asked = form.part_unread || more || unsettled || lost;
    let open = disputed || scored.asked;
    let drafts = scored.card.indicators.iter().any(|result| result.unsettled().is_some());
    let total = levels::total(&scored.card.indicators, !open && !drafts, form.cap, &case.grades);
    let mut total = total.ok_or_else(out_of_range)?;
    total.open = open;
    let typed = [&form.total.stated_score, &form.total.score].into_iter().flatten().find_map(Entry::number);
    total.stated = typed.map(|number| Score::new(number.get()));
    let grade = form.total.grade.as_ref().filter(|entry| !entry.is_blank()).map(Entry::shown);
    total.stated_grade = grade.map(|grade| grade.trim().to_owned());
    scored.card.total = total;
    overrides::grade(case, form, &mut scored);
    Ok(Some(scored))
}
