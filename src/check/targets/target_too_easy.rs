//! Several targets were passed by far: they may have been set too low.

use crate::base::Number;
use crate::check::Facts;
use crate::check::promise::Promise;
use crate::check::reason_missing::says_nothing;
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::TargetTooEasy;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let (Some(far), Some(many)) = (facts.limit(ID, 0), facts.least(ID, 1)) else { return Vec::new() };
    let (Some(very_far), Some(points)) = (facts.limit(ID, 2), facts.limit(ID, 3)) else { return Vec::new() };
    let rows = facts.own_rows();
    let passed: Vec<(&Promise<'_>, Number)> = rows
        .iter()
        .filter(|row| row.indicator.reason.as_ref().is_none_or(|reason| says_nothing(facts, reason)))
        .filter_map(|row| Some((row, row.result?.observed.reached?.number().times(Number::from(100))?)))
        .filter(|(_, percent)| *percent >= far)
        .collect();
    let heavy = |(row, percent): &&(&Promise<'_>, Number)| {
        *percent >= very_far && row.weight().is_some_and(|weight| weight.number() >= points)
    };
    let several = passed.len() >= many;
    let low = passed.iter().filter(|one| several || heavy(one));
    let said = low.map(|(row, percent)| {
        let message = format!(
            "“{}”实际完成“{}”，为指标值“{}”的{}%，没有说明原因。",
            row.name(),
            row.indicator.actual_shown(),
            row.shown(),
            percent.round(0)
        );
        row.at_target(ID, message)
    });
    said.collect()
}
