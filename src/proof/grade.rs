//! The grade: against the score sheet, against the report's own bands, and against what else it says of it.

use super::figures::figure_at;
use super::found::Reading;
use super::prose::Spot;
use super::total;
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// A band as the report prints it: from this total on, below that.
struct Band {
    from: Number,
    below: Number,
    grade: String,
}

/// Where a band ends.
#[derive(Debug, Clone, Copy)]
enum End {
    Below,
    Above,
    Between,
}

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
    let earned = total::decided(reading).and_then(|score| {
        let bands = bands(reading);
        let band = bands.iter().find(|band| band.from <= score.number() && score.number() < band.below)?;
        Some((score, band.grade.clone()))
    });
    if let Some((score, earned)) = earned.filter(|(_, earned)| !is_same(earned, grade)) {
        let message = format!("写的等级是“{grade}”，按报告所列的档次，{score}分为“{earned}”。");
        findings.push(reading.finding(id, *first, "评价等级", message));
    }
    findings
}

/// 优 is 优秀, 良 is 良好.
fn is_same(one: &str, other: &str) -> bool {
    let first = |text: &str| text.chars().next();
    one == other || (first(one) == first(other) && first(one) != Some('不') && first(one) != Some('较'))
}

/// Where the report says its grade.
fn said(reading: &Reading) -> Vec<(Spot, String)> {
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
    all
}

/// The bands that the report prints: `90（含）-100分为优`, `60分以下为差`.
fn bands(reading: &Reading) -> Vec<Band> {
    let grades = words::of(Class::GradesOfReport);
    let mut all: Vec<Band> = Vec::new();
    for (_, text) in reading.prose.texts() {
        for (at, _) in text.match_indices("分").filter(|(at, _)| *at > 0) {
            let behind = text.get(at.saturating_add("分".len())..).unwrap_or_default();
            let behind = behind.strip_prefix("(含)").unwrap_or(behind);
            let below = behind.strip_prefix("以下");
            let above = behind.strip_prefix("以上").or_else(|| behind.strip_prefix("及以上"));
            let rest = below.or(above).unwrap_or(behind);
            let end = match (below, above) {
                (Some(_), _) => End::Below,
                (None, Some(_)) => End::Above,
                (None, None) => End::Between,
            };
            let rest = rest.strip_prefix("(不含)").unwrap_or(rest);
            let rest = rest
                .strip_prefix("的")
                .unwrap_or(rest)
                .trim_start_matches(['，', ':', '评', '定', '等', '级']);
            let rest = rest.strip_prefix(['为', '是']).unwrap_or(rest).trim_start_matches(['“', '"']);
            let Some(grade) = grades.longest(rest) else { continue };
            let before = text.get(..at).unwrap_or_default();
            if let Some(band) = band(before, end, grade) {
                all.push(band);
            }
        }
    }
    let top = Number::from(101);
    let whole = all.len() >= 3
        && all.iter().any(|band| band.below == top)
        && all.iter().any(|band| band.from.is_zero());
    if whole { all } else { Vec::new() }
}

/// The band whose figures stand before 分.
fn band(before: &str, end: End, grade: &str) -> Option<Band> {
    let tail_from =
        before.char_indices().rev().find(|(_, c)| matches!(c, '。' | ';' | '，' | '、' | '在' | ':'));
    let tail = before.get(tail_from.map_or(0, |(at, c)| at.saturating_add(c.len_utf8()))..)?;
    let found = super::figures::figures(tail);
    let grade = grade.to_owned();
    match (found.as_slice(), end) {
        ([only], End::Below) => Some(Band { from: Number::ZERO, below: only.value, grade }),
        ([only], End::Above) => Some(Band { from: only.value, below: Number::from(101), grade }),
        ([low, high], End::Between) => {
            let between = tail.get(low.to..high.from)?;
            let apart = between.contains(['-', '~', '至', '到']);
            let full = high.value == Number::from(100);
            let below = if full { Number::from(101) } else { high.value };
            (apart && figure_at(tail, low.from).is_some()).then_some(Band { from: low.value, below, grade })
        }
        _ => None,
    }
}
