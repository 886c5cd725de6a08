//! A quantity is promised as a rate.

use crate::check::Facts;
use crate::check::category::Category;
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let rates = facts.promises().filter(|promise| {
        promise.category() == Some(Category::Quantity)
            && promise.percent().is_some()
            && !promise.names(Class::QuantityRatesInUse)
            && !promise.names(Class::SpendingRates)
    });
    let findings = rates.map(|promise| {
        let shown = promise.shown();
        let message = format!("数量指标“{}”的指标值“{shown}”是比率，不能反映工作量。", promise.name());
        promise.at_target(FindingId::QuantityIndicatorIsRate, message)
    });
    findings.collect()
}
