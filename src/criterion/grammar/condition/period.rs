//! Conditions on a stretch of days: 7月1日至8月31日完工, 10月完成, 第三季度开工, 11月及以后完成.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::deadline::with_day;
use super::{About, Condition, Shape};
use crate::criterion::grammar::clause::Given;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, word};
use crate::criterion::grammar::words::{FROM_THEN, ON_DAY, THROUGH, WITHIN_PERIOD};
use crate::notation::date::{When, YearPart};
use crate::notation::{Days, scan_date};

/// Between two days, in a month, or from one on. What is done in it stands behind it.
pub(super) fn period(input: &mut Input<'_>, given: Given) -> Outcome<Condition> {
    opt(word(ON_DAY)).parse_next(input)?;
    let first = date(input)?;
    if let Some(last) = attempt(input, |i| {
        attempt(i, with_day);
        word(THROUGH).parse_next(i)?;
        let last = date(i)?;
        attempt(i, with_day);
        attempt(i, word(WITHIN_PERIOD));
        Ok(last)
    }) {
        let last = When { year: last.year.or(first.year), ..last };
        let days = days(first, given, true)?.through(days(last, given, false)?).ok_or(EmptyError)?;
        return Ok(of(About::During(days)));
    }
    let whole = matches!(
        first.part,
        YearPart::Month(_) | YearPart::Quarter(_) | YearPart::Half(_) | YearPart::Third(..)
    );
    // 11月及以后 has November in it; whether 11月以后 has, only the dates before it can say.
    if attempt(input, word(FROM_THEN)).is_some() {
        return Ok(of(About::Since(days(first, given, false)?, true)));
    }
    if !whole {
        return Err(EmptyError);
    }
    if attempt(input, word(&["以后", "之后", "后"])).is_some() {
        return Ok(of(About::Since(days(first, given, false)?, false)));
    }
    attempt(input, word(WITHIN_PERIOD));
    Ok(of(About::During(days(first, given, false)?)))
}

fn of(about: About) -> Condition {
    let shape = if matches!(about, About::Since(..)) { Shape::Misses } else { Shape::Meets };
    Condition { about, shape, subject: None }
}

fn date(input: &mut Input<'_>) -> Outcome<When> {
    let (when, taken) = scan_date(input, false).ok_or(EmptyError)?;
    *input = input.get(taken..).ok_or(EmptyError)?;
    Ok(when)
}

/// The days meant. Without a year they lie behind the target's day in the same year; `from`: a stretch may begin on it.
fn days(when: When, given: Given, from: bool) -> Outcome<Days> {
    if when.year.is_some() {
        return when.days(None).ok_or(EmptyError);
    }
    let due = given.deadline.ok_or(EmptyError)?;
    let found = when.days(Some(due.year())).ok_or(EmptyError)?;
    if found.first > due || (from && found.first == due) { Ok(found) } else { Err(EmptyError) }
}
