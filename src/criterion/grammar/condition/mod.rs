//! Conditions: on a figure, on the target, on the deadline, on what was found.

mod belonging;
mod between;
mod changed;
mod deadline;
mod deviation;
mod either_way;
mod figures;
mod found;
mod period;
mod target;
mod target_name;

pub(crate) use deadline::{day, is_time};
pub(crate) use figures::both;
pub(crate) use found::{MAX_HARM, denies_harm, harmful, is_count};

use winnow::error::EmptyError;
use winnow::prelude::*;

use self::between::{interval, two_sided};
use self::changed::changed;
use self::deadline::{dated, earliness, lateness};
use self::deviation::deviation;
use self::either_way::either_way;
use self::figures::by_figures;
use self::found::{found, lacking};
use self::period::period;
use self::target::{against_target, met, of_target, overspent, part_of_target};
use crate::base::{Date, Number};
use crate::criterion::grammar::clause::Given;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, begins_figure, word};
use crate::criterion::grammar::words::{
    AT, BESIDE, BOTH, COMES_TO, EARLY, EITHER_WAY, EQUAL, EXACTLY, EXCEEDS, FALLS, FAULTS_FOUND, KEPT_AT,
    LACKING, LATE, LOWER_IN, LOWER_OUT, LOWER_OVER, MEETS, MET, MISSED, MISSES, NEGATIVE, NONE, NONE_ALONE,
    NOT_BEYOND, NOT_EQUAL, NOT_HAPPENED, NOT_OVER, NOT_OVERSPENT, NOT_UNDER, OF_THE_YEAR, ON_DAY, ON_TIME,
    OVER, OVER_BY, OVERSPENT, RANKED, REACHES, RISES, SOME, SOME_ALONE, STRAYING, STRAYS, TARGET, THAN,
    UNDER, UNDER_BY, UPPER_IN, UPPER_OUT,
};
use crate::notation::{DATE_WORDS, Days, RANK_WORDS};
use crate::rule::Point;
use crate::words::{Beginnings, list};

/// One end as written: `firm` where the text itself says whether the point belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct End {
    pub(crate) at: Point,
    pub(crate) inclusive: bool,
    pub(crate) firm: bool,
    /// 以下: it gives way to a bare range that begins here.
    pub(crate) yields: bool,
}

/// A stretch as written.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Stretch {
    pub(crate) lower: Option<End>,
    pub(crate) upper: Option<End>,
    /// Both ends come from one bare range (85%-95%).
    pub(crate) bare: bool,
    /// 超过10%: above 10 %, or above the target by 10 %; the rest of the criterion decides.
    pub(crate) perhaps_beyond: bool,
    /// 目标值95%: the figure behind the target's name may be the target itself, or a share of it.
    pub(crate) perhaps_named: bool,
}

/// What a condition is about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum About {
    /// The measured value.
    Value,
    /// Days after the deadline.
    Lateness(Option<Date>),
    /// Done on one of these days.
    During(Days),
    /// Done on one of these days or later; whether they are in it, where the text says so.
    Since(Days, bool),
    /// What was found.
    Count(String),
    /// What is missing.
    Missing,
    /// How far the actual is from the target, whichever way.
    Deviation,
}

/// A condition as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Condition {
    pub(crate) about: About,
    pub(crate) shape: Shape,
    /// A name that stands inside the condition (85%≤完成率<95%).
    pub(crate) subject: Option<String>,
}

/// The shape of a condition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
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
    Condition { about: About::Value, shape, subject: None }
}

fn within(stretch: Stretch) -> Condition {
    value(Shape::Within(stretch))
}

pub(crate) fn end(at: Point, inclusive: bool, firm: bool) -> End {
    End { at, inclusive, firm, yields: false }
}

fn from(at: Point, inclusive: bool, firm: bool) -> Stretch {
    Stretch { lower: Some(end(at, inclusive, firm)), ..Stretch::default() }
}

fn up_to(at: Point, inclusive: bool, firm: bool) -> Stretch {
    Stretch { upper: Some(end(at, inclusive, firm)), ..Stretch::default() }
}

/// What conditions begin with, but for figures and brackets: the first words of the parsers below, each asked for by its
/// class, so that a word of a class is never missing here.
const BEGINNINGS: Beginnings = Beginnings::of(&[
    // changed
    RISES,
    FALLS,
    // dated
    ON_DAY,
    list::LATER_THAN_DAY,
    list::DUE_SIGNS,
    // two_sided, of_target, against_target, deviation
    TARGET,
    // interval, of_target, by_figures
    AT,
    // lacking, found
    LACKING,
    FAULTS_FOUND,
    NONE,
    NONE_ALONE,
    NOT_HAPPENED,
    SOME,
    SOME_ALONE,
    // overspent
    NOT_OVERSPENT,
    NOT_BEYOND,
    OVERSPENT,
    // deviation
    THAN,
    OVER,
    OVER_BY,
    UNDER,
    UNDER_BY,
    // of_target, against_target
    OF_THE_YEAR,
    MEETS,
    MISSES,
    NOT_OVER,
    NOT_UNDER,
    EXACTLY,
    KEPT_AT,
    // by_figures, and what stands before a figure
    RANKED,
    NEGATIVE,
    COMES_TO,
    NOT_EQUAL,
    STRAYS,
    STRAYING,
    BESIDE,
    EITHER_WAY,
    LOWER_IN,
    LOWER_OUT,
    LOWER_OVER,
    UPPER_IN,
    UPPER_OUT,
    EQUAL,
    // met
    MISSED,
    EXCEEDS,
    MET,
    REACHES,
    // lateness, earliness
    ON_TIME,
    LATE,
    EARLY,
])
.and(&DATE_WORDS)
.and(&RANK_WORDS);

/// Whether a condition may begin here: never no where one does. Most places of a text are seen to have none by this.
pub(crate) fn may_begin(input: Input<'_>) -> bool {
    BEGINNINGS.may_begin(input) || begins_figure(input) || input.starts_with(['(', '[', '-'])
}

/// A condition at the start of the text.
pub(crate) fn condition(input: &mut Input<'_>, given: Given) -> Outcome<Condition> {
    // A day is no figure: 12月底前完成 is not 12 months.
    if let Some(found) = attempt(input, |i| dated(i, given)) {
        return Ok(found);
    }
    if let Some(found) = attempt(input, |i| period(i, given)) {
        return Ok(found);
    }
    // All others but these begin with a word.
    let parsers = if input.starts_with(|c: char| c.is_ascii_digit()) { FIGURED } else { WORDED };
    first_of(parsers, input).ok_or(EmptyError)
}

type Reader = fn(&mut Input<'_>) -> Outcome<Condition>;

/// The parsers of conditions, in the order in which they are tried.
pub(crate) const WORDED: &[Reader] = &[
    changed,
    two_sided,
    either_way,
    interval,
    lacking,
    found,
    overspent,
    deviation,
    part_of_target,
    of_target,
    against_target,
    by_figures,
    met,
    earliness,
    lateness,
];

/// Those of them that may begin with a digit.
pub(crate) const FIGURED: &[Reader] = &[two_sided, by_figures];

/// What the first of the parsers reads that reads anything.
pub(crate) fn first_of(parsers: &[Reader], input: &mut Input<'_>) -> Option<Condition> {
    let found = parsers.iter().find_map(|parser| attempt(input, parser))?;
    Some(also(found, input))
}

/// A second condition that must hold as well: 不低于目标值的80%且低于目标值.
fn also(first: Condition, input: &mut Input<'_>) -> Condition {
    let Shape::Within(a) = &first.shape else { return first };
    if first.about != About::Value || (a.lower.is_some() && a.upper.is_some()) {
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

/// The figure of a place that is said as one, in the base of its dimension.
pub(crate) fn figure(point: &Point) -> Option<Number> {
    match point {
        Point::Value(a) => a.number.times(a.unit.factor),
        _ => None,
    }
}
