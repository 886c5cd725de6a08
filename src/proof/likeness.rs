//! Names of the project and of bodies that are written in two forms: one that stands once and is but a slip away from one that
//! stands often.

use std::collections::BTreeMap;

use super::found::Reading;
use super::prose::Spot;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of a name that are the same before and behind a slip.
const MIN_BEHIND: usize = 5;
const MIN_PROJECT: usize = 8;
/// How often the right form stands at least.
const MIN_RIGHT: usize = 2;
/// Characters of a body's name that are looked at.
const MAX_NAME: usize = 16;
/// Names of one report.
const MAX_NAMES: usize = 2_000;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = bodies(reading);
    findings.extend(project(reading));
    findings
}

/// The names of bodies of a text, from the end backwards, with their places.
fn bodies(reading: &Reading) -> Vec<Finding> {
    let mut all: BTreeMap<Vec<char>, Vec<Spot>> = BTreeMap::new();
    for (unit, text) in reading.prose.texts() {
        for end in words::of(Class::EndsOfBodies).iter() {
            for (at, _) in text.match_indices(end) {
                let to = at.saturating_add(end.len());
                let head = text.get(..to).unwrap_or_default();
                let name = head.chars().rev().take_while(|c| c.is_alphabetic()).take(MAX_NAME);
                let name: Vec<char> = name.collect();
                let from = to.saturating_sub(name.iter().map(|c| c.len_utf8()).sum());
                // A document in brackets may be of another body.
                let quoted = head.matches('《').count() > head.matches('》').count();
                if !quoted && name.len() > MIN_BEHIND && all.len() < MAX_NAMES {
                    all.entry(name).or_default().push(Spot { unit, from, to });
                }
            }
        }
    }
    let names: Vec<(&Vec<char>, &Vec<Spot>)> = all.iter().collect();
    let mut findings = Vec::new();
    for (name, spots) in &names {
        let like = names.iter().filter_map(|(other, _)| {
            let same = name.iter().zip(other.iter()).take_while(|(a, b)| a == b).count();
            let own = (*name.get(same)?, *other.get(same)?);
            let before = name.get(same.saturating_add(1))? == other.get(same.saturating_add(1))?;
            (same >= MIN_BEHIND && before && is_slip(own)).then_some((same, own))
        });
        for (same, (own, right)) in like {
            // The name from the character before the slip to its end: how often either form stands.
            let form = |slip: char| -> String {
                let lead = name.get(same.saturating_add(1)).copied();
                let end: String = name.iter().take(same).rev().collect();
                lead.into_iter().chain([slip]).collect::<String>() + &end
            };
            let (wrong_form, right_form) = (form(own), form(right));
            let count = |form: &str| -> usize {
                reading.prose.texts().map(|(_, text)| text.matches(form).count()).sum()
            };
            let (Some(spot), true) =
                (spots.first(), count(&right_form) >= MIN_RIGHT && count(&wrong_form) == 1)
            else {
                continue;
            };
            let message = format!("此处写的是“{wrong_form}”，别处都是“{right_form}”，名称不一致。");
            findings.push(reading.finding(FindingId::ReportContradictsItself, *spot, &wrong_form, message));
        }
    }
    findings.sort_by(|a, b| a.message.cmp(&b.message));
    findings.dedup_by(|a, b| a.message == b.message);
    findings
}

/// Whether two characters may stand for each other by a slip, and tell no two things apart.
fn is_slip((one, other): (char, char)) -> bool {
    let apart = words::of(Class::SignsThatTellApart);
    one != other && !apart.has_char(one) && !apart.has_char(other)
}

/// The name of the project as the title of the report has it, against what is called the project of this evaluation.
fn project(reading: &Reading) -> Option<Finding> {
    let ends = words::of(Class::EndsOfTitles);
    let mut texts = reading.prose.texts();
    let title = texts.find_map(|(_, text)| {
        let (at, end) = ends.find(text).filter(|_| text.chars().count() <= 60)?;
        // The word that ends the name begins the end of the title.
        let word = words::of(Class::WordsForProjects).longest(end).map_or(0, str::len);
        text.get(..at.saturating_add(word))
    })?;
    let name: Vec<char> = title.chars().filter(|c| c.is_alphabetic()).collect();
    if name.len() < MIN_PROJECT {
        return None;
    }
    let whole: String = name.iter().collect();
    let tail: String = name.iter().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
    let mut sites: Vec<(Spot, String)> = Vec::new();
    for (unit, text) in reading.prose.texts() {
        for (at, _) in text.match_indices(&tail) {
            let to = at.saturating_add(tail.len());
            let head = text.get(..to).unwrap_or_default();
            let own: Vec<char> = head.chars().rev().take(name.len()).collect();
            let own: Vec<char> = own.into_iter().rev().collect();
            let text: String = own.iter().collect();
            let off: Vec<usize> =
                own.iter().zip(&name).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
            let near = match off.as_slice() {
                [one] => own.get(*one).zip(name.get(*one)).is_some_and(|(a, b)| is_slip((*a, *b))),
                [one, other] => other.checked_sub(*one) == Some(1),
                _ => false,
            };
            let inner = off.iter().all(|at| *at >= 2);
            if own.len() == name.len() && near && inner {
                let from = to.saturating_sub(text.len());
                sites.push((Spot { unit, from, to }, text));
            }
        }
    }
    let [(spot, wrong)] = sites.as_slice() else { return None };
    let message = format!("此处写的是“{wrong}”，报告标题为“{whole}”，名称不一致。");
    Some(reading.finding(FindingId::ReportContradictsItself, *spot, wrong, message))
}
