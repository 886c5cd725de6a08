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
        let message = match sign.or(stop) {
            Some(sign) => format!("“{}”的名称中有“{sign}”。", promise.name()),
            None if has_inner_blank(promise.name()) => format!("“{}”的名称中间有空格。", promise.name()),
            None => return None,
        };
        Some(promise.at_name(FindingId::NameMalformed, message))
    });
    findings.collect()
}

/// Whether blanks part Chinese signs. A line break is how a cell is laid out, and words of other languages have blanks.
fn has_inner_blank(name: &str) -> bool {
    let signs: Vec<char> = name.trim().chars().collect();
    let is_chinese = |c: &char| ('\u{4E00}'..='\u{9FFF}').contains(c);
    signs.split(is_chinese).any(|between| {
        !between.is_empty() && between.iter().all(|c| matches!(c, ' ' | '\u{3000}' | '\u{A0}'))
    })
}
