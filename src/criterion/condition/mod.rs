//! Conditions: on a figure, on the target, on the deadline, on what was found.

mod between;
mod deadline;
mod figures;
mod found;
mod target;

pub(super) use deadline::{day, is_time};
pub(super) use figures::both;
pub(super) use found::{harmful, is_count};

use winnow::error::EmptyError;
use winnow::prelude::*;

use self::between::{interval, two_sided};
use self::deadline::{dated, lateness};
use self::figures::by_figures;
use self::found::{found, lacking};
use self::target::{against_target, deviation, met, of_target, overspent};
use super::scan::{Input, Outcome, attempt, word};
use super::words::BOTH;
use crate::base::Date;
use crate::rule::Point;

/// One end as written: `firm` where the text itself says whether the point belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct End {
    pub(super) at: Point,
    pub(super) inclusive: bool,
    pub(super) firm: bool,
    /// 以下: it gives way to a bare range that begins here.
    pub(super) yields: bool,
}

/// A stretch as written.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Stretch {
    pub(super) lower: Option<End>,
    pub(super) upper: Option<End>,
    /// Both ends come from one bare range (85%-95%).
    pub(super) bare: bool,
    /// 超过10%: above 10 %, or above the target by 10 %; the rest of the criterion decides.
    pub(super) perhaps_beyond: bool,
    /// 目标值95%: the figure behind the target's name may be the target itself, or a share of it.
    pub(super) perhaps_named: bool,
}

/// What a condition is about.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Matter {
    /// The measured value.
    Value,
    /// Days after the deadline.
    Lateness(Option<Date>),
    /// What was found.
    Count(String),
    /// What is missing.
    Missing,
}

/// A condition as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Condition {
    pub(super) matter: Matter,
    pub(super) shape: Shape,
    /// A name that stands inside the condition (85%≤完成率<95%).
    pub(super) subject: Option<String>,
}

/// The shape of a condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Within(Stretch),
    Outside(Stretch),
    Meets,
    Misses,
    /// 达不到的, 超过的: what the condition before it is not.
    Contrary {
        over: bool,
    },
}

fn value(shape: Shape) -> Condition {
    Condition { matter: Matter::Value, shape, subject: None }
}

fn within(stretch: Stretch) -> Condition {
    value(Shape::Within(stretch))
}

pub(super) fn end(at: Point, inclusive: bool, firm: bool) -> End {
    End { at, inclusive, firm, yields: false }
}

fn from(at: Point, inclusive: bool, firm: bool) -> Stretch {
    Stretch { lower: Some(end(at, inclusive, firm)), ..Stretch::default() }
}

fn up_to(at: Point, inclusive: bool, firm: bool) -> Stretch {
    Stretch { upper: Some(end(at, inclusive, firm)), ..Stretch::default() }
}

/// What the criterion is read for, as far as conditions need it.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// The target's deadline, to complete dates without a year.
    pub(super) deadline: Option<Date>,
}

/// A condition at the start of the text.
pub(super) fn condition(input: &mut Input<'_>, around: Around) -> Outcome<Condition> {
    let start = *input;
    // A day is no figure: 12月底前完成 is not 12 months.
    if let Some(found) = attempt(input, |i| dated(i, around)) {
        return Ok(found);
    }
    // All others but these begin with a word.
    let parsers: &[fn(&mut Input<'_>) -> Outcome<Condition>] =
        if input.starts_with(|c: char| c.is_ascii_digit()) {
            &[two_sided, by_figures]
        } else {
            &[
                two_sided,
                interval,
                lacking,
                found,
                overspent,
                deviation,
                of_target,
                against_target,
                by_figures,
                met,
                lateness,
            ]
        };
    for parser in parsers {
        if let Some(found) = attempt(input, parser) {
            return Ok(also(found, input));
        }
    }
    *input = start;
    Err(EmptyError)
}

/// A second condition that must hold as well: 不低于目标值的80%且低于目标值.
fn also(first: Condition, input: &mut Input<'_>) -> Condition {
    let Shape::Within(a) = &first.shape else { return first };
    if first.matter != Matter::Value || (a.lower.is_some() && a.upper.is_some()) {
        return first;
    }
    let second = attempt(input, |i| {
        word(BOTH).parse_next(i)?;
        let second = [of_target, against_target, by_figures]
            .into_iter()
            .find_map(|p| attempt(i, p))
            .ok_or(EmptyError)?;
        match second.shape {
            Shape::Within(b) => both(a.clone(), b).ok_or(EmptyError),
            _ => Err(EmptyError),
        }
    });
    match second {
        Some(stretch) => Condition { shape: Shape::Within(stretch), ..first },
        None => first,
    }
}
