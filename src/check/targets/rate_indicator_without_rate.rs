//! An indicator of a rate has full points and no rate.

use crate::check::Facts;
use crate::check::promise::Promise;
use crate::model::{Entry, Finding, FindingId};
use crate::notation::{Notation, is_rate_name};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let without = facts.own_rows().into_iter().filter(|row| {
        is_rate_name(&row.key()) && row.is_full() && row.percent().is_some() && has_no_rate(row)
    });
    let findings = without.map(|row| {
        let shown = row.indicator.actual_shown();
        let message = format!("“{}”的实际完成值“{shown}”不是比率，却得了满分。", row.name());
        row.at_actual(FindingId::RateIndicatorWithoutRate, message)
    });
    findings.collect()
}

/// Whether neither the actual nor the words beside it hold a number.
fn has_no_rate(row: &Promise<'_>) -> bool {
    // Of a word of status another check speaks.
    let worded =
        matches!(row.row.actual(), Some(Notation::Text(_) | Notation::Scale(_) | Notation::YesNo(_)));
    let numbered = |entry: &Option<Entry>| {
        entry.as_ref().is_some_and(|entry| entry.shown().contains(|c: char| c.is_ascii_digit()))
    };
    let indicator = row.indicator;
    worded
        && ![&indicator.actual, &indicator.situation, &indicator.remark, &indicator.reason]
            .into_iter()
            .any(numbered)
}
