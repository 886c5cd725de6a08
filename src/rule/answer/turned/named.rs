//! A number with the very words by which the criterion counts: 新增规上企业3家 under 每新增1家规上企业.

use crate::notation::{Notation, scan_quantity};
use crate::rule::Measure;
use crate::words::{self, Class};

use super::super::super::Refusal;
use super::super::Answer;
use super::super::gravity::{Kind, kind};
use super::super::parts::parts;
use super::{Said, Turned};

/// Fewer characters may stand in any criterion.
const MIN_CHARS: usize = 4;

pub(super) fn turn(said: &Said) -> Result<Option<Turned>, Refusal> {
    if said.rule.measure != Measure::Value || said.facts.actual.is_some() {
        return Ok(None);
    }
    let found = parts(&said.text).unwrap_or_default();
    let [only] = found.as_slice() else { return Ok(None) };
    let Some(amount) = only.amount.as_ref().filter(|_| only.after.is_empty()) else { return Ok(None) };
    let label = words::of(Class::Performed).strip(&only.before).unwrap_or(&only.before);
    let label = label.trim_end_matches([':', '为', '共', '达', '了']);
    let asked = without_numbers(&said.rule.all_words());
    let fits = label.chars().nth(MIN_CHARS.saturating_sub(1)).is_some()
        && asked.contains(label)
        && kind(&asked, label) == Kind::Same;
    let moved = [Class::Risen, Class::Fallen].iter().any(|class| words::of(*class).within(label));
    let denied = asked.split(label).next().is_some_and(|before| before.ends_with(['未', '不', '没', '非', '无']));
    Ok((fits && !denied && !moved).then(|| Turned::Answer(Answer::of(Notation::Quantity(amount.clone())))))
}

/// 每新增1家规上企业 as 每新增规上企业.
fn without_numbers(words: &str) -> String {
    let mut found = String::new();
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let taken = match scan_quantity(rest) {
            Some((_, taken)) if c.is_ascii_digit() => taken,
            _ => {
                found.push(c);
                c.len_utf8()
            }
        };
        rest = rest.get(taken.max(c.len_utf8())..).unwrap_or_default();
    }
    found
}
