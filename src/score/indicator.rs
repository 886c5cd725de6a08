//! One indicator: its rule, its inputs, its score; or why a person must look.

use super::attempt::attempt;
use super::derivation::Derivation;
use super::facts::facts_of;
use super::observe::observe;
use super::read::read;
use super::satisfaction;
use super::ticks;
use crate::base::{Score, Weight};
use crate::criterion;
use crate::model::{
    Actuals, Case, Entry, Extra, Indicator, IndicatorScore, Laid, Observed, ScoreForm, State,
};
use crate::rule::{Applied, IndicatorFacts, Refusal};
use crate::words::{self, Class};

/// The results of all indicators, the execution row of the budget block first.
pub(super) fn all(
    case: &Case,
    form: &ScoreForm,
    execution: Option<&Indicator>,
) -> Vec<(IndicatorScore, Derivation)> {
    let execution = execution.map(|indicator| {
        let (result, derivation) = one(case, 0, indicator);
        (IndicatorScore { index: None, ..result }, derivation)
    });
    let rows = form.indicators.iter().enumerate().map(|(index, indicator)| one(case, index, indicator));
    execution.into_iter().chain(rows).collect()
}

/// Scores an indicator. Where nobody has said how its satisfaction is measured, and it matters, a person decides.
fn one(case: &Case, index: usize, indicator: &Indicator) -> (IndicatorScore, Derivation) {
    let (mut result, derivation) = by_any_name(case, index, indicator);
    let earned = |indicator: &Indicator| {
        let (result, _) = by_any_name(case, index, indicator);
        (result.score, result.state)
    };
    let Some(refusal) = satisfaction::undecided(indicator, result.score, earned) else {
        return (result, derivation);
    };
    forget(&mut result);
    result.unread = true;
    result.waits_for_survey = true;
    refuse(&mut result, &refusal, indicator);
    (result, Derivation::default())
}

/// Takes from a result what only a rule that was applied can say.
fn forget(result: &mut IndicatorScore) {
    result.rate = None;
    result.rule = None;
    result.reading = None;
    result.reason = None;
    result.band = None;
    result.observed = Observed::default();
    result.laid = Laid::default();
}

/// Scores an indicator, where its name may be cut by each name that it may have: unless all earn the same, and go on to
/// earn the same when a cell is corrected, a person decides.
fn by_any_name(case: &Case, index: usize, indicator: &Indicator) -> (IndicatorScore, Derivation) {
    let (mut result, derivation) = as_named(case, index, indicator);
    if let Some(other) = &indicator.other_target {
        let otherwise =
            Indicator { target: Some(other.entry.clone()), other_target: None, ..indicator.clone() };
        let (by_other, _) = as_named(case, index, &otherwise);
        result.by_other_target = by_other.score.filter(|_| by_other.state == State::Computed);
    }
    let differs = |name: &&String| {
        let named = Indicator { name: (*name).clone(), ..indicator.clone() };
        let (other, how) = as_named(case, index, &named);
        (other.score, other.state, how.expr) != (result.score, result.state, derivation.expr.clone())
    };
    let Some(name) = indicator.other_names.iter().find(differs).cloned() else { return (result, derivation) };
    let why = format!("名称可能分在几行，全称如为“{name}”，评分结果不同");
    forget(&mut result);
    refuse(
        &mut result,
        &Refusal::new(&indicator.name, why, "请把指标名称写在一个单元格里，或人工打分。"),
        indicator,
    );
    (result, Derivation::default())
}

/// A refusal for want of an actual where the form has no column of actuals: where it would be read from.
fn without_actual(case: &Case, indicator: &Indicator, refusal: Refusal) -> Refusal {
    let actuals = case.score_form.as_ref().map_or(&Actuals::Column, |form| &form.actuals);
    if indicator.actual.is_some() || refusal.words != "实际完成值" {
        return refusal;
    }
    match actuals {
        Actuals::Column => refusal,
        Actuals::StandIn(title) => {
            let place = indicator.stand_in().and_then(|entry| entry.at.as_ref());
            let place = place.map(|at| format!("（{}）", at.cell)).unwrap_or_default();
            let why = format!("表中没有“实际完成值”一栏，“{title}”栏{place}也没有可以直接采用的数值");
            let hint = format!("请在“{title}”栏{place}只写数值和单位（如“92.2%”），或由评审人员打分。");
            Refusal::new("实际完成值", why, hint)
        }
        Actuals::Nowhere => {
            let why = "表中没有“实际完成值”或“评价情况”一栏，无法评分";
            Refusal::new("实际完成值", why, "请增加“实际完成值”一栏，或由评审人员打分。")
        }
    }
}

/// Leaves the indicator to a person, and says why.
fn refuse(result: &mut IndicatorScore, refusal: &Refusal, indicator: &Indicator) {
    result.refusal = Some(format!("{refusal}。{}", refusal.advice()));
    leave(result, indicator);
}

fn as_named(case: &Case, index: usize, indicator: &Indicator) -> (IndicatorScore, Derivation) {
    let takes_off = indicator.extra == Some(Extra::Penalty);
    let weight = indicator.weight.filter(|_| !takes_off).unwrap_or_default();
    let mut result = IndicatorScore {
        index: Some(index),
        level1: indicator.level1.clone(),
        level2: indicator.level2.clone(),
        name: indicator.name.clone(),
        weight,
        extra: indicator.extra,
        score: None,
        state: State::Pending,
        by_other_target: None,
        unread: false,
        waits_for_survey: false,
        outside: None,
        rate: None,
        rule: None,
        reading: None,
        refusal: None,
        reason: None,
        band: None,
        observed: Observed::default(),
        laid: Laid::default(),
        stated: indicator
            .stated_score
            .as_ref()
            .and_then(Entry::number)
            .map(|n| Score::new(n.get()))
            .or_else(|| typed_score(indicator)),
        overriding: None,
        voice: None,
        cell: [&indicator.score, &indicator.stated_score]
            .into_iter()
            .flatten()
            .find_map(|entry| entry.at.clone()),
    };
    let outcome = match (&indicator.doubt, indicator.weight) {
        (Some(doubt), _) => Err(Refusal::new(&indicator.name, doubt, "请按提示更正后重新提交，或人工打分。")),
        (None, _) if by_person(indicator).is_some() => {
            let (why, hint) = by_person(indicator).unwrap_or_default();
            Err(Refusal::new(&indicator.name, why, hint))
        }
        (None, Some(_)) => attempt(case, indicator, weight, &mut result),
        (None, None) => {
            // What was promised and done can be compared all the same.
            let read = read(case, indicator, None);
            let look = |facts: &IndicatorFacts| observe(facts, &indicator.level2, &case.words);
            result.observed = facts_of(case, indicator, &read).with(look);
            Err(Refusal::new(&indicator.name, "没有读到分值", "请写明这个指标的分值。"))
        }
    };
    let derivation = match outcome {
        Ok((Some(applied), derivation)) => {
            accept(&mut result, &applied);
            derivation
        }
        Ok((None, derivation)) => {
            result.refusal = Some(ticks::asked(case, indicator));
            leave(&mut result, indicator);
            derivation
        }
        Err(refusal) => {
            result.unread = is_unread(case, indicator);
            refuse(&mut result, &without_actual(case, indicator, refusal), indicator);
            Derivation::default()
        }
    };
    (result, derivation)
}

/// Whether an indicator is left to a person because its figures could not be read, not because they are words: then what
/// the agency gave itself is no judgement of them.
fn is_unread(case: &Case, indicator: &Indicator) -> bool {
    let figures = |text: String| text.chars().any(|c| c.is_ascii_digit());
    let read = read(case, indicator, None);
    // A note's own rule for missed targets is not known to be the agency's.
    let ruled = case.score_form.as_ref().is_some_and(|form| form.note_rule.is_some());
    let unread = (read.refusal.is_some() || ruled) && figures(indicator.target_shown());
    unread || asks_in_vain(indicator) || indicator.doubt.is_some() || indicator.unclear.is_some()
}

/// Whether figures were to be held against another year's, or others', and could not be.
fn asks_in_vain(indicator: &Indicator) -> bool {
    let text = indicator.rubric.clone().or_else(|| indicator.criterion.as_ref().map(Entry::shown));
    let asks = text.is_some_and(|text| {
        criterion::standard_of(&text).is_some() || words::of(Class::LastYears).within(&text)
    });
    asks && indicator.actual_shown().chars().any(|c| c.is_ascii_digit())
}

/// Leaves the indicator to a person: the score already typed counts as judged, unless it cannot stand.
fn leave(result: &mut IndicatorScore, indicator: &Indicator) {
    let typed = typed(indicator);
    let stands = |score: &Score| result.band.as_ref().is_none_or(|band| band.contains(*score));
    result.outside = typed.filter(|score| !stands(score));
    result.score = typed.filter(stands);
    result.state = if result.score.is_some() { State::Judged } else { State::Pending };
    if let Some((band, typed)) = result.band.as_ref().zip(result.outside) {
        let (grade, interval) = (&band.grade, band.interval());
        result.refusal = Some(format!(
            "所选档次为“{grade}”，得分应在{interval}分之间，填报的{typed}分不计入总分。请在区间内评定得分，或改选档次。"
        ));
    }
}

fn accept(result: &mut IndicatorScore, applied: &Applied) {
    result.score = Some(applied.score);
    result.state = State::Computed;
    result.rate = applied.rate;
    result.laid = applied.laid;
    // What of a bonus is not earned is not taken off.
    result.reason = applied.said().filter(|_| result.extra != Some(Extra::Bonus));
}

/// The score a person typed where no rule decides: in the column that is ours, or in the only score column.
fn typed_score(indicator: &Indicator) -> Option<Score> {
    let entry = match (&indicator.score, &indicator.stated_score) {
        (Some(ours), _) => ours,
        (None, Some(only)) => only,
        (None, None) => return None,
    };
    entry.number().map(|number| Score::new(number.get()))
}

/// The typed score that counts where no rule decides: one without the points it is of says nothing of the whole, it is
/// compared, not taken.
fn typed(indicator: &Indicator) -> Option<Score> {
    let counts = indicator.weight.is_some() || indicator.extra == Some(Extra::Penalty);
    // What is more than can be earned does not stand.
    let above = |score: &Score| {
        indicator.extra != Some(Extra::Penalty)
            && indicator.weight.is_some_and(|weight| score.number() > weight.number())
    };
    typed_score(indicator).filter(|score| counts && !above(score))
}

/// Why only a person can say what an indicator beyond the whole earns or takes off: no rule of a platform is about it.
fn by_person(indicator: &Indicator) -> Option<(&'static str, &'static str)> {
    let ruled = indicator.rubric.is_some() || !indicator.criterion.as_ref().is_none_or(Entry::is_blank);
    match indicator.extra? {
        Extra::Bonus if ruled => None,
        Extra::Bonus => Some(("是 100 分以外的加分项，没有评分标准", "请人工评定加多少分，不加分的填 0。")),
        Extra::Penalty => Some(("是扣分项", "请人工评定扣多少分，填负数（如 -2），不扣分的填 0。")),
    }
}

/// The total row of the budget block as an indicator: points × (spent ÷ base) by the mapping's rule.
pub(super) fn execution(form: &ScoreForm) -> Option<Indicator> {
    let (block, rule) = form.budget.first().zip(form.execution.as_ref())?;
    let typed = || Some(Weight::new(block.weight.as_ref()?.number()?.get()));
    let weight = block.points.or_else(typed)?;
    Some(Indicator {
        level1: rule.level1.clone(),
        level2: rule.level2.clone(),
        name: rule.name.clone(),
        name_entry: block.rate.clone().unwrap_or_default(),
        weight: Some(weight),
        weight_entry: block.weight.clone(),
        target: block.base.clone(),
        other_target: block.other_base.clone(),
        actual: block.spent.clone(),
        unit: block.unit.map(|unit| Entry::typed(unit.name())),
        stated_score: block.score.clone().filter(|entry| !entry.is_blank()),
        score: block.score.clone().filter(Entry::is_blank),
        cap: Some(false),
        rubric: Some(rule.criterion.clone()),
        ..Indicator::default()
    })
}
