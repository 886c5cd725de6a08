//! Points inside their level: each level 1 holds 100 points of its own, and only its weight counts in the whole.

use std::collections::BTreeMap;

use super::names;
use crate::base::{Number, Score, WHOLE, Weight};
use crate::model::{Entry, Finding, FindingId, Indicator, ScoreForm};
use crate::sheet::{Cell, NumberFormat, Value};

/// Converts nested points to points of the whole, where a form clearly has them.
///
/// Clearly: every level 1 states its weight, these add up to 100, and the indicators of every level 1 add up to
/// 100, of more than one level 1. Typed scores are converted only where the typed total tells their scale.
pub(super) fn convert(form: &mut ScoreForm, findings: &mut Vec<Finding>) {
    let Some(shares) = shares(form) else { return };
    let at = form
        .indicators
        .first()
        .and_then(|first| first.weight_entry.as_ref())
        .and_then(|entry| entry.at.clone());
    let scale = scale_of_scores(form, &shares);
    for indicator in &mut form.indicators {
        let Some(share) = shares.get(&indicator.level1) else { continue };
        indicator.weight =
            indicator.weight.and_then(|weight| part(weight.number(), *share)).map(|n| Weight::new(n.get()));
        // The cell no longer holds the points that count.
        indicator.weight_entry = None;
        match scale {
            Scale::Whole => {}
            Scale::Nested => convert_score(indicator, *share),
            Scale::Unknown => indicator.stated_score = None,
        }
    }
    for level in form.levels.iter_mut().filter(|level| level.level2.is_some()) {
        let converted = shares.get(&level.level1).and_then(|share| part(level.weight.number(), *share));
        if let Some(points) = converted {
            level.weight = Weight::new(points.get());
        }
    }
    let mut message = "每个一级指标内的分值合计都是100分，已按一级指标的权重折算为总分中的分值。".to_owned();
    if matches!(scale, Scale::Unknown) {
        message.push_str("填报的得分不能确定是折算前还是折算后的，没有采用。");
    }
    findings.push(Finding::new(FindingId::NestedPoints, at, message));
}

/// What typed scores are counted in.
#[derive(Debug, Clone, Copy)]
enum Scale {
    Whole,
    Nested,
    Unknown,
}

/// Each level 1 with its share of the whole, where the form's points are nested.
fn shares(form: &ScoreForm) -> Option<BTreeMap<String, Weight>> {
    let mut sums: BTreeMap<&str, Weight> = BTreeMap::new();
    for indicator in &form.indicators {
        let sum = sums.entry(&indicator.level1).or_default();
        *sum = sum.plus(indicator.weight?)?;
    }
    let whole = Weight::from(WHOLE);
    if sums.len() < 2 || !sums.values().all(|sum| *sum == whole) {
        return None;
    }
    let shares: BTreeMap<String, Weight> = form
        .levels
        .iter()
        .filter(|level| level.level2.is_none() && sums.contains_key(level.level1.as_str()))
        .map(|level| (level.level1.clone(), level.weight))
        .collect();
    let told = shares.len() == sums.len() && Weight::sum(shares.values().copied())? == whole;
    told.then_some(shares)
}

fn part(points: Number, share: Weight) -> Option<Number> {
    Some(points.times(share.number())?.over(Number::from(WHOLE))?.normalize())
}

fn typed(entry: &Entry) -> Option<Number> {
    match &entry.cell.value {
        Value::Number(number) => Some(*number),
        _ => names::number(&entry.cell).map(Weight::number),
    }
}

/// The scale in which the typed scores add up to the typed total.
fn scale_of_scores(form: &ScoreForm, shares: &BTreeMap<String, Weight>) -> Scale {
    if form.indicators.iter().all(|indicator| indicator.stated_score.is_none()) {
        return Scale::Whole;
    }
    let scores: Option<Vec<(Number, Weight)>> = form
        .indicators
        .iter()
        .map(|indicator| Some((typed(indicator.stated_score.as_ref()?)?, *shares.get(&indicator.level1)?)))
        .collect();
    let total = form.total.stated_score.as_ref().and_then(typed);
    let Some((scores, total)) = scores.zip(total) else { return Scale::Unknown };
    let plain = Number::sum(scores.iter().map(|(score, _)| *score));
    let converted: Option<Vec<Number>> = scores.iter().map(|(score, share)| part(*score, *share)).collect();
    let converted = converted.and_then(Number::sum);
    match (plain == Some(total), converted == Some(total)) {
        (true, false) => Scale::Whole,
        (false, true) => Scale::Nested,
        _ => Scale::Unknown,
    }
}

fn convert_score(indicator: &mut Indicator, share: Weight) {
    let Some(entry) = indicator.stated_score.as_mut() else { return };
    if let Some(points) = typed(entry).and_then(|score| part(score, share)) {
        let value = Value::Number(Score::new(points.get()).number());
        entry.cell = Cell { value, format: NumberFormat::General, formula: None };
        indicator.rescaled = true;
    }
}
