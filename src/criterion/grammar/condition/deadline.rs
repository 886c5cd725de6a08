//! Conditions on the deadline: 按时完成, 2021年12月31日前完成, 逾期3天以内.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::figures::{both, one_sided, range, range_end, stretch};
use super::{About, Condition, End, Shape, Stretch, end};
use crate::base::{Date, Number};
use crate::criterion::grammar::clause::Given;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, denies, is_name, lit, word};
use crate::criterion::grammar::words::{AT, BOTH, EARLY, LATE, ON_DAY, ON_TIME, WITH_DAY};
use crate::notation::{Dimension, Unit, date::YearPart, scan_date};
use crate::rule::{Amount, Point};
use crate::words::list;

pub(super) fn late(about: Option<Date>, shape: Shape) -> Condition {
    Condition { about: About::Lateness(about), shape, subject: None }
}

/// 按时完成, 未按时完成, 逾期3天以内
pub(super) fn lateness(input: &mut Input<'_>) -> Outcome<Condition> {
    if attempt(input, word(ON_TIME)).is_some() || attempt(input, in_due_time).is_some() {
        return Ok(late(None, Shape::Meets));
    }
    word(LATE).parse_next(input)?;
    let days = attempt(input, |i| {
        opt(word(&["天数", "时间"])).parse_next(i)?;
        opt(word(AT)).parse_next(i)?;
        let found = if let Some(found) = attempt(i, range) {
            range_end(i);
            stretch(found, Point::Value)
        } else {
            {
                let first = one_sided(i)?;
                let second = attempt(i, |j| {
                    opt(word(BOTH)).parse_next(j)?;
                    one_sided(j)
                });
                match second {
                    Some(second) => both(first, second).ok_or(EmptyError)?,
                    None => first,
                }
            }
        };
        let timed = [&found.lower, &found.upper]
            .iter()
            .any(|end| end.as_ref().is_some_and(|e| matches!(&e.at, Point::Value(a) if is_time(&a.unit))));
        if timed { Ok(found) } else { Err(EmptyError) }
    });
    match days {
        Some(mut found) => {
            found.perhaps_beyond = false;
            if found.lower.is_none() {
                // 逾期3天以内: late at all, and by no more.
                let unit = match found.upper.as_ref().map(|e| &e.at) {
                    Some(Point::Value(a)) if a.unit.dimension == Dimension::Months => a.unit.clone(),
                    _ => day(),
                };
                let zero = Amount { number: Number::ZERO, unit };
                found.lower = Some(end(Point::Value(zero), false, true));
            }
            opt(word(&["完成"])).parse_next(input)?;
            Ok(late(None, Shape::Within(found)))
        }
        None if input.starts_with(|c: char| c.is_ascii_digit()) => Err(EmptyError),
        None => Ok(late(None, Shape::Misses)),
    }
}

/// 在计划完工时间前(含当日), 合同约定期限内: in time, whatever that time is called.
fn in_due_time(input: &mut Input<'_>) -> Outcome<()> {
    opt(word(AT)).parse_next(input)?;
    word(list::DUE_SIGNS).parse_next(input)?;
    opt(lit("的")).parse_next(input)?;
    let at = list::DUE_TIMES.find(input).map(|(at, _)| at).ok_or(EmptyError)?;
    let act = input.get(..at).filter(|act| act.is_empty() || is_name(act)).ok_or(EmptyError)?;
    if act.chars().nth(MAX_ACT).is_some() || denies(act) {
        return Err(EmptyError);
    }
    *input = input.get(at..).ok_or(EmptyError)?;
    word(list::DUE_TIMES).parse_next(input)?;
    word(list::DUE_BOUNDS).parse_next(input)?;
    attempt(input, with_day);
    Ok(())
}

/// What is due is named in two characters.
const MAX_ACT: usize = 2;

/// 提前10天(含)以上, 提前10天以内, 提前天数高于0天且低于10天: days before the deadline are days late below zero.
pub(super) fn earliness(input: &mut Input<'_>) -> Outcome<Condition> {
    let said = word(EARLY).parse_next(input)?;
    opt(word(AT)).parse_next(input)?;
    let found = if let Some(found) = attempt(input, range) {
        range_end(input);
        stretch(found, Point::Value)
    } else {
        let first = one_sided(input)?;
        let second = attempt(input, |i| {
            opt(word(BOTH)).parse_next(i)?;
            one_sided(i)
        });
        match second {
            Some(second) => both(first, second).ok_or(EmptyError)?,
            None => first,
        }
    };
    let mirrored = |e: &Option<End>| match e.as_ref().map(|e| (e, &e.at)) {
        None => Some(None),
        Some((e, Point::Value(a))) if a.unit.dimension == Dimension::Time && a.unit == day_like(&a.unit) => {
            let number = Number::ZERO.minus(a.number)?;
            Some(Some(End { at: Point::Value(Amount { number, ..a.clone() }), ..e.clone() }))
        }
        _ => None,
    };
    let lower = mirrored(&found.upper).ok_or(EmptyError)?;
    let mut upper = mirrored(&found.lower).ok_or(EmptyError)?;
    if upper.is_none() {
        // 提前10天以内: early at all, and by no more.
        let zero = Amount { number: Number::ZERO, unit: day() };
        upper = Some(end(Point::Value(zero), false, true));
    }
    if !said.ends_with('数') {
        opt(word(&["完成"])).parse_next(input)?;
    }
    Ok(late(None, Shape::Within(Stretch { lower, upper, bare: found.bare, ..Stretch::default() })))
}

/// The unit, where it is the day.
fn day_like(unit: &Unit) -> Unit {
    if matches!(unit.word.as_str(), "天" | "日") { unit.clone() } else { day() }
}

/// The unit that lateness is counted in where none is named.
pub(crate) fn day() -> Unit {
    crate::notation::scan_unit("天").map(|(unit, _)| unit).unwrap_or_default()
}

pub(crate) fn is_time(unit: &Unit) -> bool {
    matches!(unit.dimension, Dimension::Time | Dimension::Months | Dimension::Workdays)
}

/// 2021年12月31日前完成, 2021年12月31日后完成
pub(super) fn dated(input: &mut Input<'_>, given: Given) -> Outcome<Condition> {
    let (day, kept) = deadline(input, given)?;
    Ok(late(day, if kept { Shape::Meets } else { Shape::Misses }))
}

/// (含), (含当日): the day itself is in it.
pub(super) fn with_day(input: &mut Input<'_>) -> Outcome<()> {
    word(WITH_DAY).parse_next(input).map(|_| ())
}

/// `2021年12月31日前完成`: its day, or `None` where it is the target's, and whether it is kept.
pub(super) fn deadline(input: &mut Input<'_>, given: Given) -> Outcome<(Option<Date>, bool)> {
    // 晚于12月31日完成
    let later = attempt(input, word(list::LATER_THAN_DAY)).is_some();
    opt(word(ON_DAY)).parse_next(input)?;
    let (when, taken) = scan_date(input, false).ok_or(EmptyError)?;
    let before_month_end = input.get(..taken).is_some_and(|w| w.ends_with(['底', '末']));
    *input = input.get(taken..).ok_or(EmptyError)?;
    let stated = attempt(input, with_day).is_some();
    let open = matches!(
        when.part,
        YearPart::Month(_)
            | YearPart::Quarter(_)
            | YearPart::Half(_)
            | YearPart::Year
            | YearPart::YearStart
            | YearPart::Third(..)
    ) && !before_month_end;
    let said = if later { "后" } else { word(list::DAY_BOUNDS).parse_next(input)? };
    let kept = !said.ends_with('后');
    // 6月30日及以前
    let stated = stated || said.starts_with('及');
    // 3月31日(含)前, 3月31日前(含当日)
    let stated = stated || attempt(input, with_day).is_some();
    if stated && (!kept || open) {
        return Err(EmptyError);
    }
    if open && said != "内" {
        // 10月前: before October, or in it? Only 底 or a day says.
        return Err(EmptyError);
    }
    opt(word(&[
        "全部完成",
        "全面完成",
        "完成",
        "完工",
        "办结",
        "建成",
        "投入使用",
        "竣工",
        "验收",
        "完成验收",
    ]))
    .parse_next(input)?;
    match (when.year, given.deadline) {
        (Some(_), _) => Ok((Some(when.days(None).ok_or(EmptyError)?.last), kept)),
        (None, Some(target)) => {
            // Without a year it is the target's day, or a later one of the same year.
            let day = when.days(Some(target.year())).ok_or(EmptyError)?.last;
            match day.cmp(&target) {
                core::cmp::Ordering::Equal => Ok((None, kept)),
                core::cmp::Ordering::Greater => Ok((Some(day), kept)),
                core::cmp::Ordering::Less => Err(EmptyError),
            }
        }
        _ => Err(EmptyError),
    }
}
