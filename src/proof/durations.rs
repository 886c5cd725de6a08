//! Days between dates: a delay that the dates of its sentence do not have between them, and steps of the evaluation that are
//! dated one before the other in the wrong order.

use jiff::civil::Date as Day;

use super::dates::{Date, dates};
use super::figures::figure_at;
use super::found::{Reading, years};
use super::prose::Spot;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        reading.prose.sentences().filter_map(|sentence| delay(reading, sentence)).collect();
    findings.extend(steps(reading));
    findings
}

/// The days of a text that are told in full; a year holds on for the dates behind it.
fn days(text: &str) -> Vec<(Day, Date)> {
    let mut year: Option<i32> = None;
    let mut all = Vec::new();
    for date in dates(text) {
        year = date.year.or(year);
        let day = year.zip(date.day).and_then(|(year, day)| {
            let (year, month) = (i16::try_from(year).ok()?, i8::try_from(date.month).ok()?);
            Day::new(year, month, i8::try_from(day).ok()?).ok()
        });
        all.extend(day.map(|day| (day, date)));
    }
    all
}

/// A delay in days that no two dates of its sentence have between them.
fn delay(reading: &Reading, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let (at, word) = words::of(Class::Delays).find(text)?;
    let behind = at.saturating_add(word.len());
    let rest = text.get(behind..)?;
    let skipped = words::of(Class::DelayLinks).strip(rest).unwrap_or(rest);
    let figure =
        figure_at(text, text.len().saturating_sub(skipped.len())).filter(|figure| figure.places == 0)?;
    let unit = text.get(figure.to..)?;
    let told = words::of(Class::UnitsOfDays).begins(unit)
        && !words::of(Class::AboutFigures).ends(text.get(behind..figure.from)?);
    let all: Vec<Day> =
        days(text).into_iter().filter(|(_, date)| date.to <= at).map(|(day, _)| day).collect();
    let several = words::of(Class::StagesOfGroups).within(text);
    if !told || several || all.len() < 2 || all.len() > 4 {
        return None;
    }
    let stated: i32 = figure.value.to_string().parse().ok()?;
    let mut last = None;
    for (at, one) in all.iter().enumerate() {
        for other in all.iter().skip(at.saturating_add(1)) {
            let between = one.until(*other).ok()?.get_days().abs();
            // Whether the first day counts is a matter of taste.
            if between.abs_diff(stated) <= 1 {
                return None;
            }
            last = Some(between);
        }
    }
    let place = Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(figure.from),
        to: sentence.from.saturating_add(figure.to),
    };
    let message = format!("写的是{word}{stated}天，按同句的日期计算为{}天。", last?);
    Some(reading.finding(FindingId::ReportArithmeticWrong, place, "日期", message))
}

/// Steps of the evaluation in a sentence of the section on it: the next begins no earlier than the one before it.
fn steps(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    let sections = reading
        .outline
        .headings
        .iter()
        .enumerate()
        .filter(|(_, heading)| words::of(Class::SectionsOfProcess).within(&heading.title));
    let mut units: Vec<usize> = sections.flat_map(|(at, _)| reading.outline.extent(at)).collect();
    units.sort_unstable();
    units.dedup();
    findings.extend(listed_steps(reading, &units));
    let runs = units.iter().flat_map(|unit| {
        // Steps are listed with semicolons between them.
        super::prose::pieces(reading.prose.text(*unit), &['。']).map(|(from, to)| Spot {
            unit: *unit,
            from,
            to,
        })
    });
    for sentence in runs {
        let text = reading.prose.at(sentence);
        if words::of(Class::StepsOutOfOrder).within(text) {
            continue;
        }
        let all = days(text);
        let begins = all.iter().enumerate().filter(|(at, (_, date))| {
            let before = at.checked_sub(1).and_then(|at| all.get(at));
            // The end of a period begins nothing.
            before.is_none_or(|(_, before)| {
                let between = text.get(before.to..date.from).unwrap_or_default();
                !words::of(Class::JoinsOfPeriods).has(between)
            })
        });
        let begins: Vec<&(Day, Date)> = begins.map(|(_, one)| one).collect();
        for pair in begins.windows(2) {
            let [(one, first), (other, second)] = pair else { continue };
            // Without a year of its own a month before the last may be of the next year.
            let same = second.year.is_none() && years(text).len() <= 1 || second.year.is_some();
            if other < one && same {
                let place = Spot {
                    unit: sentence.unit,
                    from: sentence.from.saturating_add(second.from),
                    to: sentence.from.saturating_add(second.to),
                };
                let message =
                    format!("前一步工作的日期是{}，后一步是{}，先后颠倒。", first.shown(), second.shown());
                findings.push(reading.finding(FindingId::ReportContradictsItself, place, "日期", message));
            }
        }
    }
    findings
}

/// Steps that are numbered one behind the other, each in a paragraph with its days: the next begins no earlier.
fn listed_steps(reading: &Reading, units: &[usize]) -> Vec<Finding> {
    let first = |unit: &usize| {
        let text = reading.prose.text(*unit);
        let mark = super::outline::mark(text)?;
        let (day, date) = days(text).into_iter().next().filter(|(_, date)| date.year.is_some())?;
        Some((mark, day, date, *unit))
    };
    let all: Vec<_> = units.iter().filter_map(first).collect();
    let turned = all.windows(2).filter_map(|pair| {
        let [(mark, day, date, _), (next, other, second, unit)] = pair else { return None };
        let in_order = mark.level == next.level && mark.number.checked_add(1) == Some(next.number);
        (in_order && other < day).then(|| {
            let place = Spot { unit: *unit, from: second.from, to: second.to };
            let message =
                format!("前一步工作的日期是{}，后一步是{}，先后颠倒。", date.shown(), second.shown());
            reading.finding(FindingId::ReportContradictsItself, place, "日期", message)
        })
    });
    turned.collect()
}
