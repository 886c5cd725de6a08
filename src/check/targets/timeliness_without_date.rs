//! A target of timeliness says no time.

use super::target_word_vague::is_vague;
use crate::check::Facts;
use crate::check::category::Category;
use crate::check::promise::Promise;
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let timeless = facts.promises().filter(|promise| {
        promise.category() == Some(Category::Time) && !is_vague(promise) && says_no_time(promise)
    });
    let findings = timeless.map(|promise| {
        let shown = promise.shown();
        let message = format!("时效指标“{}”的指标值“{shown}”没有写明时间。", promise.name());
        promise.at_target(FindingId::TimelinessWithoutDate, message)
    });
    findings.collect()
}

/// Whether neither the target nor the name says when, how long, or how much of it in time.
fn says_no_time(promise: &Promise<'_>) -> bool {
    let Some(words) = promise.target_in_words() else { return false };
    let times = promise.words.of(Class::TimesInWords);
    !times.within(&words) && !times.within(&promise.key())
}
