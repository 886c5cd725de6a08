//! Dates that cannot be: days that no calendar has, periods that end before they begin, stages of work in a wrong order, a
//! report from before the work that it tells of, a reference date of another year.

use super::figures::figure_at;
use super::found::{Reading, years};
use super::prose::{Prose, Spot};
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// A date as exactly as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) year: Option<i32>,
    pub(super) month: u32,
    pub(super) day: Option<u32>,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Date {
    /// Year, month and day as they are compared; a month without a day is both its ends.
    pub(super) fn first(&self, year: i32) -> (i32, u32, u32) {
        (year, self.month, self.day.unwrap_or(1))
    }

    pub(super) fn last(&self, year: i32) -> (i32, u32, u32) {
        (year, self.month, self.day.unwrap_or(31))
    }

    pub(super) fn shown(&self) -> String {
        let year = self.year.map(|year| format!("{year}年")).unwrap_or_default();
        let day = self.day.map(|day| format!("{day}日")).unwrap_or_default();
        format!("{year}{}月{day}", self.month)
    }
}

/// Stages of work in their order.
const STAGES: [Class; 4] =
    [Class::StagesOfContract, Class::StagesOfStart, Class::StagesOfEnd, Class::StagesOfAcceptance];

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (unit, text) in reading.prose.texts() {
        for date in dates(text).iter().filter(|date| !exists(date)) {
            let message = format!("没有{}这一天。", date.shown());
            findings.push(found(reading, unit, date, message));
        }
        findings.extend(periods(reading, unit, text));
    }
    for sentence in reading.prose.sentences() {
        findings.extend(stages(reading, sentence));
    }
    findings.extend(of_report(reading));
    findings
}

fn found(reading: &Reading, unit: usize, date: &Date, message: String) -> Finding {
    let spot = Spot { unit, from: date.from, to: date.to };
    reading.finding(FindingId::ReportContradictsItself, spot, "日期", message)
}

/// The dates of a text: a month with its year or its day at least.
pub(super) fn dates(text: &str) -> Vec<Date> {
    let mut all = Vec::new();
    let mut behind = 0_usize;
    for (at, _) in text.match_indices('月') {
        let head = text.get(..at).unwrap_or_default();
        let digits = |head: &str| head.chars().rev().take_while(char::is_ascii_digit).count();
        let length = digits(head);
        let Some(from) = at.checked_sub(length).filter(|from| (1..=2).contains(&length) && *from >= behind)
        else {
            continue;
        };
        let Some(month) = head.get(from..).and_then(|digits| digits.parse().ok()) else { continue };
        let lead = text.get(..from).unwrap_or_default();
        let year = lead.strip_suffix('年').and_then(|lead| {
            let count = digits(lead);
            let begin = lead.len().checked_sub(count).filter(|_| count == 4)?;
            Some((lead.get(begin..)?.parse::<i32>().ok()?, begin))
        });
        let to = at.saturating_add('月'.len_utf8());
        let day = figure_at(text, to).filter(|figure| figure.places == 0).and_then(|figure| {
            let end = text.get(figure.to..)?.starts_with('日').then_some(figure.to)?;
            let day = text.get(to..end)?.parse().ok()?;
            Some((day, end.saturating_add('日'.len_utf8())))
        });
        if year.is_none() && day.is_none() {
            continue;
        }
        let to = day.map_or(to, |(_, end)| end);
        behind = to;
        let from = year.map_or(from, |(_, begin)| begin);
        all.push(Date { year: year.map(|(year, _)| year), month, day: day.map(|(day, _)| day), from, to });
    }
    all.extend(pointed(text));
    all.sort_by_key(|date| date.from);
    all
}

/// Dates whose parts are set apart by signs: 2023.6.30, 2023-06-30, 2023/6/30.
fn pointed(text: &str) -> Vec<Date> {
    let mut all = Vec::new();
    for (at, _) in text.match_indices("20") {
        let rest = text.get(at..).unwrap_or_default();
        let free =
            !text.get(..at).is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit() || c == '.'));
        let end =
            rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '/')).unwrap_or(rest.len());
        let written = rest.get(..end).unwrap_or_default().trim_end_matches(['.', '-', '/']);
        let Some(sign) = written.chars().find(|c| !c.is_ascii_digit()) else { continue };
        let parts: Vec<&str> = written.split(sign).collect();
        let [year, month, day] = parts.as_slice() else { continue };
        let short = |part: &str| (1..=2).contains(&part.len());
        let (Ok(year), Ok(month), Ok(day), true) = (
            year.parse::<i32>(),
            month.parse::<u32>(),
            day.parse::<u32>(),
            free && year.len() == 4 && short(month) && short(day),
        ) else {
            continue;
        };
        let to = at.saturating_add(written.len());
        all.push(Date { year: Some(year), month, day: Some(day), from: at, to });
    }
    all
}

fn exists(date: &Date) -> bool {
    let long = matches!(date.month, 1 | 3 | 5 | 7 | 8 | 10 | 12);
    let leap = date.year.is_none_or(|year| {
        year.checked_rem(4) == Some(0)
            && (year.checked_rem(100) != Some(0) || year.checked_rem(400) == Some(0))
    });
    let last = match date.month {
        2 if leap => 29,
        2 => 28,
        1..=12 => 30_u32.saturating_add(u32::from(long)),
        _ => return false,
    };
    date.day.is_none_or(|day| (1..=last).contains(&day))
}

/// Periods with both years that end before they begin.
fn periods(reading: &Reading, unit: usize, text: &str) -> Vec<Finding> {
    let all = dates(text);
    let pairs = all.windows(2).filter_map(|pair| match pair {
        [one, other] => Some((one, other)),
        _ => None,
    });
    let joined = |(one, other): &(&Date, &Date)| {
        let between = text.get(one.to..other.from).unwrap_or_default();
        words::of(Class::JoinsOfPeriods).has(between)
    };
    let turned = pairs.filter(joined).filter_map(|(one, other)| {
        let (begin, end) = (one.year?, other.year?);
        (other.last(end) < one.first(begin)).then(|| {
            let message = format!("期间从{}到{}，止期早于起期。", one.shown(), other.shown());
            found(reading, unit, other, message)
        })
    });
    turned.collect()
}

/// Stages of one work that a sentence dates in a wrong order: 11月20日完工，10月22日通过验收.
fn stages(reading: &Reading, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    if words::of(Class::StagesOfSeveral).within(text) {
        return None;
    }
    let mut year: Option<i32> = None;
    let mut told: Vec<(usize, Date, i32)> = Vec::new();
    for (from, to) in super::prose::pieces(text, &['，', ';', '、', '(', ')', ':']) {
        let clause = text.get(from..to)?;
        let own = dates(clause);
        let [date] = own.as_slice() else {
            // A clause with several dates is a period.
            year = own.last().and_then(|date| date.year).or(year);
            continue;
        };
        year = date.year.or(year);
        let behind = clause.get(date.to..)?;
        let stage = STAGES.iter().enumerate().filter(|(_, class)| words::of(**class).within(behind));
        let stages: Vec<usize> = stages_of(stage);
        // 竣工验收 is one step; of several (竣工并验收) the first had been reached by then.
        let one = words::of(Class::StepsAsOne).within(behind);
        let stage = if one { stages.last() } else { stages.first() };
        let (Some(stage), Some(year)) = (stage, year) else { continue };
        let shift = |at: usize| at.saturating_add(from).saturating_add(sentence.from);
        told.push((*stage, Date { from: shift(date.from), to: shift(date.to), ..*date }, year));
    }
    let pairs = told
        .iter()
        .enumerate()
        .flat_map(|(at, one)| told.iter().skip(at.saturating_add(1)).map(move |other| (one, other)));
    for (one, other) in pairs {
        let (early, late) = if one.0 < other.0 { (one, other) } else { (other, one) };
        if early.0 != late.0 && late.1.last(late.2) < early.1.first(early.2) {
            let name = |stage: usize| {
                STAGES.get(stage).and_then(|class| words::of(*class).iter().next()).unwrap_or_default()
            };
            let message = format!(
                "{}的日期{}早于{}的日期{}。",
                name(late.0),
                late.1.shown(),
                name(early.0),
                early.1.shown()
            );
            return Some(found(reading, sentence.unit, &late.1, message));
        }
    }
    None
}

fn stages_of<'c>(stages: impl Iterator<Item = (usize, &'c Class)>) -> Vec<usize> {
    stages.map(|(at, _)| at).collect()
}

/// Where a report is dated: a paragraph that is a date and nothing else, behind all headings.
fn dated(reading: &Reading) -> Option<(usize, Date)> {
    let last = reading.outline.headings.last().map_or(0, |heading| heading.unit);
    let behind = reading.prose.texts().filter(|(unit, _)| *unit > last);
    let found = behind.filter_map(|(unit, text)| match dates(text).as_slice() {
        [date] if date.from == 0 && date.to == text.len() && date.year.is_some() => Some((unit, *date)),
        _ => None,
    });
    found.last()
}

/// A report that is dated before the months of the work that it tells of.
fn of_report(reading: &Reading) -> Option<Finding> {
    let (unit, own) = dated(reading)?;
    let year = own.year?;
    let process = reading
        .outline
        .headings
        .iter()
        .enumerate()
        .filter(|(_, heading)| words::of(Class::SectionsOfProcess).within(&heading.title));
    let mut latest: Option<(i32, u32, usize)> = None;
    for (at, _) in process {
        for unit in reading.outline.extent(at) {
            let text = reading.prose.text(unit);
            if words::of(Class::PlannedFigures).within(text) {
                continue;
            }
            for month in months(text) {
                if latest.is_none_or(|latest| (latest.0, latest.1) < month) {
                    latest = Some((month.0, month.1, unit));
                }
            }
        }
    }
    let (work_year, month, told) = latest?;
    ((year, own.month) < (work_year, month)).then(|| {
        let place = reading.prose.where_is(Spot { unit: told, from: 0, to: 0 });
        let message =
            format!("报告日期为{}，早于{place}所写的评价工作时间{work_year}年{month}月。", own.shown());
        found(reading, unit, &own, message)
    })
}

/// The months of a text; without a year they are of the year that is named before them.
fn months(text: &str) -> Vec<(i32, u32)> {
    let mut year: Option<i32> = years(text).first().map(|year| i32::from(*year));
    let mut all = Vec::new();
    for (at, _) in text.match_indices('月') {
        let head = text.get(..at).unwrap_or_default();
        let length = head.chars().rev().take_while(char::is_ascii_digit).count();
        let from = at.saturating_sub(length);
        let lead = head.get(..from).unwrap_or_default();
        if let Some(named) = years(lead).last() {
            year = Some(i32::from(*named));
        }
        let month = head.get(from..).and_then(|digits| digits.parse::<u32>().ok());
        all.extend(year.zip(month.filter(|month| (1..=12).contains(month))));
    }
    all
}

/// A reference date of a year before the one of the title; where no title says one, before the one that the report names far
/// more often.
pub(super) fn reference(reading: &Reading, titled: Option<i16>) -> Option<Finding> {
    let own = i32::from(titled.or(reading.year)?);
    let named = |year: i32| count(&reading.prose, year);
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        let Some((at, word)) = words::of(Class::ReferenceDates).find(text) else { continue };
        let behind = at.saturating_add(word.len());
        let found = dates(text).into_iter().find(|date| date.from >= behind);
        let Some(date) = found
            .filter(|date| text.get(behind..date.from).is_some_and(|between| between.chars().count() <= 3))
        else {
            continue;
        };
        let Some(year) = date.year.filter(|year| *year < own) else { continue };
        if titled.is_some() || named(own) >= named(year).saturating_mul(2) {
            let shift = |at: usize| at.saturating_add(sentence.from);
            let date = Date { from: shift(date.from), to: shift(date.to), ..date };
            let message = format!("{word}写的是{}，所评价的是{own}年度。", date.shown());
            return Some(self::found(reading, sentence.unit, &date, message));
        }
    }
    None
}

fn count(prose: &Prose, year: i32) -> usize {
    let of = |(_, text): (usize, &str)| years(text).iter().filter(|one| i32::from(**one) == year).count();
    prose.texts().map(of).sum()
}
