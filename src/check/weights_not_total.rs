//! All weights together: 100, or what the form's own total row says.

use super::Facts;
use super::weights::noted::differing;
use crate::base::{Number, Weight};
use crate::model::{Finding, FindingId, Scorecard};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let Some((form, card)) = facts.scored() else { return Vec::new() };
    let sum = card.total.full;
    let cell = form.total.weight.as_ref();
    let stated = form.full;
    let expected = stated.unwrap_or(Weight::from(100));
    // Where an indicator's weight is not known, the sum says nothing.
    let unknown = form.points_unread || form.indicators.iter().any(|indicator| indicator.weight.is_none());
    // Points beyond the whole may be counted in what is stated.
    let bonus = Weight::sum(card.indicators.iter().filter(|i| i.extra.is_some()).map(|i| i.weight));
    let with = bonus.and_then(|bonus| sum.plus(bonus));
    if sum == expected
        || (sum == Weight::from(100) && with == Some(expected))
        || card.indicators.is_empty()
        || unknown
        || super::weights_not_level::seem_nested(form, card)
    {
        return Vec::new();
    }
    let at = cell.filter(|entry| stated.is_some() || entry.at.is_some()).and_then(|entry| entry.at.clone());
    let at = at.or_else(|| form.indicators.first().and_then(|i| i.weight_entry.as_ref()?.at.clone()));
    let difference = sum.number().minus(expected.number()).map_or(Number::ZERO, Number::abs);
    let direction = if sum > expected { "多" } else { "少" };
    let parts = parts(card).unwrap_or_else(|| format!("各指标分值合计 {sum} 分"));
    let whole = format!("使合计等于 {expected} 分");
    let ask = match differing(facts) {
        Some((differs, mended)) => format!("。{differs}，请按表注将{mended}，{whole}。"),
        None => format!("，请调整分值，{whole}。"),
    };
    let message = format!("{parts}，应为 {expected} 分，{direction} {difference} 分{ask}");
    vec![Finding::new(FindingId::WeightsNotTotal, at, message)]
}

/// The sum with the points of the budget's execution named: they stand apart from those of the indicators.
fn parts(card: &Scorecard) -> Option<String> {
    let execution =
        card.indicators.iter().find(|result| result.index.is_none() && !result.weight.is_zero())?;
    let others = card.indicators.iter().filter(|result| result.index.is_some() && result.extra.is_none());
    let others = Weight::sum(others.map(|result| result.weight))?;
    let (own, sum) = (execution.weight, card.total.full);
    Some(format!("预算执行率分值 {own} 分与各项指标分值 {others} 分合计 {sum} 分"))
}
