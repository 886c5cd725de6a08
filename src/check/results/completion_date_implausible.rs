//! Something was done after the day on which the form was filled in.

use crate::base::Date;
use crate::check::Facts;
use crate::model::{Entry, Finding, FindingId};
use crate::notation::{Notation, normalise, scan_date};
use crate::sheet::Value;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some((filled, shown)) = facts.case.filled_on.iter().find_map(day) else { return Vec::new() };
    let findings = facts.own_rows().into_iter().filter_map(|row| {
        let done = match row.row.actual()? {
            Notation::Date(days) => days.first,
            Notation::Period(days) => days.last,
            _ => return None,
        };
        (done > filled).then(|| {
            let message =
                format!("“{}”实际完成“{}”，晚于填报日期 {shown}。", row.name(), row.indicator.actual_shown());
            row.at_actual(FindingId::CompletionDateImplausible, message)
        })
    });
    findings.collect()
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
