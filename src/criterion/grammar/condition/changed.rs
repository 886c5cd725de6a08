//! A change of which only the most is said: 有提高但未达到5%, 下降但不足3%.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::figures::one_sided;
use super::{About, Condition, Shape, Stretch, end};
use crate::base::Number;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, word};
use crate::criterion::grammar::words::{FALLS, RISES};
use crate::rule::{Amount, Point};

/// It changed that way, and by less than so much.
pub(super) fn changed(input: &mut Input<'_>) -> Outcome<Condition> {
    attempt(input, word(&["虽有", "虽然", "略有", "有", "虽"]));
    let way = attempt(input, word(RISES)).or_else(|| attempt(input, word(FALLS))).ok_or(EmptyError)?;
    attempt(input, word(&["，"]));
    word(&["但是", "但"]).parse_next(input)?;
    attempt(input, word(&["幅度"]));
    let found = one_sided(input)?;
    let (None, Some(upper)) = (found.lower, found.upper) else { return Err(EmptyError) };
    let Point::Value(most) = &upper.at else { return Err(EmptyError) };
    let zero = Amount { number: Number::ZERO, unit: most.unit.clone() };
    let lower = Some(end(Point::Value(zero), false, true));
    let stretch = Stretch { lower, upper: Some(upper), ..Stretch::default() };
    let subject = Some(way.to_owned());
    Ok(Condition { about: About::Value, shape: Shape::Within(stretch), subject })
}
