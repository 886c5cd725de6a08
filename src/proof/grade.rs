//! The grade: against the score sheet, against the report's own bands, and against what else it says of it.

use super::bands;
use super::found::Reading;
use super::prose::Spot;
use super::total;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let said = said(reading);
    let id = FindingId::ReportGradeDiffers;
    let card = reading.card().map(|card| &card.total).filter(|total| total.complete);
    let sheet = card.and_then(|total| total.grade.clone());
    let mut findings = Vec::new();
    if let Some(sheet) = sheet {
        for (spot, grade) in said.iter().filter(|(_, grade)| !is_same(grade, &sheet)) {
            let message = format!("写的等级是“{grade}”，评分结果为“{sheet}”。");
            findings.push(reading.finding(id, *spot, "评价等级", message));
        }
        return findings;
    }
    let Some((first, grade)) = said.first() else { return findings };
    for (spot, other) in said.iter().skip(1).filter(|(_, other)| !is_same(other, grade)) {
        let message = format!("等级此处为“{other}”，{}为“{grade}”。", reading.prose.where_is(*first));
        findings.push(reading.finding(FindingId::ReportContradictsItself, *spot, "评价等级", message));
    }
    let earned =
        total::decided(reading).and_then(|score| Some((score, bands::earned(reading, score.number())?)));
    if let Some((score, earned)) = earned.filter(|(_, earned)| !is_same(earned, grade)) {
        let message = format!("写的等级是“{grade}”，按报告所列的档次，{score}分为“{earned}”。");
        findings.push(reading.finding(id, *first, "评价等级", message));
    }
    findings
}

/// 优 is 优秀, 良 is 良好.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let first = |text: &str| text.chars().next();
    one == other || (first(one) == first(other) && first(one) != Some('不') && first(one) != Some('较'))
}

/// Where the report says its grade.
pub(super) fn said(reading: &Reading) -> Vec<(Spot, String)> {
    let (names, links) = (words::of(Class::GradeWords), words::of(Class::GradeLinks));
    let (grades, others) = (words::of(Class::GradesOfReport), words::of(Class::NotOfTheWhole));
    let mut all = Vec::new();
    for (unit, text) in reading.prose.texts() {
        let mut at = 0_usize;
        while let Some((step, word)) = text.get(at..).and_then(|rest| names.find(rest)) {
            let begin = at.saturating_add(step);
            at = begin.saturating_add(word.len());
            let mut rest = text.get(at..).unwrap_or_default();
            let mut linked = false;
            while let Some(shorter) = links.strip(rest) {
                rest = shorter;
                linked = true;
            }
            let Some(grade) = grades.longest(rest).filter(|_| linked) else { continue };
            let behind = rest.get(grade.len()..).unwrap_or_default();
            let ends = behind.is_empty()
                || behind.starts_with(['”', '"', '」', '’', '。', '，', ';', ')', '、', '级', '等']);
            let to = text.len().saturating_sub(behind.len());
            let spot = Spot { unit, from: begin, to };
            let clause = reading.prose.clause(spot);
            let before = text.get(clause.from..begin).unwrap_or_default();
            if ends && !others.within(before) {
                all.push((spot, grade.to_owned()));
            }
        }
    }
    let beside = beside_totals(reading, &all);
    all.extend(beside);
    all.sort_by_key(|(spot, _)| *spot);
    all
}

/// The grade that a clause gives to the total before it, without a word for grades: `得分为93.93分，属于“优”`, `得分88分，评定为良`.
fn beside_totals(reading: &Reading, known: &[(Spot, String)]) -> Vec<(Spot, String)> {
    let (links, grades) = (words::of(Class::LinksOfGrades), words::of(Class::GradesOfReport));
    let mut all = Vec::new();
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        let Some((step, word)) = words::of(Class::TotalsOfReport).find(text) else { continue };
        let behind = step.saturating_add(word.len());
        let scored = super::figures::linked(text, behind).and_then(|figure| {
            text.get(figure.to..)?.strip_prefix('分').map(|rest| text.len().saturating_sub(rest.len()))
        });
        // 综合得分60分以下为差 is a band.
        let band = |from: usize| {
            text.get(from..).is_some_and(|rest| rest.starts_with(|c: char| "以及至(含-~".contains(c)))
        };
        let Some(from) = scored.filter(|from| !band(*from)) else { continue };
        let lead = text.get(..step).unwrap_or_default();
        if words::of(Class::NotOfTheWhole).within(lead) || reading.is_of_other_year(lead) {
            continue;
        }
        let found = links.iter().flat_map(|link| text.match_indices(link)).find_map(|(at, link)| {
            let begin = at.saturating_add(link.len());
            let rest = text.get(begin..).filter(|_| at >= from)?;
            let open = rest.trim_start_matches([':', '“', '"', '「', '‘']);
            let grade = grades.longest(open)?;
            let end = open.get(grade.len()..)?;
            let quoted = open.len() < rest.len();
            let behind = words::of(Class::EndsOfGrades).strip(end).unwrap_or(end);
            let whole = behind.is_empty() || behind.starts_with(['”', '"', '」', '’', '。', '，', ';', ')']);
            // What stands in brackets explains the grades.
            let head = text.get(..at)?;
            let inside = head.matches('(').count() > head.matches(')').count();
            // 90分及以上为优，80分…为良: a list of bands.
            let between = text.get(from..at)?;
            let clause = between.rsplit(['，', ';', ':']).next().unwrap_or(between);
            let banded = if quoted { clause.contains('分') } else { between.contains('分') };
            let to = text.len().saturating_sub(end.len());
            (whole && !inside && !banded).then(|| (at, to, grade.to_owned()))
        });
        let Some((at, to, grade)) = found else { continue };
        let spot = Spot {
            unit: sentence.unit,
            from: sentence.from.saturating_add(at),
            to: sentence.from.saturating_add(to),
        };
        let told = known
            .iter()
            .any(|(other, _)| other.unit == spot.unit && other.from <= spot.from && other.to >= spot.from);
        if !told {
            all.push((spot, grade));
        }
    }
    all
}
