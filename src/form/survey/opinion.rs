//! What an answer says: words of satisfaction, as typed or behind the letter and before the points of an option.

use crate::mapping::Mapping;
use crate::mapping::title::{bare, normalise};
use crate::model::Opinion;
use crate::sheet::{Cell, Value};
use crate::words::{self, Class};

/// Characters of an answer at most.
const MAX_CHARS: usize = 24;

/// What the cell of an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Nothing, or a mark for nothing.
    Skipped,
    /// An answer that is known.
    Known(Opinion),
    /// The number of an option.
    Number(u32),
    /// Something else.
    Other,
}

/// What a cell answers.
pub(super) fn of(cell: &Cell, mapping: &Mapping) -> Answer {
    let key = match &cell.value {
        Value::Empty => return Answer::Skipped,
        Value::Number(number) => number.to_string(),
        Value::Text(text) => normalise(text),
        _ => return Answer::Other,
    };
    if mapping.missing_values.contains(&key) || words::of(Class::OptionSkipped).has(&key) {
        return Answer::Skipped;
    }
    match (opinion(&key, mapping), key.parse()) {
        (Some(opinion), _) => Answer::Known(opinion),
        (None, Ok(number)) => Answer::Number(number),
        _ => Answer::Other,
    }
}

/// The opinion of a normalised answer. What a mapping counts as satisfied is so by every measure.
pub(super) fn opinion(key: &str, mapping: &Mapping) -> Option<Opinion> {
    if key.is_empty() || key.chars().count() > MAX_CHARS {
        return None;
    }
    let plain = unlettered(key);
    [key, plain, bare(plain).unwrap_or(plain)].into_iter().find_map(|key| {
        let listed = |list: &[String]| list.iter().any(|answer| answer == key);
        if !mapping.satisfied.is_empty() && listed(&mapping.satisfied) {
            return Some(Opinion::Very);
        }
        let known = Opinion::of(key).or_else(|| listed(&mapping.answers).then_some(Opinion::Unsatisfied))?;
        // Where a mapping lists what is satisfied, nothing else is.
        Some(if mapping.satisfied.is_empty() { known } else { known.min(Opinion::Unsatisfied) })
    })
}

/// Whether an answer speaks of being satisfied at all: 一般 may be said of anything.
pub(super) fn is_telling(opinion: Opinion) -> bool {
    !matches!(opinion, Opinion::Neutral | Opinion::None)
}

/// An option without its letter or number: `A.非常满意`, `2、满意`.
fn unlettered(key: &str) -> &str {
    let mut chars = key.chars();
    let first = chars.next();
    let mark = chars.next();
    let lettered = first.is_some_and(|c| c.is_ascii_alphanumeric())
        && mark.is_some_and(|c| matches!(c, '.' | '、' | ':' | ')' | '．' | '-'));
    if lettered { chars.as_str() } else { key }
}
