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
/// Paragraphs among which the title stands.
const MAX_LINES: usize = 8;
const MAX_LINE: usize = 60;
/// Characters among which a title names its place.
const MAX_PLACE: usize = 7;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = bodies(reading);
    findings.extend(project(reading));
    findings.extend(cut(reading));
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

/// The name of the project in the title of the report: before what ends such a title, or in the line above it.
pub(super) fn title<'r>(reading: &'r Reading) -> Option<&'r str> {
    let ends = words::of(Class::EndsOfTitles);
    let mut above: Option<&str> = None;
    for (_, text) in reading.prose.texts().take(MAX_LINES) {
        if text.chars().count() > MAX_LINE {
            above = None;
            continue;
        }
        let name = |at: usize, end: &str| {
            // The word that ends the name begins the end of the title.
            let word = words::of(Class::WordsForProjects).longest(end).map_or(0, str::len);
            text.get(..at.saturating_add(word))
        };
        if let Some((at, end)) = ends.find(text) {
            return name(at, end);
        }
        if let Some(name) = before_report(text) {
            return Some(name);
        }
        let project = |line: &&str| words::of(Class::WordsForProjects).ends(line);
        if let (Some(line), true) = (above.filter(project), words::of(Class::EndsOfReports).ends(text)) {
            return Some(line);
        }
        above = Some(text);
    }
    None
}

/// The name before whatever a title calls its report: `关于…项目的绩效评价报告`, `…项目（2024年度）部门评价报告`.
fn before_report(text: &str) -> Option<&str> {
    let mut name = words::of(Class::EndsOfReports).strip_end(without_bracket(text))?;
    loop {
        let shorter = without_bracket(words::of(Class::TailsOfTitles).trim_end(name));
        if shorter.len() == name.len() {
            break;
        }
        name = shorter;
    }
    words::of(Class::WordsForProjects).ends(name).then(|| name.trim_start_matches("关于"))
}

/// A text without the brackets that it ends with.
fn without_bracket(text: &str) -> &str {
    let open = text.ends_with(')').then(|| text.rfind('(')).flatten();
    open.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// The name of the project as the title of the report has it, against what is called the project of this evaluation.
fn project(reading: &Reading) -> Option<Finding> {
    let title = title(reading)?;
    // The place before the name may be left out, and so may the year.
    let places = words::of(Class::SignsOfPlaces);
    // What stands before the year is the place or the body.
    let mut year = title
        .match_indices('年')
        .filter(|(at, _)| title.get(..*at).is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit())));
    let dated = year.next_back().and_then(|(at, sign)| title.get(at.saturating_add(sign.len())..));
    let title = dated.map_or(title, |rest| rest.trim_start_matches('度'));
    let begin =
        title.char_indices().take(MAX_PLACE).filter(|(_, c)| places.has_char(*c) || *c == '度').last();
    let title = begin.and_then(|(at, c)| title.get(at.saturating_add(c.len_utf8())..)).unwrap_or(title);
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

/// A body whose name is cut (教育局 for 教育体育局), where the whole name stands more often.
fn cut(reading: &Reading) -> Vec<Finding> {
    let mut all: BTreeMap<String, Vec<Spot>> = BTreeMap::new();
    for (unit, text) in reading.prose.texts() {
        for end in words::of(Class::EndsOfOffices).iter() {
            for (at, _) in text.match_indices(end) {
                let to = at.saturating_add(end.len());
                let head = text.get(..at).unwrap_or_default();
                let quoted = head.matches('《').count() > head.matches('》').count();
                let places = words::of(Class::SignsOfPlaces);
                let length: usize = head
                    .chars()
                    .rev()
                    .take_while(|c| c.is_alphabetic() && !places.has_char(*c))
                    .take(MAX_NAME)
                    .map(char::len_utf8)
                    .sum();
                let from = at.saturating_sub(length);
                let place = head.get(..from).and_then(|head| head.chars().next_back());
                let former = head.get(..from).is_some_and(|head| head.contains('原'));
                let Some(place) = place.filter(|c| places.has_char(*c) && !quoted && !former) else {
                    continue;
                };
                let from = from.saturating_sub(place.len_utf8());
                if let Some(name) = text.get(from..to).filter(|_| all.len() < MAX_NAMES) {
                    all.entry(name.to_owned()).or_default().push(Spot { unit, from, to });
                }
            }
        }
    }
    let mut findings = Vec::new();
    for (name, spots) in &all {
        let Some(own) = name.strip_suffix(|c| words::of(Class::EndsOfOffices).has_char(c)) else { continue };
        let whole = |(other, places): &(&String, &Vec<Spot>)| {
            let end = name.get(own.len()..).unwrap_or_default();
            let more = other.strip_prefix(own).and_then(|rest| rest.strip_suffix(end));
            more.is_some_and(|more| more.chars().count() == 2) && places.len() >= spots.len()
        };
        let mut longer = all.iter().filter(whole);
        let (Some((other, _)), None, Some(spot)) = (longer.next(), longer.next(), spots.first()) else {
            continue;
        };
        // A short name that the report introduces, or that lacks only what any name may have, is rightly short.
        let more = other
            .strip_prefix(own)
            .and_then(|rest| rest.strip_suffix(name.get(own.len()..)?))
            .unwrap_or_default();
        let short = words::of(Class::NameGeneral).has(more)
            || reading.prose.texts().any(|(_, text)| {
                words::of(Class::ShortNames)
                    .iter()
                    .any(|word| text.split_once(word).is_some_and(|(_, rest)| rest.contains(name.as_str())))
            });
        if own.chars().count() > MIN_RIGHT && !short {
            let message = format!("此处写的是“{name}”，别处都是“{other}”，名称不一致。");
            findings.push(reading.finding(FindingId::ReportContradictsItself, *spot, name, message));
        }
    }
    findings
}
