//! The points of first levels where a report describes its indicators: against the score sheet, against each other.

use super::figures::{Figure, linked};
use super::found::{Reading, level_name};
use super::prose::Spot;
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of a level's name.
const MAX_NAME: usize = 12;

/// A level with its points, as a clause says them.
struct Said {
    name: String,
    points: Figure,
    spot: Spot,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let said = said(reading);
    let mut findings = Vec::new();
    let Some(card) = reading.card() else {
        return against_headings(reading, &said);
    };
    for one in &said {
        let level = level_name(&one.name);
        let own = card.levels.iter().filter(|known| level_name(&known.level1) == level);
        let weights: Vec<Number> = own.map(|known| known.weight.number()).collect();
        if weights.is_empty() {
            continue;
        }
        let Some(sum) = Number::sum(weights).filter(|sum| *sum != one.points.value) else { continue };
        let message = format!("“{}”写的权重是{}分，评分表为{sum}分。", one.name, one.points.value);
        findings.push(reading.finding(FindingId::ReportFigureDiffers, one.spot, &one.name, message));
    }
    findings
}

/// Without a workbook: levels whose points are all told, each once, are 100 together, and each what its heading has.
fn against_headings(reading: &Reading, said: &[Said]) -> Vec<Finding> {
    let of_level = |name: &str| {
        let name = level_name(name);
        reading.outline.headings.iter().find(|one| one.points.is_some() && level_name(&one.title) == name)
    };
    let mut findings = Vec::new();
    for one in said {
        let heading = of_level(&one.name).and_then(|heading| heading.points);
        let differs = heading.filter(|points| points.value != one.points.value);
        // Satisfaction may be told as a part of the benefits in one place and by itself in another.
        let Some(points) = differs.filter(|points| !explained(said, one, points.value)) else { continue };
        let message =
            format!("“{}”此处权重为{}分，指标分析部分为{}分。", one.name, one.points.value, points.value);
        findings.push(reading.finding(FindingId::ReportContradictsItself, one.spot, &one.name, message));
    }
    let names: std::collections::BTreeSet<String> = said.iter().map(|one| level_name(&one.name)).collect();
    if said.len() >= 3
        && names.len() == said.len()
        && let Some(sum) = Number::sum(said.iter().map(|one| one.points.value))
        && sum != Number::from(100)
        && is_all(reading, said)
        && let Some(last) = said.last()
    {
        let message = format!("各一级指标的权重合计为{sum}分，不是100分。");
        findings.push(reading.finding(FindingId::ReportSumDiffers, last.spot, "一级指标权重", message));
    }
    findings
}

/// Whether a heading has the points of a level and of another that is told by itself.
fn explained(said: &[Said], one: &Said, heading: Number) -> bool {
    let others = said.iter().filter(|other| other.name != one.name);
    others.into_iter().any(|other| one.points.value.plus(other.points.value) == Some(heading))
}

/// Whether as many levels are told as the report says there are.
fn is_all(reading: &Reading, said: &[Said]) -> bool {
    let last = said.last().map_or(0, |one| one.spot.unit);
    let first = said.first().map_or(0, |one| one.spot.unit);
    // They stand side by side, so that none is passed over.
    let near = last.saturating_sub(first) <= said.len().saturating_mul(2);
    let level = words::of(Class::LevelsCounted).iter().next().unwrap_or_default();
    let count = u32::try_from(said.len()).ok().map(|count| format!("{count}个{level}"));
    near && count.is_some_and(|count| reading.prose.texts().any(|(_, text)| text.contains(&count)))
}

/// Where a clause says the points of a level: `决策:占权重15分`, `产出指标权重为35%`.
fn said(reading: &Reading) -> Vec<Said> {
    let words = words::of(Class::PointsWords);
    let mut all: Vec<Said> = Vec::new();
    for (unit, text) in reading.prose.texts() {
        for (from, to) in super::prose::pieces(text, &['。', ';', '，', '、']) {
            let Some(clause) = text.get(from..to) else { continue };
            let begins = super::outline::mark(clause).map_or(0, |mark| mark.len);
            let Some(body) = clause.get(begins..) else { continue };
            let Some((step, word)) = words.find(body) else { continue };
            let name = body.get(..step).unwrap_or_default().trim_end_matches(['占', ':', '的', '为']);
            let at = from.saturating_add(begins).saturating_add(step).saturating_add(word.len());
            let Some(points) = linked(text, at) else { continue };
            let behind = text.get(points.to..).unwrap_or_default();
            let count = name.chars().count();
            let ends = behind.starts_with('分') || behind.starts_with('%');
            if ends && (2..=MAX_NAME).contains(&count) && is_level(reading, name) {
                let spot = Spot { unit, from: from.saturating_add(begins), to: points.to };
                all.push(Said { name: name.to_owned(), points, spot });
            }
        }
    }
    all
}

/// Whether a name is that of a first level: of the score sheet, else of a heading that has sections below it.
fn is_level(reading: &Reading, name: &str) -> bool {
    let name = level_name(name);
    if let Some(card) = reading.card() {
        let second = card.levels.iter().any(|level| level_name(&level.level2) == name);
        return card.levels.iter().any(|level| level_name(&level.level1) == name) && !second
            || card.levels.iter().filter(|level| level_name(&level.level1) == name).count() > 0;
    }
    words::of(Class::FirstLevels).has(&name)
}
