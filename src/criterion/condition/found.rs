//! Conditions on what was found: 无有效投诉, 发生安全事故, 出现2次及以上.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::super::scan::{Input, Outcome, attempt, is_name, lit, word};
use super::super::words::{HARM, NONE, SOME};
use super::figures::{by_figures, one_sided, range, stretch};
use super::{Condition, Matter, Shape, Stretch, from, up_to};
use crate::base::Number;
use crate::notation::Unit;
use crate::rule::{Amount, Point};

pub(super) fn counted(noun: &str, stretch: Stretch) -> Condition {
    Condition { matter: Matter::Count(noun.to_owned()), shape: Shape::Within(stretch), subject: None }
}

pub(super) fn none_of() -> Point {
    Point::Value(Amount { number: Number::ZERO, unit: Unit::bare() })
}

/// 无有效投诉, 未发现问题, 发生安全事故, 出现2次及以上, 发现问题数等于0
pub(super) fn found(input: &mut Input<'_>) -> Outcome<Condition> {
    if let Some(found) = attempt(input, |i| {
        lit("发现问题数").parse_next(i)?;
        by_figures(i)
    }) {
        return Ok(Condition { matter: Matter::Count(String::new()), ..found });
    }
    if let Some(noun) = attempt(input, |i| {
        word(NONE).parse_next(i)?;
        harm(i)
    }) {
        return Ok(counted(noun, up_to(none_of(), true, true)));
    }
    if input.starts_with("有效") {
        return Err(EmptyError); // 有效投诉 is a name
    }
    word(SOME).parse_next(input)?;
    let figures = attempt(input, |i| {
        let found = match attempt(i, range) {
            Some(found) => stretch(found, Point::Value),
            None => one_sided(i)?,
        };
        let counts = [&found.lower, &found.upper]
            .iter()
            .any(|end| end.as_ref().is_some_and(|e| matches!(&e.at, Point::Value(a) if is_count(&a.unit))));
        if counts { Ok(found) } else { Err(EmptyError) }
    });
    if let Some(mut found) = figures {
        found.perhaps_beyond = false;
        let noun = attempt(input, |i| harm(i)).unwrap_or_default();
        return Ok(counted(noun, found));
    }
    let noun = harm(input)?;
    // 发现问题2处以上
    let figures = attempt(input, |i| match attempt(i, range) {
        Some(found) => Ok(stretch(found, Point::Value)),
        None => one_sided(i),
    });
    let mut found = figures.unwrap_or_else(|| from(none_of(), false, true));
    found.perhaps_beyond = false;
    Ok(counted(noun, found))
}

pub(in crate::criterion) fn is_count(unit: &Unit) -> bool {
    matches!(unit.dimension, crate::notation::Dimension::Count(_)) && unit.word != "分"
}

/// A harm's name: up to its last word, before the award.
pub(in crate::criterion) fn harm<'s>(input: &mut Input<'s>) -> Outcome<&'s str> {
    let mut best = None;
    for (at, _) in input.char_indices().take(MAX_HARM) {
        let rest = input.get(at..).unwrap_or_default();
        let Some(name) = HARM.iter().filter(|w| rest.starts_with(**w)).max_by_key(|w| w.len()) else {
            continue;
        };
        let end = at.saturating_add(name.len());
        let noun = input.get(..end).unwrap_or_default();
        if is_name(noun) {
            best = Some(end);
        }
    }
    let end = best.ok_or(EmptyError)?;
    let noun = input.get(..end).ok_or(EmptyError)?;
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok(noun)
}

/// Characters in which the name of a harm ends.
pub(super) const MAX_HARM: usize = 16;
