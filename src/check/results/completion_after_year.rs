//! What was to be built was finished after the year that is evaluated, and effects of that year are reported already.

use crate::base::Date;
use crate::check::Facts;
use crate::check::category::{Category, Group};
use crate::check::promise::Promise;
use crate::model::{Finding, FindingId};
use crate::notation::Notation;
use crate::words::Class;

const ID: FindingId = FindingId::CompletionAfterYear;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(end) = facts.case.project.year.and_then(|year| Date::new(year, 12, 31).ok()) else {
        return Vec::new();
    };
    let rows = facts.own_rows();
    let Some(work) = rows.iter().find(|row| is_finished_after(row, end)) else { return Vec::new() };
    let (year, done) = (end.year(), work.indicator.actual_shown());
    let findings = rows.iter().filter(|row| is_effect(row)).map(|row| {
        let (name, work) = (row.name(), work.name());
        let message =
            format!("“{name}”已经填报完成值，而“{work}”实际为“{done}”，在评价年度（{year}年）结束以后。");
        row.at_actual(ID, message)
    });
    findings.collect()
}

/// Whether a row says that the work was finished on a day after this one.
fn is_finished_after(row: &Promise<'_>, end: Date) -> bool {
    let day = match row.row.actual() {
        Some(Notation::Date(days) | Notation::Period(days)) => days.first,
        _ => return false,
    };
    let work = row.names(Class::WorksFinished);
    row.category() == Some(Category::Time) && work && day > end
}

/// Whether a row reports what came of the work: how good it is, or what it brought about.
fn is_effect(row: &Promise<'_>) -> bool {
    let effect = row.category() == Some(Category::Quality)
        || row.group() == Some(Group::Benefit) && row.category() != Some(Category::Satisfaction);
    let nothing = |actual: &Notation| actual.quantity().is_some_and(|actual| actual.number.is_zero());
    let told = row.row.actual().is_some_and(|actual| !nothing(actual));
    effect && told && row.typed().is_none_or(|typed| !typed.is_zero())
}
