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
    let first = if passed.len() >= many { passed.first() } else { passed.iter().find(heavy) };
    let Some((first, percent)) = first else { return Vec::new() };
    let others = if passed.len() >= many { format!("等 {} 个指标", passed.len()) } else { String::new() };
    let message = format!(
        "“{}”{others}的实际完成值远超指标值（“{}”为指标值的 {}%），没有说明原因，指标值可能定得过低。",
        first.name(),
        first.name(),
        percent.round(0)
    );
    vec![first.at_target(ID, message)]
}
