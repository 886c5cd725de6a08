//! (完成率-60%)/(1-60%)×分值, (1-不合格率)×5分: a product of a line from nothing to all, and the points it leads to.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::interpolation::place;
use super::{Kind, Place};
use crate::base::{Number, Ratio};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::condition::figure;
use crate::criterion::grammar::formula::{base_points, times};
use crate::criterion::grammar::scan::{
    Input, Outcome, amount, attempt, denies, figure as figure_of, is_name, lit, percentage, word,
};
use crate::criterion::grammar::words::{BY, SCORE_NAMES, SCORE_VERBS};
use crate::notation::Unit;
use crate::rule::{Amount, Knot, Line, Point, Words};

pub(super) const KIND: Kind = Kind {
    name: "直线公式",
    example: "(完成率-60%)/(1-60%)*分值",
    yields: "按直线的得分",
    place: Place::Anywhere,
    parse: |input, _| line_formula(input),
    before: &[],
};

/// A product of a line from nothing to all, and the points it leads to.
pub(crate) fn line_formula(input: &mut Input<'_>) -> Outcome<Clause> {
    if !input.contains(['-', '－']) {
        return Err(EmptyError);
    }
    let by = attempt(input, word(BY)).is_some();
    attempt(input, |i| {
        word(SCORE_NAMES).parse_next(i)?;
        word(&["=", "为", ":"]).parse_next(i)
    });
    let mut base = None;
    let mut over = None;
    loop {
        if base.is_none()
            && let Some(found) = attempt(input, base_points)
        {
            base = Some(found);
        } else if base.is_none()
            && let Some(found) = attempt(input, bare)
        {
            base = Some(Some(found));
        } else if over.is_none() {
            over = Some(attempt(input, rising).or_else(|| attempt(input, falling)).ok_or(EmptyError)?);
        } else {
            // ×100%, which changes nothing
            let share = percentage(input)?;
            if share != Ratio::ONE {
                return Err(EmptyError);
            }
        }
        if attempt(input, times).is_none() {
            break;
        }
    }
    if attempt(input, word(SCORE_VERBS)).is_none() && by {
        attempt(input, lit("计"));
    }
    if !(input.is_empty() || input.starts_with('，')) {
        return Err(EmptyError);
    }
    let (Some(points), Some((name, from, to, falls))) = (base, over) else { return Err(EmptyError) };
    let (nothing, all) = (Some(Number::ZERO), points);
    let (first, last) = if falls { (all, nothing) } else { (nothing, all) };
    let line = Line {
        from: Knot { at: from, points: first },
        to: Knot { at: to, points: last },
        words: Words::empty(),
    };
    Ok(Clause::Line { subject: name, line: Some(line) })
}

/// ×5: a figure that can only be the weight, which is judged with the rest.
fn bare(input: &mut Input<'_>) -> Outcome<Number> {
    let (n, digits) = figure_of(input)?;
    let ends = input.is_empty() || input.starts_with(['，', '*']) || SCORE_VERBS.longest(input).is_some();
    if digits && ends { Ok(n) } else { Err(EmptyError) }
}

/// What a line is over, its two places, and whether it falls.
type Over = (Option<String>, Point, Point, bool);

/// (完成率-60%)/(100%-60%)
fn rising(input: &mut Input<'_>) -> Outcome<Over> {
    lit("(").parse_next(input)?;
    let name = measured(input)?;
    lit("-").parse_next(input)?;
    let low = amount(input)?;
    lit(")").parse_next(input)?;
    lit("/").parse_next(input)?;
    let low = whole(low);
    let (high, again) = if attempt(input, lit("(")).is_some() {
        let high = place(input)?;
        lit("-").parse_next(input)?;
        let again = whole(amount(input)?);
        lit(")").parse_next(input)?;
        (high, again)
    } else {
        // (x-60%)/40%
        let length = whole(amount(input)?);
        let sum = low.number.plus(length.number).filter(|_| length.unit == low.unit).ok_or(EmptyError)?;
        (Point::Value(Amount { number: sum, unit: low.unit.clone() }), low.clone())
    };
    let high = match high {
        Point::Value(amount) => Point::Value(whole(amount)),
        other => other,
    };
    let low = Point::Value(low);
    let upward = match (figure(&low), figure(&high)) {
        (Some(a), Some(b)) => a < b,
        _ => high == Point::Target,
    };
    if Point::Value(again) == low && upward { Ok((name, low, high, false)) } else { Err(EmptyError) }
}

/// (1-不合格率)
fn falling(input: &mut Input<'_>) -> Outcome<Over> {
    lit("(").parse_next(input)?;
    let one = whole(amount(input)?);
    lit("-").parse_next(input)?;
    let name = measured(input)?;
    lit(")").parse_next(input)?;
    // (25%-差异率)/20%: from nothing at 25% to all at 5%
    if attempt(input, lit("/")).is_some() {
        if name.as_deref().is_none_or(denies) {
            return Err(EmptyError);
        }
        let length = whole(amount(input)?);
        let low = one.number.minus(length.number).filter(|n| length.unit == one.unit && !n.is_negative());
        let low = Point::Value(Amount { number: low.ok_or(EmptyError)?, unit: one.unit.clone() });
        return if one.unit.is_ratio() && name.is_some() {
            Ok((name, low, Point::Value(one), true))
        } else {
            Err(EmptyError)
        };
    }
    let share = |n: Number| Point::Value(Amount { number: n, unit: Unit::percent() });
    let hundred = share(Number::from(100));
    let rate = name.as_deref().is_some_and(|name| name.ends_with('率'));
    if Point::Value(one) == hundred && rate {
        Ok((name, share(Number::ZERO), hundred, true))
    } else {
        Err(EmptyError)
    }
}

/// A name, or a letter that stands for what is measured.
fn measured(input: &mut Input<'_>) -> Outcome<Option<String>> {
    let end = input.find(['-', ')']).ok_or(EmptyError)?;
    let name = input.get(..end).ok_or(EmptyError)?;
    let letter = name.len() == 1 && name.chars().all(|c| c.is_ascii_alphabetic());
    if !letter && !is_name(name) {
        return Err(EmptyError);
    }
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok((!letter).then(|| name.to_owned()))
}

/// 1 and 0.6 beside rates are 100% and 60%.
fn whole(amount: Amount) -> Amount {
    match amount.number.times(Number::from(100)) {
        Some(number) if amount.unit.is_bare() && amount.number <= Number::ONE => {
            Amount { number, unit: Unit::percent() }
        }
        _ => amount,
    }
}
