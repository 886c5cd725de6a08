//! A target has two bounds and no sign.

use crate::check::Facts;
use crate::model::{Finding, FindingId};
use crate::notation::Notation;
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let ranges = facts.promises().filter(|promise| {
        let range = matches!(promise.row.target(), Some(Notation::Range { low, .. }) if low.sign.is_none());
        let shown = promise.shown();
        let natural =
            promise.names(Class::RangesByNature) || promise.words.of(Class::RangesByNature).within(&shown);
        range && !natural
    });
    let findings = ranges.map(|promise| {
        let shown = promise.shown();
        let message = format!("“{}”的指标值“{shown}”是区间，没有写明达到多少算完成。", promise.name());
        promise.at_target(FindingId::TargetIsARange, message)
    });
    findings.collect()
}
