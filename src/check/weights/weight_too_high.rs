//! One indicator has too many of the points.

use crate::base::{Number, Weight};
use crate::check::Facts;
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::WeightTooHigh;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let (Some(share), Some(many)) = (facts.limit(ID, 0), facts.least(ID, 1)) else { return Vec::new() };
    let (Some(of_few), Some(least)) = (facts.limit(ID, 2), facts.least(ID, 3)) else { return Vec::new() };
    let Some((form, card)) = facts.scored() else { return Vec::new() };
    let full = form.full.unwrap_or(Weight::from(100)).number();
    let limit = if form.indicators.len() >= many { share } else { of_few };
    // Points whose sum is wrong are no shares of anything.
    if card.total.full.number() != full || form.points_unread || form.indicators.len() < least {
        return Vec::new();
    }
    let findings = facts.own_rows().into_iter().filter_map(|promise| {
        let weight = promise.weight().filter(|_| !promise.is_system_made())?;
        let over = weight.number().times(Number::from(100))? > full.times(limit)?;
        over.then(|| {
            let message = format!("“{}”一个指标 {weight} 分，超过总分的 {limit}%。", promise.name());
            promise.at(promise.indicator.weight_entry.as_ref(), ID, message)
        })
    });
    findings.collect()
}
