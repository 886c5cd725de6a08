//! Conditions with both ends: [80%,90%), 85%≤x<95%, 预算数<实际支出≤预算数的110%.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::figures::{as_the_second, range_end};
use super::{About, Condition, Shape, Stretch, end, within};
use crate::base::Number;
use crate::criterion::grammar::scan::{
    Input, Outcome, amount, attempt, is_name, signed_amount, word, zero_of,
};
use crate::criterion::grammar::words::AT;
use crate::notation::scan_unit;
use crate::rule::Point;

/// `[80%,90%)`, `(80%，90%]`, `在[80%,90%)区间`
pub(super) fn interval(input: &mut Input<'_>) -> Outcome<Condition> {
    opt(word(AT)).parse_next(input)?;
    let low_in = word(&["[", "("]).parse_next(input)? == "[";
    let start = *input;
    let mut low = signed_amount(input)?;
    word(&["，", ","]).parse_next(input)?;
    let mut high = signed_amount(input)?;
    zero_of(&mut high, &low);
    let high_in = word(&["]", ")"]).parse_next(input)? == "]";
    // (0，10]个工作日
    if high.unit.is_bare()
        && let Some((unit, taken)) = scan_unit(input)
        && unit.word != "分"
    {
        *input = input.get(taken..).ok_or(EmptyError)?;
        high.unit = unit;
    }
    range_end(input);
    as_the_second(&mut low, &high, start);
    if low.unit.comparable(&high.unit) && low.number < high.number {
        Ok(within(Stretch {
            lower: Some(end(Point::Value(low), low_in, true)),
            upper: Some(end(Point::Value(high), high_in, true)),
            ..Stretch::default()
        }))
    } else {
        Err(EmptyError)
    }
}

/// `预算数<实际支出≤预算数的110%`: between shares of the target.
fn around_target(input: &mut Input<'_>) -> Outcome<Condition> {
    let sign = |i: &mut Input<'_>| word(&["≤", "<=", "=<", "<"]).parse_next(i);
    let share = |i: &mut Input<'_>| {
        super::target_name::target(i)?;
        opt(word(&["的", "*"])).parse_next(i)?;
        match attempt(i, amount) {
            Some(a) if a.unit.is_ratio() => a.number.times(a.unit.factor).ok_or(EmptyError),
            Some(_) => Err(EmptyError),
            None => Ok(Number::ONE),
        }
    };
    let low = share(input)?;
    let low_in = sign(input)? != "<";
    let until = input.find(['≤', '<', '=']).ok_or(EmptyError)?;
    let name = input.get(..until).ok_or(EmptyError)?;
    if !is_name(name) {
        return Err(EmptyError);
    }
    *input = input.get(until..).ok_or(EmptyError)?;
    let high_in = sign(input)? != "<";
    let high = share(input)?;
    if low >= high {
        return Err(EmptyError);
    }
    let place = |share: Number| if share == Number::ONE { Point::Target } else { Point::OfTarget(share) };
    let stretch = Stretch {
        lower: Some(end(place(low), low_in, true)),
        upper: Some(end(place(high), high_in, true)),
        ..Stretch::default()
    };
    let subject = (!matches!(name, "x" | "X")).then(|| name.to_owned());
    Ok(Condition { about: About::Value, shape: Shape::Within(stretch), subject })
}

/// `85%≤x<95%`, `95%>满意度≥85%`
pub(super) fn two_sided(input: &mut Input<'_>) -> Outcome<Condition> {
    let sign = |i: &mut Input<'_>| word(&["≤", "<=", "=<", "<", "≥", ">=", "=>", ">"]).parse_next(i);
    if let Some(found) = attempt(input, around_target) {
        return Ok(found);
    }
    let start = *input;
    let mut a = signed_amount(input)?;
    let first = sign(input)?;
    let until = input.find(['≤', '<', '≥', '>', '=']).ok_or(EmptyError)?;
    let name = input.get(..until).ok_or(EmptyError)?;
    if !is_name(name) {
        return Err(EmptyError);
    }
    *input = input.get(until..).ok_or(EmptyError)?;
    let second = sign(input)?;
    let mut b = signed_amount(input)?;
    zero_of(&mut b, &a);
    zero_of(&mut a, &b);
    as_the_second(&mut a, &b, start);
    let (rising, falling) = (|s: &str| s.contains(['≤', '<']), |s: &str| s.contains(['≥', '>']));
    let includes = |s: &str| s.contains(['≤', '≥', '=']);
    let (low, low_in, high, high_in) = if rising(first) && rising(second) {
        (a, includes(first), b, includes(second))
    } else if falling(first) && falling(second) {
        (b, includes(second), a, includes(first))
    } else {
        return Err(EmptyError);
    };
    if !low.unit.comparable(&high.unit) || low.number >= high.number {
        return Err(EmptyError);
    }
    let subject = (!matches!(name, "x" | "X" | "a" | "A" | "p" | "P")).then(|| name.to_owned());
    let stretch = Stretch {
        lower: Some(end(Point::Value(low), low_in, true)),
        upper: Some(end(Point::Value(high), high_in, true)),
        ..Stretch::default()
    };
    Ok(Condition { about: About::Value, shape: Shape::Within(stretch), subject })
}
