//! A deadline lies outside of the budget year.

use crate::base::Date;
use crate::check::Facts;
use crate::check::promise::Promise;
use crate::model::{Finding, FindingId};
use crate::notation::Notation;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(year) = facts.case.project.year else { return Vec::new() };
    let mut findings = Vec::new();
    for table in facts.tables() {
        let due: Vec<(&Promise<'_>, Date)> =
            table.rows.iter().filter_map(|row| Some((row, due(row)?))).collect();
        // Where no date lies in the year, it is the year that is in doubt.
        if !due.iter().any(|(_, day)| day.year() == year) {
            continue;
        }
        for (row, _) in due.iter().filter(|(_, day)| day.year() != year) {
            let shown = row.shown();
            let message =
                format!("“{}”的指标值“{shown}”不在 {year} 年度内；跨年度实施的，请说明。", row.name());
            findings.push(row.at_target(FindingId::DeadlineOutsideYear, message));
        }
    }
    findings
}

/// The last day on which a target is to be met.
fn due(promise: &Promise<'_>) -> Option<Date> {
    match promise.row.target()? {
        Notation::Deadline(day) => Some(*day),
        Notation::Date(days) | Notation::Period(days) => Some(days.last),
        _ => None,
    }
}
