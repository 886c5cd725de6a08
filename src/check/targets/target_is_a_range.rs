//! A target has two bounds and no sign, or is only about a number.

use crate::check::Facts;
use crate::check::promise::Promise;
use crate::model::{Finding, FindingId};
use crate::notation::Notation;
use crate::notation::sign::Sign;
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let ranges = facts.promises().filter(|promise| {
        let range = matches!(promise.row.target(), Some(Notation::Range { low, .. }) if low.sign.is_none());
        let shown = promise.shown();
        let natural =
            promise.names(Class::RangesByNature) || promise.words.of(Class::RangesByNature).within(&shown);
        range && !natural || is_about(promise)
    });
    let findings = ranges.map(|promise| {
        let shown = promise.shown();
        let what = if is_about(&promise) { "约数" } else { "区间" };
        let message = format!("“{}”的指标值“{shown}”是{what}，没有写明达到多少算完成。", promise.name());
        promise.at_target(FindingId::TargetIsARange, message)
    });
    findings.collect()
}

/// Whether a target under review is only about a number; of one that is scored its refusal says so.
fn is_about(promise: &Promise<'_>) -> bool {
    let about = promise.quantity().is_some_and(|quantity| quantity.sign == Some(Sign::About));
    about && promise.result.is_none()
}
