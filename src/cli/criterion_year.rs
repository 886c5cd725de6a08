//! The year of a row: a workbook is about one; a row alone has the one that its actual names (12月31日前, 2023年12月20日).

use crate::base::Date;
use crate::notation::{Days, Hints, Notation, Role, read_text, scan_date};

/// Days between a deadline and what it is held against, beyond which the year of the one says nothing of the other's:
/// 2024年1月15日 is late for 12月31日前, and not early by a year.
const NEAR: i32 = 183;

/// The year that a target without one is about; nothing where the target is read without it, or no year is near.
pub(super) fn of(indicator: &str, target: &str, actual: &str) -> Option<i16> {
    let hints = Hints { role: Role::Target, indicator, ..Hints::default() };
    if read_text(target, &hints).is_ok_and(|target| target.is_date()) {
        return None;
    }
    let year = only_year(actual)?;
    let due = read_text(target, &Hints { year: Some(year), ..hints }).ok()?;
    let due = match due {
        Notation::Deadline(day) => day,
        Notation::Date(days) | Notation::Period(days) => days.last,
        _ => return None,
    };
    let done = dates(actual).last()?.days(Some(year))?;
    near(due, done).then_some(year)
}

fn near(due: Date, done: Days) -> bool {
    let within =
        |day: Date| due.until(day).is_ok_and(|span| span.get_days().checked_abs().is_some_and(|n| n <= NEAR));
    within(done.first) && within(done.last)
}

/// The only year of the dates in a text.
fn only_year(text: &str) -> Option<i16> {
    let mut years = dates(text).into_iter().filter_map(|when| when.year);
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

fn dates(text: &str) -> Vec<crate::notation::date::When> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = match scan_date(rest, false).filter(|_| c.is_ascii_digit()) {
            Some((when, taken)) => {
                found.push(when);
                taken
            }
            None => c.len_utf8(),
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    found
}
