//! Names in two forms: the place of a body with another character, and another project where this one is judged.

use std::collections::BTreeMap;

use super::found::Reading;
use super::prose::Spot;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Paragraphs that are the title page.
const MAX_LINES: usize = 8;
/// Characters of a place's name before its sign.
const PLACE: usize = 2;
/// Characters of the name of an office behind its place.
const OFFICE: usize = 5;
/// How often the right form stands at least.
const MIN_RIGHT: usize = 3;
/// Characters that two forms of a name share at its beginning.
const SHARED: usize = 4;
/// Characters of a name of a project.
const MIN_NAME: usize = 6;
const MAX_NAME: usize = 24;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = places(reading);
    findings.extend(projects(reading));
    findings
}

/// Names of places that stand once and are one character off the place of the title page, before the same words.
fn places(reading: &Reading) -> Vec<Finding> {
    let signs = words::of(Class::SignsOfPlaces);
    let mut all: BTreeMap<String, Vec<(Spot, String)>> = BTreeMap::new();
    for (unit, text) in reading.prose.texts() {
        for (at, sign) in text.char_indices().filter(|(_, c)| signs.has_char(*c)) {
            let to = at.saturating_add(sign.len_utf8());
            let head: Vec<char> = text.get(..at).unwrap_or_default().chars().rev().take(PLACE).collect();
            if head.len() < PLACE || !head.iter().all(|c| c.is_alphabetic() && !signs.has_char(*c)) {
                continue;
            }
            let from = at.saturating_sub(head.iter().map(|c| c.len_utf8()).sum());
            let behind = text.get(to..).unwrap_or_default().chars().take_while(|c| c.is_alphabetic());
            let behind: String = behind.take(OFFICE).collect();
            // 实施城区排水 names no place.
            let no_name = words::of(Class::PlacesWithoutName);
            if let Some(name) = text.get(from..to).filter(|name| !no_name.ends(name)) {
                all.entry(name.to_owned()).or_default().push((Spot { unit, from, to }, behind));
            }
        }
    }
    let titled = |name: &str| reading.prose.texts().take(MAX_LINES).any(|(_, text)| text.contains(name));
    let apart = words::of(Class::SignsThatTellApart);
    let mut findings = Vec::new();
    for (name, sites) in all.iter().filter(|(_, sites)| sites.len() == 1) {
        let Some((spot, behind)) = sites.first() else { continue };
        let like = all.iter().find(|(other, places)| {
            let off: Vec<(char, char)> = name.chars().zip(other.chars()).filter(|(a, b)| a != b).collect();
            let one = matches!(off.as_slice(), [(a, b)] if !apart.has_char(*a) && !apart.has_char(*b));
            // 甲县退役军人局, 甲区退役军人局: of one rank there are no two of one name.
            let ranks = words::of(Class::PlacesOfOneRank);
            let ranked = matches!(off.as_slice(), [(a, b)] if ranks.has_char(*a) && ranks.has_char(*b));
            let shared = if ranked { OFFICE } else { PLACE };
            let begin = |text: &str| text.chars().take(shared).collect::<String>();
            (one || ranked)
                && places.len() >= MIN_RIGHT
                && titled(other)
                && behind.chars().count() >= shared
                && places.iter().any(|(_, words)| begin(words) == begin(behind))
        });
        let Some((other, _)) = like else { continue };
        let behind: String = behind.chars().take(PLACE).collect();
        let message = format!("此处写的是“{name}{behind}”，别处都是“{other}{behind}”，名称不一致。");
        findings.push(reading.finding(FindingId::ReportContradictsItself, *spot, name, message));
    }
    findings
}

/// What is judged under another name than that of the report's title.
fn projects(reading: &Reading) -> Vec<Finding> {
    let Some(title) = super::likeness::title(reading) else { return Vec::new() };
    let name: Vec<char> = title.chars().filter(|c| c.is_alphabetic()).collect();
    let Some(word) = words::of(Class::WordsForProjects).longest_end(title) else { return Vec::new() };
    let count =
        |form: &str| -> usize { reading.prose.texts().map(|(_, text)| text.matches(form).count()).sum() };
    let mut findings = Vec::new();
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        for (at, _) in text.match_indices(word) {
            let to = at.saturating_add(word.len());
            let judged = words::of(Class::JudgedBehind).begins(text.get(to..).unwrap_or_default());
            let clause = text.get(..at).and_then(|head| head.rsplit(['，', ';']).next()).unwrap_or_default();
            if !judged && !words::of(Class::ObjectsOfEvaluation).begins(clause) {
                continue;
            }
            let head: Vec<char> = text.get(..to).unwrap_or_default().chars().rev().collect();
            let own = head.into_iter().take_while(|c| c.is_alphabetic()).take(MAX_NAME);
            let own: Vec<char> = own.collect::<Vec<_>>().into_iter().rev().collect();
            let known = other_form(&own, &name, word).filter(|(_, right)| count(right) >= MIN_RIGHT);
            let Some((form, right)) = known.or_else(|| turned_form(&own, &name)) else { continue };
            if count(&form) > 1 {
                continue;
            }
            let from = to.saturating_sub(form.len());
            let place = Spot {
                unit: sentence.unit,
                from: sentence.from.saturating_add(from),
                to: sentence.from.saturating_add(to),
            };
            let message = format!("此处写的是“{form}”，报告标题为“{right}”，名称不一致。");
            findings.push(reading.finding(FindingId::ReportContradictsItself, place, &form, message));
        }
    }
    findings
}

/// The two forms of a name that begin and end alike and differ between: the one written, and the right one.
fn other_form(own: &[char], name: &[char], word: &str) -> Option<(String, String)> {
    for from in 0..own.len() {
        let rest = own.get(from..)?;
        let begin = rest.get(..SHARED)?;
        let Some(at) = name.windows(SHARED).position(|window| window == begin) else { continue };
        let right = name.get(at..)?;
        if right == rest || rest.len() < MIN_NAME || right.len() < MIN_NAME {
            return None;
        }
        let (form, right): (String, String) = (rest.iter().collect(), right.iter().collect());
        let inner = |text: &str| text.strip_suffix(word).map(str::to_owned);
        let (own, known) = (inner(&form)?, inner(&right)?);
        // A name that is only shorter or longer is one that was cut, or a part of the project.
        if own.contains(&known) || known.contains(&own) || is_subsequence(&own, &known) {
            return None;
        }
        return Some((form, right));
    }
    None
}

/// The two forms of a name whose words stand in another order, each behind the year and the place: 乡镇志与年鉴编印项目,
/// 年鉴与乡镇志编纂出版项目.
fn turned_form(own: &[char], name: &[char]) -> Option<(String, String)> {
    let text = |chars: &[char]| chars.iter().collect::<String>();
    let (own, name) = (text(own), text(name));
    let form = behind_place(&own).filter(|form| form.len() < own.len())?;
    let right = behind_place(&name).unwrap_or(&name);
    let mut left: Vec<char> = right.chars().collect();
    let mut shared = 0_usize;
    for c in form.chars() {
        if let Some(at) = left.iter().position(|other| *other == c) {
            left.remove(at);
            shared = shared.saturating_add(1);
        }
    }
    let length = form.chars().count();
    let like = shared.saturating_mul(3) >= length.saturating_mul(2) && length >= MIN_NAME;
    let other = form != right && !is_subsequence(form, right) && !right.contains(form);
    (like && other).then(|| (form.to_owned(), right.to_owned()))
}

/// What follows the year and the place in a name.
fn behind_place(name: &str) -> Option<&str> {
    let dated = name.rfind("年度").map(|at| at.saturating_add("年度".len())).and_then(|at| name.get(at..));
    let rest = dated.unwrap_or(name);
    let places = words::of(Class::SignsOfPlaces);
    let place = rest.char_indices().take(PLACE.saturating_add(2)).filter(|(_, c)| places.has_char(*c)).last();
    place.map_or(dated, |(at, c)| rest.get(at.saturating_add(c.len_utf8())..))
}

/// Whether the characters of one stand in the other in their order: an abbreviation.
fn is_subsequence(one: &str, other: &str) -> bool {
    let within = |short: &str, long: &str| {
        let mut chars = long.chars();
        short.chars().all(|c| chars.any(|other| other == c))
    };
    within(one, other) || within(other, one)
}
