//! The chapters of a report: gaps in their numbers, and those that the outline of evaluation reports asks for.

use std::collections::BTreeSet;

use super::found::Reading;
use super::outline::{Heading, Outline};
use super::prose::Prose;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// The chapters of the outline, by the words of their titles, and what each is called.
const OUTLINE: [(Class, &str); 7] = [
    (Class::ChapterBasics, "基本情况"),
    (Class::ChapterWork, "绩效评价工作开展情况"),
    (Class::ChapterConclusion, "综合评价情况及评价结论"),
    (Class::ChapterAnalysis, "绩效评价指标分析"),
    (Class::ChapterProblems, "主要经验及做法、存在的问题及原因分析"),
    (Class::ChapterAdvice, "有关建议"),
    (Class::ChapterOther, "其他需要说明的问题"),
];
/// Chapters that follow the outline, each by itself, from which on a report is taken to follow it.
const MIN_FOLLOWED: usize = 5;

/// Paragraphs among which the title stands.
const MAX_LINES: usize = 4;

/// Chapters by which a document is known as a report whose name does not say so.
const MIN_KNOWN: usize = 3;
/// Chapters that nothing but an evaluation report has.
const OF_REPORTS: [Class; 3] = [Class::ChapterWork, Class::ChapterConclusion, Class::ChapterAnalysis];

/// Whether a document is an evaluation report by its title or its chapters.
pub(super) fn are_of_a_report(prose: &Prose, outline: &Outline) -> bool {
    let mut lines = prose.texts().take(MAX_LINES);
    let titled = lines.any(|(_, text)| words::of(Class::EndsOfReports).ends(text));
    let has = |class: Class| outline.chapters().any(|(_, heading)| words::of(class).within(&heading.title));
    let known = OUTLINE.iter().filter(|(class, _)| has(*class)).count();
    titled || known >= MIN_KNOWN && OF_REPORTS.into_iter().any(has)
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let chapters: Vec<&Heading> =
        reading.outline.chapters().map(|(_, heading)| heading).filter(|one| one.number.is_some()).collect();
    let id = FindingId::ReportChapterMissing;
    let mut findings = Vec::new();
    // A report on a whole department has an outline of its own.
    let other =
        reading.prose.texts().take(MAX_LINES).any(|(_, text)| words::of(Class::ReportsOfOthers).within(text));
    let missing = if other { Vec::new() } else { missing(&chapters) };
    for pair in chapters.windows(2) {
        let [before, next] = pair else { continue };
        let (Some(from), Some(to)) = (before.number, next.number) else { continue };
        // Numbers that begin anew are those of another list.
        if to > from.saturating_add(1) && to <= 10 {
            let wanted = missing.first().map(|(_, name)| format!("，可能缺少“{name}”")).unwrap_or_default();
            let message = format!("“{}”之后是“{}”，序号不连续{wanted}。", before.title, next.title);
            findings.push(reading.finding(id, next.spot, &next.title, message));
        }
    }
    if findings.is_empty()
        && let Some(last) = chapters.last()
    {
        for (_, name) in missing {
            let message = format!("没有“{name}”部分。");
            findings.push(reading.finding(id, last.spot, name, message));
        }
    }
    findings
}

/// The chapters of the outline that a report lacks which follows it otherwise: most of its chapters are one of the outline's
/// and no more.
fn missing(chapters: &[&Heading]) -> Vec<(Class, &'static str)> {
    let of = |heading: &Heading| -> Vec<usize> {
        let own = OUTLINE.iter().enumerate();
        own.filter(|(_, (class, _))| words::of(*class).within(&heading.title)).map(|(at, _)| at).collect()
    };
    // Two chapters on one matter (基本运行绩效分析, 重点履职绩效分析) follow one of the outline.
    let followed: BTreeSet<usize> = chapters
        .iter()
        .filter_map(|heading| match Vec::as_slice(&of(heading)) {
            [only] => Some(*only),
            _ => None,
        })
        .collect();
    let lacks = |(class, _): &&(Class, &str)| {
        !chapters.iter().any(|heading| words::of(*class).within(&heading.title))
    };
    let missing: Vec<(Class, &str)> = OUTLINE.iter().filter(lacks).copied().collect();
    // The last chapter is only asked of a report that has the very titles of the outline.
    let formal =
        chapters.iter().filter(|heading| words::of(Class::FormalChapters).within(&heading.title)).count();
    let missing: Vec<(Class, &str)> =
        missing.into_iter().filter(|(class, _)| *class != Class::ChapterOther || formal >= 2).collect();
    let merged = chapters.iter().any(|heading| of(heading).len() > 1);
    if followed.len() < MIN_FOLLOWED || merged || missing.len() > 2 { Vec::new() } else { missing }
}
