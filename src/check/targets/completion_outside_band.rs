//! A rate of completion lies where the place gives no points, and has some.

use crate::base::Number;
use crate::check::Facts;
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::CompletionOutsideBand;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let (Some(low), Some(high)) = (facts.limit(ID, 0), facts.limit(ID, 1)) else { return Vec::new() };
    let findings = facts.own_rows().into_iter().filter_map(|promise| {
        let reached = promise.result?.observed.reached?.number().times(Number::from(100))?;
        let typed = promise.typed().filter(|typed| !typed.is_zero())?;
        (reached < low || reached > high).then(|| {
            let message = format!(
                "“{}”的完成率是 {}%，不在 {low}%至{high}%之间，按规定不得分，表中填 {typed} 分。",
                promise.name(),
                reached.round(2)
            );
            promise.at_actual(ID, message)
        })
    });
    findings.collect()
}
