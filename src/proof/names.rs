//! Names of indicators and levels: what is called one thing in the score sheet or the table of scores and another in the
//! analysis, with the same points.

use std::collections::BTreeSet;

use super::found::{Reading, level_name, plain_name};
use crate::base::Number;
use crate::model::{Finding, FindingId};

/// Characters of a name below which a likeness says nothing.
const MIN_NAME: usize = 4;

/// A name that is known, with its points.
type Known = (String, Number);

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let known = known(reading);
    let headings: Vec<_> = reading
        .outline
        .headings
        .iter()
        .filter_map(|heading| Some((heading, heading.points?.value)))
        .collect();
    let told: BTreeSet<String> = headings.iter().map(|(heading, _)| level_name(&heading.title)).collect();
    let names: BTreeSet<String> = known.iter().map(|(name, _)| level_name(name)).collect();
    let mut findings = Vec::new();
    for (heading, points) in headings {
        let own = level_name(&heading.title);
        let plain = plain_name(&heading.title);
        if names.contains(&own) || names.iter().any(|name| name.contains(&own) || own.contains(name.as_str()))
        {
            continue;
        }
        let like = |(name, known): &&Known| {
            *known == points && !told.contains(&level_name(name)) && is_like(&plain, &plain_name(name))
        };
        let mut alike = known.iter().filter(like);
        let (Some((name, _)), None) = (alike.next(), alike.next()) else { continue };
        let place = if reading.card().is_some() { "评分表" } else { "得分表" };
        let message = format!("此处写的是“{}”，{place}为“{name}”，名称不一致。", heading.title);
        findings.push(reading.finding(
            FindingId::ReportContradictsItself,
            heading.spot,
            &heading.title,
            message,
        ));
    }
    findings
}

/// The names of the score sheet, else those of the report's own tables.
fn known(reading: &Reading) -> Vec<Known> {
    if let Some(card) = reading.card() {
        let levels = card.levels.iter().map(|level| (level.level2.clone(), level.weight.number()));
        let rows = card.indicators.iter().map(|result| (result.name.clone(), result.weight.number()));
        return levels.chain(rows).collect();
    }
    let rows = reading.stated.iter().filter(|stated| stated.heading.is_none());
    rows.filter_map(|stated| Some((stated.name.clone(), stated.points?.value))).collect()
}

/// Whether two names differ in no more than a slip would: a word of two characters at their end, or one character.
fn is_like(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if a.len() < MIN_NAME || b.len() < MIN_NAME || a.len().abs_diff(b.len()) > 2 {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let ends = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let longest = a.len().max(b.len());
    same.saturating_add(ends).saturating_add(2) >= longest && same.saturating_add(ends) >= 3
}
