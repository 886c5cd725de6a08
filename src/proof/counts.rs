//! How many indicators of each level a report says there are: against the score sheet, and against those that it scores.

use std::collections::BTreeSet;

use super::figures::{Figure, count_at};
use super::found::Reading;
use super::prose::Spot;
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut first: [Option<(Figure, Spot)>; 3] = [None, None, None];
    let there = there(reading);
    for (level, figure, spot) in said(reading) {
        let Some((counted, before)) = there.get(level).zip(first.get_mut(level)) else { continue };
        let name = name(level);
        let as_said =
            |count: usize| u32::try_from(count).is_ok_and(|count| Number::from(count) == figure.value);
        // A report that lists its levels without the satisfaction tells that within the benefits.
        let sentence = reading.prose.sentence(spot);
        let lead = reading.prose.text(spot.unit).get(sentence.from..spot.from).unwrap_or_default();
        let within = level == 0 && !words::of(Class::Satisfaction).within(lead) && has_satisfaction(reading);
        let is = |count: &usize| as_said(*count) || (within && count.checked_sub(1).is_some_and(as_said));
        if !counted.is_empty() && !counted.iter().any(is) {
            let has = counted.iter().next().copied().unwrap_or_default();
            let by = if reading.card().is_some() { "评分表中有" } else { "报告评分的有" };
            let message = format!("写的是{}个{name}，{by}{has}个。", figure.value);
            findings.push(reading.finding(FindingId::ReportFigureDiffers, spot, name, message));
        } else if let Some((other, place)) = before.filter(|(other, _)| other.value != figure.value) {
            let message = format!(
                "{name}此处为{}个，{}为{}个。",
                figure.value,
                reading.prose.where_is(place),
                other.value
            );
            findings.push(reading.finding(FindingId::ReportContradictsItself, spot, name, message));
        }
        before.get_or_insert((figure, spot));
    }
    findings
}

/// Whether satisfaction is a first level of its own.
fn has_satisfaction(reading: &Reading) -> bool {
    let levels = reading.card().into_iter().flat_map(|card| &card.levels);
    levels.into_iter().any(|level| words::of(Class::Satisfaction).within(&level.level1))
}

fn name(level: usize) -> &'static str {
    words::of(Class::LevelsCounted).iter().nth(level).unwrap_or_default()
}

/// What the report says: the level, from 0, and how many.
fn said(reading: &Reading) -> Vec<(usize, Figure, Spot)> {
    let mut all = Vec::new();
    let others = words::of(Class::CountsOfOthers);
    for (unit, text) in reading.prose.texts() {
        for (level, word) in words::of(Class::LevelsCounted).iter().enumerate() {
            for (at, _) in text.match_indices(word) {
                let Some(figure) = before(text, at) else { continue };
                let spot = Spot { unit, from: figure.from, to: at.saturating_add(word.len()) };
                let sentence = reading.prose.sentence(spot);
                let behind = text.get(spot.to..).unwrap_or_default();
                // 5个一级指标下设… counts those of one.
                let of_one = words::of(Class::CountsOfOne).begins(behind);
                let lead = text.get(sentence.from..figure.from).unwrap_or_default();
                // The first count of a sentence is that of the whole, those behind it are of parts.
                let is_part = lead.contains("其中") || lead.contains(word);
                // 产出类指标共6个 counts those of one.
                let clause = lead.rsplit(['，', '、', ';']).next().unwrap_or(lead);
                let of_level = level > 0 && words::of(Class::FirstLevels).within(clause);
                if !others.within(lead) && !of_one && !of_level && !is_part && is_whole(lead) {
                    all.push((level, figure, spot));
                }
            }
        }
    }
    all
}

/// Whether the words before a count lead to the whole of indicators, and not to those of a part (其中决策类…).
fn is_whole(lead: &str) -> bool {
    lead.contains("体系")
        || lead.contains("共")
        || lead.contains("设")
        || lead.contains("包括")
        || lead.contains("分为")
}

/// The count that ends before a word: `22个三级指标`, `五项一级指标`.
fn before(text: &str, at: usize) -> Option<Figure> {
    let head = text.get(..at)?;
    let head = head.strip_suffix(['个', '项', '类']).unwrap_or(head);
    let starts =
        head.char_indices().rev().take_while(|(_, c)| c.is_ascii_digit() || crate::notation::is_numeral(*c));
    let from = starts.last().map(|(from, _)| from)?;
    count_at(head, from).filter(|figure| figure.to == head.len())
}

/// How many of each level there may be said to be; nothing where that is not certain.
fn there(reading: &Reading) -> [BTreeSet<usize>; 3] {
    let mut counts = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
    if let Some(card) = reading.card() {
        let rows: Vec<_> = card.indicators.iter().filter(|one| one.extra.is_none()).collect();
        // The execution of the budget is an indicator to some, and a line of its own to others.
        let without: Vec<_> = rows.iter().copied().filter(|one| one.index.is_some()).collect();
        for rows in [rows, without] {
            let first: BTreeSet<&str> = rows.iter().map(|one| one.level1.as_str()).collect();
            let second: BTreeSet<_> =
                rows.iter().map(|one| (one.level1.as_str(), one.level2.as_str())).collect();
            for (counts, count) in counts.iter_mut().zip([first.len(), second.len(), rows.len()]) {
                counts.insert(count);
            }
        }
        return counts;
    }
    let own: Vec<_> = reading.stated.iter().filter(|stated| stated.heading.is_some()).collect();
    let points =
        Number::sum(own.iter().map(|stated| stated.points.map_or(Number::ZERO, |points| points.value)));
    if points == Some(Number::from(100))
        && let [_, _, third] = &mut counts
    {
        third.insert(own.len());
    }
    counts
}
