//! Texts that are a date, a deadline or a stretch of time.

use super::amounts::Attempt;
use super::context::Context;
use super::date::{Days, When, YearPart, scan_date};
use super::quantity::{from, spaces};
use super::read::{Notation, Role, Unread, Why};
use crate::words::{Senses, list};

/// Behind a date: by then, and whether within it.
const BY: Senses<bool> = Senses::new(&[(list::BY_THEN, false), (list::BY_WITHIN, true)]);

/// Reads the whole plain text (trimmed) as a date, deadline or stretch of time.
pub(super) fn attempt(text: &str, context: &Context) -> Attempt {
    let dated = context.hints.target.is_some_and(Notation::is_date);
    let bound = list::NO_LATER.longest(text).map_or(0, str::len);
    let lead = list::DAY_LEADS.longest(from(text, bound)).map_or(0, str::len);
    let start = spaces(text, bound.saturating_add(lead));
    if bound > 0 {
        return match scan_date(from(text, start), false) {
            Some((when, taken)) if when.part != YearPart::Year => {
                no_later(text, start.saturating_add(taken), when, context)
            }
            _ => Attempt::Other, // ≤12月 may be months, ≤2022 anything
        };
    }
    if let Some(attempt) = months(text, start, context) {
        return attempt;
    }
    let Some((first, taken)) = scan_date(from(text, start), true) else { return Attempt::Other };
    let number_like = scan_date(from(text, start), false).is_none();
    let at = spaces(text, start.saturating_add(taken));
    let rest = from(text, at);
    let separator = list::RANGE_MARKS.longest(rest);
    let second = separator.and_then(|separator| {
        let second_at = spaces(text, at.saturating_add(separator.len()));
        scan_date(from(text, second_at), true).map(|(when, taken)| (when, second_at.saturating_add(taken)))
    });
    // 11.18 is a day only where the target is one; 2022.1-2022.12 is no range of numbers.
    let years = first.year.is_some() && second.is_some_and(|(second, _)| second.year.is_some());
    let asked = dated || (first.year.is_some() && names_day(&context.name().words));
    if number_like && !asked && !years {
        return Attempt::Other;
    }
    if let Some((second, end)) = second {
        let second = When { year: second.year.or(first.year), ..second };
        return period(text, end, first, second, context);
    }
    single(text, at, first, context)
}

/// Whether an indicator of this name is about a day, so that a bare number is none of its values.
pub(super) fn names_day(name: &str) -> bool {
    list::DATE_ENDINGS.ends(name)
}

/// `≤2022年12月31日`, `不晚于12月底`.
fn no_later(text: &str, end: usize, when: When, context: &Context) -> Attempt {
    let monthly = when.year.is_none() && matches!(when.part, YearPart::Month(_));
    if end != text.len() || monthly {
        return Attempt::Other;
    }
    match resolve(when, text, context, true) {
        Ok(days) => Attempt::Read(Box::new(Notation::Deadline(days.last))),
        Err(unread) => Attempt::Refused(unread),
    }
}

/// `1-12月`, `2021年1-12月`, `2021-2023年`: the first end leaves its unit to the second.
fn months(text: &str, at: usize, context: &Context) -> Option<Attempt> {
    let mut year = None;
    let mut start = at;
    let number = |at: usize| -> Option<(u32, usize)> {
        let digits = from(text, at).bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 4 {
            return None;
        }
        Some((from(text, at).get(..digits)?.parse().ok()?, at.checked_add(digits)?))
    };
    let (mut first, mut next) = number(start)?;
    if first >= 1949 && from(text, next).starts_with('年') {
        year = Some(i16::try_from(first).ok()?);
        start = spaces(text, next.checked_add("年".len())?);
        (first, next) = number(start)?;
    }
    let rest = from(text, next);
    let separator = list::RANGE_MARKS.longest(rest)?;
    let (second, end) = number(next.checked_add(separator.len())?)?;
    let after = from(text, end);
    if list::MONTH_WORDS.has(after) {
        let part =
            |month: u32| Some(YearPart::Month(u8::try_from(month).ok().filter(|m| (1..=12).contains(m))?));
        let first = When { year, part: part(first)? };
        let second = When { year, part: part(second)? };
        return Some(period(text, text.len(), first, second, context));
    }
    if year.is_none() && list::YEAR_WORDS.has(after) && first >= 1949 {
        let whole = |year: u32| Some(When { year: Some(i16::try_from(year).ok()?), part: YearPart::Year });
        return Some(period(text, text.len(), whole(first)?, whole(second)?, context));
    }
    None
}

/// The days of a date, its year taken from around it where it has none.
/// `ends`: something ends with it.
fn resolve(when: When, text: &str, context: &Context, ends: bool) -> Result<Days, Unread> {
    let target = match (context.hints.role, context.hints.target) {
        (Role::Actual, Some(Notation::Date(days) | Notation::Period(days))) => Some(days.last),
        (Role::Actual, Some(Notation::Deadline(by))) => Some(*by),
        _ => None,
    };
    let year = when.year.or(context.hints.year).or(target.map(crate::base::Date::year));
    if year.is_none() {
        return Err(Unread::new(text, Why::NoYear));
    }
    let days = when.days(year).ok_or_else(|| Unread::new(text, Why::NoSuchDay))?;
    if ends
        && when.year.is_none()
        && let Some(target) = target
        && target.year() == days.last.year()
        && target.month() >= 9
        && days.last.month() <= 4
    {
        // 1月10日 for a deadline in December: of that year, or ten days late?
        return Err(Unread::new(text, Why::NoYear));
    }
    Ok(days)
}

fn period(text: &str, end: usize, first: When, second: When, context: &Context) -> Attempt {
    let tail = from(text, spaces(text, end));
    if !tail.is_empty() && !acceptable_tail(tail, context) {
        return Attempt::Stuck(end);
    }
    let ends =
        resolve(first, text, context, false).and_then(|a| Ok((a, resolve(second, text, context, true)?)));
    match ends {
        Err(unread) => Attempt::Refused(unread),
        Ok((a, b)) => match a.through(b) {
            Some(days) => Attempt::Read(Box::new(Notation::Period(days))),
            None => Attempt::Refused(Unread::new(text, Why::NoSuchDay)),
        },
    }
}

/// One date with what stands behind it.
fn single(text: &str, at: usize, when: When, context: &Context) -> Attempt {
    let rest = from(text, at);
    let by = BY.longest(rest);
    if by.is_some_and(|(within, _)| within)
        && !matches!(
            when.part,
            YearPart::Year | YearPart::Month(_) | YearPart::Half(_) | YearPart::Quarter(_)
        )
    {
        return Attempt::Stuck(at);
    }
    let end = spaces(text, at.saturating_add(by.map_or(0, |(_, taken)| taken)));
    let tail = from(text, end);
    // 2022年春节前: the year is not all that is said of the day.
    if when.part == YearPart::Year && !tail.is_empty() && !list::DONE_BY_DAY.has(tail) {
        return Attempt::Stuck(end);
    }
    if !tail.is_empty() && !acceptable_tail(tail, context) {
        return Attempt::Stuck(end);
    }
    match resolve(when, text, context, true) {
        Err(unread) => Attempt::Refused(unread),
        Ok(days) if by.is_some() => Attempt::Read(Box::new(Notation::Deadline(days.last))),
        Ok(days) => Attempt::Read(Box::new(Notation::Date(days))),
    }
}

/// Whether the words behind a date leave it the day something is done (an actual) or to be done by (a target).
fn acceptable_tail(tail: &str, context: &Context) -> bool {
    if list::DONE_BY_DAY.has(tail) {
        return true;
    }
    let short = tail.char_indices().nth(MAX_TAIL_CHARS).is_none();
    context.hints.role == Role::Target
        && short
        && !tail.bytes().any(|b| b.is_ascii_digit())
        && !tail.starts_with(['-', '~', '/', '.', '%', '+', '*'])
        && !list::DAY_TURNS.within(tail)
}

/// A longer tail is a sentence of its own.
const MAX_TAIL_CHARS: usize = 30;
