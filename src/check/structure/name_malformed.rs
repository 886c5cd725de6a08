//! The name of an indicator has signs that do not belong there.

use super::name_is_a_sentence::is_told;
use crate::check::Facts;
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.promises().filter_map(|promise| {
        let key = promise.key();
        let sign = promise.words.of(Class::MalformedNames).find(&key).map(|(_, word)| word.to_owned());
        // Of a sentence it is said that it is one.
        let stop = key.ends_with('。') && !is_told(facts, &promise);
        let stop = stop.then(|| "。".to_owned());
        let sign = sign.or(stop)?;
        let message = format!("“{}”的名称中有“{sign}”。", promise.name());
        Some(promise.at_name(FindingId::NameMalformed, message))
    });
    findings.collect()
}
