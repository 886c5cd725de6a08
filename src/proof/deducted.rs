//! Points that a sentence takes from an indicator by its name, against what the table of scores takes from it: `满意度扣1分`.

use std::collections::BTreeMap;

use super::figures::linked;
use super::found::{Reading, level_name};
use super::prose::Spot;
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of a name.
const MIN_NAME: usize = 2;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    // With a score sheet each is held against that.
    if reading.card().is_some() {
        return Vec::new();
    }
    let lost = lost(reading);
    let mut told: BTreeMap<&str, Vec<(Number, Spot)>> = BTreeMap::new();
    for (unit, text) in reading.prose.texts() {
        for (from, to) in super::prose::pieces(text, &super::prose::SENTENCE) {
            let Some(piece) = text.get(from..to) else { continue };
            let names: Vec<&String> = lost.keys().filter(|name| piece.contains(name.as_str())).collect();
            for name in names {
                if let Some((points, begin, end)) = deduction(piece, name) {
                    let spot = Spot { unit, from: from.saturating_add(begin), to: from.saturating_add(end) };
                    told.entry(name).or_default().push((points, spot));
                }
            }
        }
    }
    let mut findings = Vec::new();
    for (name, places) in told {
        let (Some(lost), [(first, spot), rest @ ..]) = (lost.get(name), places.as_slice()) else { continue };
        // Several deductions from one are told one after the other.
        let together = Number::sum(places.iter().map(|(points, _)| *points));
        let wrong = if rest.is_empty() {
            Some((first, spot))
        } else {
            places.iter().map(|(points, spot)| (points, spot)).find(|(points, _)| *points > lost)
        };
        let Some((points, spot)) = wrong.filter(|(points, _)| *points != lost && together != Some(*lost))
        else {
            continue;
        };
        let message = format!("“{name}”写的是扣{points}分，得分表中扣了{lost}分。");
        findings.push(reading.finding(FindingId::ReportContradictsItself, *spot, name, message));
    }
    findings
}

/// What the tables take from each name that they list once.
fn lost(reading: &Reading) -> BTreeMap<String, Number> {
    let mut all: BTreeMap<String, Option<Number>> = BTreeMap::new();
    for stated in reading.stated.iter().filter(|stated| stated.in_table) {
        let lost =
            stated.points.zip(stated.score).and_then(|(points, score)| points.value.minus(score.value));
        let Some(lost) = lost else { continue };
        let name = level_name(&stated.name);
        all.entry(name)
            .and_modify(|known| *known = known.filter(|known| *known == lost))
            .or_insert(Some(lost));
    }
    let certain = |(name, lost): (String, Option<Number>)| Some((name, lost?));
    all.into_iter().filter_map(certain).filter(|(name, _)| name.chars().count() >= MIN_NAME).collect()
}

/// The one deduction of a sentence that is certainly from a name: right behind it, or in a sentence that begins with it.
fn deduction(text: &str, name: &str) -> Option<(Number, usize, usize)> {
    if words::of(Class::ConditionsOfScores).within(text) {
        return None;
    }
    let places: Vec<(usize, &str)> = text.match_indices('扣').collect();
    let read = |at: usize| {
        let behind = at.saturating_add("扣".len());
        let rest = text.get(behind..)?;
        let rest = words::of(Class::DeductionLinks).strip(rest).unwrap_or(rest);
        let figure = linked(text, text.len().saturating_sub(rest.len()))?;
        let points = text.get(figure.to..)?;
        points.starts_with('分').then_some((figure.value, at, figure.to))
    };
    // The name is all that its clause has before the deduction, so that it is no end of a longer one.
    let direct = places.iter().find(|(at, _)| {
        let head = text.get(..*at).unwrap_or_default();
        let clause = head.rsplit(['，', ';', ':', '、', '(', ')']).next().unwrap_or(head);
        level_name(clause) == name
    });
    if let Some((at, _)) = direct {
        return read(*at);
    }
    let begin = super::outline::mark(text).map_or(0, |mark| mark.len);
    let opened = text.get(begins(text, begin, name)?..)?;
    let whole = words::of(Class::AspectsOfNames).begins(opened);
    let [(at, _)] = places.as_slice() else { return None };
    whole.then(|| read(*at))?
}

fn begins(text: &str, begin: usize, name: &str) -> Option<usize> {
    text.get(begin..)?.starts_with(name).then(|| begin.saturating_add(name.len()))
}
