//! Something was done after the day on which the form was filled in, or before the year began.

use crate::base::Date;
use crate::check::Facts;
use crate::check::promise::Promise;
use crate::mapping::title::normalise as key;
use crate::model::{Entry, Finding, FindingId};
use crate::notation::{Notation, normalise, scan_date};
use crate::sheet::Value;
use crate::words::Class;

const ID: FindingId = FindingId::CompletionDateImplausible;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let filled = facts.case.filled_on.iter().find_map(day);
    let begun = begun(facts);
    let findings = facts.own_rows().into_iter().filter_map(|row| {
        let (first, last) = match row.row.actual()? {
            Notation::Date(days) => (days.first, days.last),
            Notation::Period(days) => (days.last, days.last),
            _ => return None,
        };
        let done = row.indicator.actual_shown();
        let said = match (&filled, &begun) {
            (Some((filled, shown)), _) if first > *filled => format!("晚于填报日期 {shown}"),
            (_, Some((begun, year))) if last < *begun && !is_of_before(&row) => {
                format!("早于评价年度（{year}年）")
            }
            _ => return None,
        };
        Some(row.at_actual(ID, format!("“{}”实际完成“{done}”，{said}，请核对。", row.name())))
    });
    findings.collect()
}

/// The first day of the year that is evaluated, where nothing is carried over from before it.
fn begun(facts: &Facts) -> Option<(Date, i16)> {
    let words = facts.case.words.of(Class::MultiYearWords);
    let carried = facts.case.goals.iter().any(|goal| words.within(&key(&goal.entry.shown())));
    let year = facts.case.project.year.filter(|_| !carried)?;
    Some((Date::new(year, 1, 1).ok()?, year))
}

/// Whether a row speaks of the years before itself, or has a target from then.
fn is_of_before(row: &Promise<'_>) -> bool {
    let words = row.words.of(Class::MultiYearWords);
    let cells = [&row.indicator.target, &row.indicator.actual, &row.indicator.reason, &row.indicator.remark];
    let says = |entry: &Entry| words.within(&key(&entry.shown()));
    let early = match (row.row.target(), row.row.actual()) {
        (Some(Notation::Date(target)), Some(Notation::Date(done))) => target.last.year() == done.last.year(),
        _ => false,
    };
    early || words.within(&row.key()) || cells.into_iter().flatten().any(says)
}

/// The day that a cell says, as exactly as a day.
fn day(entry: &Entry) -> Option<(Date, String)> {
    let shown = entry.shown().trim().to_owned();
    if let Value::Date(date) = entry.cell.value {
        return Some((date, shown));
    }
    let text = normalise(&shown);
    let (when, taken) = scan_date(text.as_str(), false)?;
    let days = when.days(None).filter(|_| taken == text.as_str().len())?;
    Some((days.last, shown))
}
