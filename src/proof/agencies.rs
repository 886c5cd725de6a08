//! The body that carries a project out, and the one that the cover names: another one that only stands once, where its name begins
//! as the right one does, and names of the cover that the text writes with another character.

use super::covers::pairs;
use super::found::Reading;
use super::prose::Spot;
use crate::model::{Finding, FindingId, Severity};
use crate::words::{self, Class};

/// Characters of the name of a body, and of one in which a slip can be told from another body.
const MIN_NAME: usize = 6;
const LONG_NAME: usize = 9;
const MAX_NAME: usize = 24;
/// Characters that two names share at their beginning: the place and what the body is for.
const SHARED: usize = 6;
/// Letters behind the place that two names share.
const MIN_SHARED: usize = 2;
/// How often the right name stands at least.
const MIN_RIGHT: usize = 2;
/// Paragraphs that are the title page.
const MAX_LINES: usize = 14;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let own: Vec<String> = units(reading, Class::NamesOfUnits);
    let mut findings: Vec<Finding> = own.iter().filter_map(|name| carried_out(reading, name)).collect();
    findings.extend(own.iter().filter_map(|name| asked(reading, name)));
    let mut known = units(reading, Class::NamesOfBodies);
    known.extend(own);
    known.sort();
    known.dedup();
    for name in known.iter().filter(|name| name.chars().count() >= LONG_NAME) {
        findings.extend(misspelt(reading, name, &known));
    }
    findings
}

/// The bodies that the cover calls so, in a table or in a line.
fn units(reading: &Reading, class: Class) -> Vec<String> {
    let names = words::of(class);
    let cells = pairs(reading).into_iter().filter(|pair| names.has(&pair.name)).map(|pair| pair.value);
    let lines = reading.prose.texts().take(MAX_LINES).filter_map(|(_, text)| {
        let rest = names.strip(text)?.strip_prefix(':')?;
        let name: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
        Some(name)
    });
    let fits = |name: &String| {
        let length = name.chars().count();
        (MIN_NAME..=MAX_NAME).contains(&length) && name.chars().all(char::is_alphabetic)
    };
    let mut all: Vec<String> = cells.chain(lines).filter(fits).collect();
    all.sort();
    all.dedup();
    all
}

fn count(reading: &Reading, name: &str) -> usize {
    let told: usize = reading.prose.texts().map(|(_, text)| text.matches(name).count()).sum();
    let cells = reading.prose.tables.iter().flat_map(|table| &table.rows).flatten();
    told.saturating_add(cells.filter(|cell| cell.text.contains(name)).count())
}

/// Who is said to carry the project out, under another name than the unit of the cover.
fn carried_out(reading: &Reading, unit: &str) -> Option<Finding> {
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        let begins = words::of(Class::LeadsToDoers)
            .iter()
            .flat_map(|lead| text.match_indices(lead))
            .map(|(at, lead)| at.saturating_add(lead.len()));
        for from in begins {
            let rest = text.get(from..)?;
            let Some((length, _)) = words::of(Class::CarriesOut).find(rest) else { continue };
            let Some(name) = rest.get(..length) else { continue };
            let shared = name.chars().zip(unit.chars()).take_while(|(a, b)| a == b).count();
            let plain = name.chars().all(char::is_alphabetic) && name.chars().count() <= MAX_NAME;
            let other = !unit.contains(name) && !name.contains(unit);
            if plain
                && other
                && shared >= SHARED
                && count(reading, name) == 1
                && count(reading, unit) >= MIN_RIGHT
            {
                let spot = Spot {
                    unit: sentence.unit,
                    from: sentence.from.saturating_add(from),
                    to: sentence.from.saturating_add(from).saturating_add(length),
                };
                let message = format!("组织实施的写的是“{name}”，项目单位为“{unit}”，名称不一致。");
                return Some(reading.finding(FindingId::ReportContradictsItself, spot, name, message));
            }
        }
    }
    None
}

/// Whose people were asked, where that is called nearly as the unit of the cover and stands nowhere else. It may well be another
/// body: a person is only told.
fn asked(reading: &Reading, unit: &str) -> Option<Finding> {
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        let Some((at, lead)) = words::of(Class::LeadsToAsked).find(text) else { continue };
        let from = at.saturating_add(lead.len());
        let rest = text.get(from..)?;
        let Some((length, _)) = words::of(Class::PeopleAsked).find(rest) else { continue };
        let Some(name) = rest.get(..length).filter(|name| name.chars().all(char::is_alphabetic)) else {
            continue;
        };
        let shared: Vec<char> =
            name.chars().zip(unit.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect();
        let places = words::of(Class::SignsOfPlaces);
        let place = shared.iter().rposition(|c| places.has_char(*c)).map_or(0, |at| at.saturating_add(1));
        let alike = place > 0 && shared.len().saturating_sub(place) >= MIN_SHARED;
        let other = !unit.contains(name) && !name.contains(unit) && name.chars().count() >= MIN_NAME;
        if alike && other && count(reading, name) == 1 && count(reading, unit) > MIN_RIGHT {
            let begin = sentence.from.saturating_add(from);
            let spot = Spot { unit: sentence.unit, from: begin, to: begin.saturating_add(length) };
            let message = format!(
                "访谈的写的是“{name}”，项目单位为“{unit}”，两个名称相近而不同，前者报告别处没有写到，请核对是否为同一单位。"
            );
            let mut finding = reading.finding(FindingId::ReportContradictsItself, spot, name, message);
            finding.severity = Severity::Info;
            return Some(finding);
        }
    }
    None
}

/// A name of the cover that the text has once with one other character, or two side by side.
fn misspelt(reading: &Reading, name: &str, known: &[String]) -> Option<Finding> {
    let letters: Vec<char> = name.chars().collect();
    let begin: String = letters.iter().take(3).collect();
    let apart = words::of(Class::SignsThatTellApart);
    for (unit, text) in reading.prose.texts() {
        for (from, _) in text.match_indices(begin.as_str()) {
            let own: Vec<char> = text.get(from..)?.chars().take(letters.len()).collect();
            let pairs = own.iter().zip(&letters).enumerate().filter(|(_, (a, b))| a != b);
            let off: Vec<(usize, char, char)> = pairs.map(|(at, (a, b))| (at, *a, *b)).collect();
            let near = match off.as_slice() {
                [_] => true,
                [(one, ..), (other, ..)] => other.checked_sub(*one) == Some(1),
                _ => false,
            };
            let inner = off.iter().all(|(at, a, b)| {
                let end = letters.len().saturating_sub(2);
                *at < end && a.is_alphabetic() && !apart.has_char(*a) && !apart.has_char(*b)
            });
            let form: String = own.iter().collect();
            if own.len() == letters.len()
                && near
                && inner
                && !known.contains(&form)
                && count(reading, &form) == 1
                && count(reading, name) >= MIN_RIGHT
            {
                let spot = Spot { unit, from, to: from.saturating_add(form.len()) };
                let message = format!("此处写的是“{form}”，别处都是“{name}”，名称不一致。");
                return Some(reading.finding(FindingId::ReportContradictsItself, spot, &form, message));
            }
        }
    }
    None
}
