//! Parts of a sum that ask that one thing is so, and no more: 制定检查计划得2分, beside numbers.

use crate::rule::{Part, Rule};

/// Whether a part asks that what it is called is so, and no more.
pub(super) fn is_lone(part: &Part) -> bool {
    let Rule::Graded(rule) = &part.rule else { return false };
    matches!(rule.states.as_slice(), [only] if part.names.contains(&only.label)) && rule.bands.is_empty()
}

/// 制定检查计划, 有检查记录: all that the part asks for, without a figure.
pub(super) fn lone_state(words: &str, names: &[String]) -> bool {
    names.iter().any(|name| name == words) && !words.contains(|c: char| c.is_ascii_digit())
}
