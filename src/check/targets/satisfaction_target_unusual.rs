//! A target of satisfaction is unusually low, or all of it.

use crate::check::Facts;
use crate::check::category::Category;
use crate::model::{Finding, FindingId};
use crate::words::Class;

const ID: FindingId = FindingId::SatisfactionTargetUnusual;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let (Some(low), Some(high)) = (facts.limit(ID, 0), facts.limit(ID, 1)) else { return Vec::new() };
    let findings = facts.promises().filter_map(|promise| {
        let satisfied =
            promise.category() == Some(Category::Satisfaction) || promise.names(Class::NamesOfSatisfaction);
        let percent = promise.percent().filter(|_| satisfied)?;
        let cap = promise.quantity()?.sign.is_some_and(crate::notation::Sign::is_cap);
        let shown = promise.shown();
        let message = if percent < low && !cap {
            format!("“{}”的指标值“{shown}”低于 {low}%。", promise.name())
        } else if percent >= high {
            format!("“{}”的指标值“{shown}”要求人人满意，一般难以做到。", promise.name())
        } else {
            return None;
        };
        Some(promise.at_target(ID, message))
    });
    findings.collect()
}
