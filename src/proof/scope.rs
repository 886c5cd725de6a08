//! What the report says it is about: the year of its title against the year of the object and scope of the evaluation.

use super::found::{Reading, years};
use super::prose::Spot;
use crate::docx::read::TextRegion;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Paragraphs that may be the title page.
const MAX_TITLE: usize = 12;
/// Characters of the end of a project's name by which it is found.
const MAX_TAIL: usize = 8;
/// How often a year stands that is that of the report.
const MIN_TIMES: usize = 2;
/// Characters of a line of a title.
const MAX_LINE: usize = 40;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let titled = titled(reading);
    let only = titled.first().copied().filter(|_| titled.len() == 1);
    let mut findings: Vec<Finding> = super::dates::reference(reading, only).into_iter().collect();
    findings.extend(of_project(reading));
    findings.extend(only.into_iter().filter_map(|own| of_staff(reading, own)));
    let Some(own) = only.or_else(|| told_most(reading)) else { return findings };
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        let Some((at, _)) = words::of(Class::ScopesOfEvaluation).find(text) else { continue };
        let behind = text.get(at..).unwrap_or_default();
        let mut named: Vec<i16> = years(behind);
        named.sort_unstable();
        named.dedup();
        // A period, a date and several years are told otherwise.
        let [year] = named.as_slice() else { continue };
        let sign = format!("{year}年");
        let Some(step) = behind.find(&sign).filter(|_| *year != own) else { continue };
        // 2022年1月1日 is a day.
        let month = behind
            .get(step.saturating_add(sign.len())..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if month {
            continue;
        }
        if only.is_none() && times(reading, *year) > 1 {
            continue;
        }
        let by = if only.is_some() { "报告标题" } else { "报告别处" };
        let from = sentence.from.saturating_add(at).saturating_add(step);
        let place = Spot { unit: sentence.unit, from, to: from.saturating_add(sign.len()) };
        let message = format!("评价对象和范围写的是{year}年度，{by}为{own}年度。");
        findings.push(reading.finding(FindingId::ReportContradictsItself, place, "评价年度", message));
    }
    findings
}

/// How often a year is named as one that is evaluated.
fn times(reading: &Reading, year: i16) -> usize {
    let sign = format!("{year}年度");
    reading.prose.texts().map(|(_, text)| text.matches(&sign).count()).sum()
}

/// The year of a report whose title names none: named so again and again.
fn told_most(reading: &Reading) -> Option<i16> {
    let titled = titled(reading);
    reading.year.filter(|year| titled.is_empty() && times(reading, *year) >= MIN_TIMES)
}

/// The staff at the end of another year than the one that the title names, beside the posts that there are.
fn of_staff(reading: &Reading, own: i16) -> Option<Finding> {
    let posts = words::of(Class::NamesOfPosts);
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        if !posts.within(text) {
            continue;
        }
        for year in years(text).into_iter().filter(|year| *year != own) {
            for (at, end) in words::of(Class::EndsOfYears).iter().filter_map(|end| {
                let sign = format!("{year}{end}");
                Some((text.find(&sign)?, sign))
            }) {
                let behind = text.get(at.saturating_add(end.len())..)?;
                if words::of(Class::StaffThere).begins(behind) {
                    let from = sentence.from.saturating_add(at);
                    let place = Spot { unit: sentence.unit, from, to: from.saturating_add(end.len()) };
                    let message = format!("人员数写的是{year}年末，报告标题为{own}年度。");
                    return Some(reading.finding(
                        FindingId::ReportContradictsItself,
                        place,
                        "评价年度",
                        message,
                    ));
                }
            }
        }
    }
    None
}

/// The project with the year of another evaluation before its name, where no title says which one is right: the year that the
/// object of the evaluation has is held against the one that stands elsewhere.
fn of_project(reading: &Reading) -> Option<Finding> {
    if !titled(reading).is_empty() {
        return None;
    }
    let title = super::likeness::title(reading)?;
    let tail: String = title.chars().rev().take(MAX_TAIL).collect::<Vec<_>>().into_iter().rev().collect();
    let mut sites: Vec<(i16, Spot, bool)> = Vec::new();
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        let scope = words::of(Class::ScopesOfEvaluation).within(text);
        for (at, _) in text.match_indices(tail.as_str()) {
            let head = text.get(..at)?;
            let clause = head.rsplit(['，', ';', ':', '、', '(', '《']).next().unwrap_or(head);
            let Some(year) = years(clause).last().copied() else { continue };
            let sign = format!("{year}年度");
            let Some(step) = clause.rfind(&sign) else { continue };
            let from = sentence.from.saturating_add(at.saturating_sub(clause.len())).saturating_add(step);
            sites.push((
                year,
                Spot { unit: sentence.unit, from, to: from.saturating_add(sign.len()) },
                scope,
            ));
        }
    }
    let (year, spot, _) = sites.iter().find(|(_, _, scope)| *scope)?;
    let others: Vec<&(i16, Spot, bool)> = sites.iter().filter(|(_, other, _)| other != spot).collect();
    let (other, place, _) = others.first()?;
    if others.iter().any(|(named, _, _)| named != other) || other == year {
        return None;
    }
    let place = reading.prose.where_is(*place);
    let message = format!("评价对象和范围写的是{year}年度，{place}为{other}年度。");
    Some(reading.finding(FindingId::ReportContradictsItself, *spot, "评价年度", message))
}

/// The years that the lines before the first heading name as those of the project, each once.
fn titled(reading: &Reading) -> Vec<i16> {
    let mut found = Vec::new();
    let first = reading.outline.headings.first().map_or(usize::MAX, |heading| heading.unit);
    for (unit, text) in reading.prose.texts().take(MAX_TITLE).filter(|(unit, _)| *unit < first) {
        let body = reading.prose.units.get(unit).is_some_and(|unit| unit.place == Some(TextRegion::Body));
        let line = text.chars().count() <= MAX_LINE && !text.contains('。');
        // 2024年6月 dates the report; 2023年度, 2023年…项目 and 评价年度:2023年 are of the project.
        let own = years(text).into_iter().filter(|year| {
            let sign = format!("{year}年");
            let rest = text.split_once(&sign).map_or("", |(_, rest)| rest);
            let date =
                rest.starts_with(|c: char| c.is_ascii_digit()) || text.contains(&format!("{year}年至"));
            !date
                && (rest.starts_with('度')
                    || words::of(Class::WordsForProjects).within(rest)
                    || words::of(Class::YearsOfEvaluation).within(text))
        });
        found.extend(own.filter(|_| body && line));
    }
    found.sort_unstable();
    found.dedup();
    found
}
