//! Answers given before or after the time that the survey is about.

use super::Facts;
use crate::base::{CellAt, Date};
use crate::model::{Finding, FindingId, Survey};

/// Months behind the end of the year in which a survey may still be made, where no setting says it.
const MONTHS: u32 = 12;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let outside = facts.case.surveys.iter().enumerate().filter_map(|(number, survey)| {
        let ruled = ruled(facts, number);
        let (first, last) = ruled.or_else(|| period(facts, survey))?;
        let mut outside = survey.days.iter().filter(|(_, day)| *day < first || *day > last);
        let (at, day) = outside.next()?;
        let more = outside.count().saturating_add(1);
        let (whose, then) = match (ruled, survey.period) {
            (Some(_), _) => ("评分标准写明的调查期", "没有计入统计"),
            (None, Some(_)) => ("写明的调查时间", "仍计入统计，请核实是不是本次的调查"),
            (None, None) => ("评价年度的调查期", "仍计入统计，请核实是不是本次的调查"),
        };
        let message = format!(
            "有 {more} 份答卷不在{whose}（{first} 至 {last}）之内，如第 {} 行的 {day}。{then}。",
            at.row().saturating_add(1)
        );
        Some(Finding::new(
            FindingId::SurveyOutsidePeriod,
            Some(CellAt::new(survey.sheet.clone(), *at)),
            message,
        ))
    });
    outside.collect()
}

/// From when to when answers count, as the criterion of an indicator rules that the survey is for.
fn ruled(facts: &Facts, survey: usize) -> Option<(Date, Date)> {
    let mut found = facts.indicators().filter_map(|(indicator, _)| indicator.satisfaction.as_ref());
    found.find_map(|found| found.period.filter(|_| found.parts.iter().any(|part| part.survey == survey)))
}

/// From when to when the survey was made as stated, else from the beginning of the year to some months behind its end.
fn period(facts: &Facts, survey: &Survey) -> Option<(Date, Date)> {
    if survey.period.is_some() {
        return survey.period;
    }
    let year = facts.case.project.year?;
    let months = facts.case.checks.limits.survey.months_after.unwrap_or(MONTHS).min(120);
    let (years, rest) = (months.checked_div(12)?, months.checked_rem(12)?);
    let last = year.checked_add(i16::try_from(years).ok()?)?;
    let (last, month) = if rest == 0 { (last, 12) } else { (last.checked_add(1)?, i8::try_from(rest).ok()?) };
    let first = Date::new(year, 1, 1).ok()?;
    Some((first, Date::new(last, month, 1).ok()?.last_of_month()))
}
