//! How fast money is spent stands for an output or a benefit.

use crate::check::Facts;
use crate::check::category::{Category, Group};
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let spending = facts.promises().filter(|promise| {
        // What a form of its own asks under a level 1 of its own (债券资金管理指标) is none.
        let group = Group::of(&promise.indicator.level1, promise.words);
        let in_time = promise.category() == Some(Category::Time) && promise.names(Class::FundsInTime);
        matches!(group, Some(Group::Output | Group::Benefit))
            && promise.names(Class::SpendingRates)
            && !in_time
    });
    let findings = spending.map(|promise| {
        let message = format!(
            "“{}”反映的是资金支付进度，不是“{}”应当反映的成果。",
            promise.name(),
            promise.indicator.level2
        );
        promise.at_name(FindingId::SpendingRateAsOutput, message)
    });
    findings.collect()
}
