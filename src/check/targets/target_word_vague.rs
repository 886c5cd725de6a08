//! An output is promised by an adjective only.

use crate::check::Facts;
use crate::check::category::Group;
use crate::check::promise::Promise;
use crate::model::{Finding, FindingId};
use crate::notation::is_rate_name;
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    // Of a rate another check says what is to be put in.
    let vague = facts.promises().filter(|promise| is_vague(promise) && !is_rate_name(&promise.key()));
    let vague = vague.map(|promise| {
        let shown = promise.shown();
        let message = format!("“{}”的指标值“{shown}”没有数、日期或者判定标准，无法衡量。", promise.name());
        promise.at_target(FindingId::TargetWordVague, message)
    });
    vague.collect()
}

/// Whether an output of work, not of money, is promised in words that say how much of nothing.
pub(super) fn is_vague(promise: &Promise<'_>) -> bool {
    let output = promise.group() == Some(Group::Output);
    let words = promise.target_in_words().filter(|_| output);
    words.is_some_and(|words| {
        let vague = promise.words.of(Class::VagueTargets);
        let timed = promise.words.of(Class::TimesInWords).within(&words);
        (vague.begins(&words) || vague.ends(&words)) && !timed
    })
}
