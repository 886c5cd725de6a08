//! Names of indicators that two tables, or a table and the analysis, write with one character different (编校差错率, 编校差措率).

use std::collections::BTreeSet;

use super::found::{Reading, at, plain_name};
use super::prose::Spot;
use crate::model::{Finding, FindingId, Passage};
use crate::words::{self, Class};

/// Characters of a name in which a slip can be told from another name.
const MIN_NAME: usize = 5;
const MAX_NAME: usize = 24;
/// Names of one report.
const MAX_NAMES: usize = 1_500;

/// A name as a table or the headings have it.
struct Written {
    name: String,
    /// Which table; the headings are one more.
    source: usize,
    passage: Passage,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let all = written(reading);
    let names: BTreeSet<(usize, &str)> = all.iter().map(|one| (one.source, one.name.as_str())).collect();
    let mut findings = Vec::new();
    for one in &all {
        let like = all.iter().filter(|other| other.source != one.source && is_slip(&one.name, &other.name));
        // Where either source has both, they are two indicators.
        let apart = |other: &&Written| {
            !names.contains(&(one.source, other.name.as_str()))
                && !names.contains(&(other.source, one.name.as_str()))
        };
        let Some(other) = like.into_iter().find(apart) else { continue };
        let (own, others) = (count(reading, &one.name), count(reading, &other.name));
        // Of two that stand once each the later one is named.
        if own > 1 || others < 1 || others == 1 && one.source < other.source {
            continue;
        }
        let message = format!(
            "指标名称此处写的是“{}”，{}为“{}”，名称不一致。",
            one.name, other.passage.place, other.name
        );
        findings.push(at(FindingId::ReportContradictsItself, one.passage.clone(), message));
    }
    let known: BTreeSet<&str> = all.iter().map(|one| one.name.as_str()).collect();
    findings.extend(known.iter().filter_map(|name| in_text(reading, name, &known)));
    findings
}

/// A name that the text has once with another character, by which it is no word: what stands around that character stands
/// together nowhere else.
fn in_text(reading: &Reading, name: &str, known: &BTreeSet<&str>) -> Option<Finding> {
    let letters: Vec<char> = name.chars().collect();
    let begin: String = letters.iter().take(2).collect();
    let rate = words::of(Class::RateSigns).ends(name);
    for (unit, text) in reading.prose.texts().filter(|_| rate && count(reading, name) > 1) {
        for (from, _) in text.match_indices(begin.as_str()) {
            let form: String = text.get(from..)?.chars().take(letters.len()).collect();
            if !is_slip(&form, name) || known.contains(form.as_str()) || count(reading, &form) != 1 {
                continue;
            }
            let own: Vec<char> = form.chars().collect();
            let at = own.iter().zip(&letters).position(|(a, b)| a != b)?;
            let pairs =
                own.windows(2).enumerate().filter(|(first, _)| *first == at || first.saturating_add(1) == at);
            let strange =
                pairs.map(|(_, pair)| pair.iter().collect::<String>()).all(|pair| count(reading, &pair) == 1);
            if strange && own.iter().all(|c| c.is_alphabetic()) {
                let spot = Spot { unit, from, to: from.saturating_add(form.len()) };
                let message = format!("指标名称此处写的是“{form}”，别处为“{name}”，名称不一致。");
                return Some(reading.finding(FindingId::ReportContradictsItself, spot, &form, message));
            }
        }
    }
    None
}

/// The names of indicators: in the rows of tables that have points, targets or results, and in headings with points.
fn written(reading: &Reading) -> Vec<Written> {
    let mut all = Vec::new();
    for (source, grid) in reading.grids.iter().enumerate() {
        let columns = [Class::ColumnsOfPoints, Class::ColumnsOfTargets, Class::ColumnsOfActuals];
        let Some(first) = columns.into_iter().filter_map(|class| grid.column(class)).min() else { continue };
        for row in grid.rows.iter().filter(|row| !row.is_sum() && !row.is_part_sum()) {
            let Some((_, name)) = row.name_before(first) else { continue };
            all.push(Written { name: plain_name(name), source, passage: row.passage(name) });
        }
    }
    let headings = reading.outline.headings.iter().filter(|heading| heading.points.is_some());
    all.extend(headings.map(|heading| Written {
        name: plain_name(&heading.title),
        source: reading.grids.len(),
        passage: reading.prose.passage(heading.spot, heading.title.clone()),
    }));
    all.retain(|one| (MIN_NAME..=MAX_NAME).contains(&one.name.chars().count()));
    all.truncate(MAX_NAMES);
    all
}

/// Whether two names differ in one character within them that tells no two things apart.
fn is_slip(one: &str, other: &str) -> bool {
    let apart = words::of(Class::SignsThatTellApart);
    let last = one.chars().count().saturating_sub(1);
    let pairs = one.chars().zip(other.chars()).enumerate().filter(|(_, (a, b))| a != b);
    let off: Vec<(usize, (char, char))> = pairs.collect();
    let same = one.chars().count() == other.chars().count();
    same && matches!(off.as_slice(), [(at, (a, b))]
        if *at > 0 && *at < last && !apart.has_char(*a) && !apart.has_char(*b))
}

/// How often a name stands in the report, its tables included.
fn count(reading: &Reading, name: &str) -> usize {
    let paragraphs: usize = reading.prose.texts().map(|(_, text)| text.matches(name).count()).sum();
    let cells = reading.grids.iter().flat_map(|grid| &grid.rows).flat_map(|row| row.cells.values());
    // A cell that is read as a paragraph, too, is counted there.
    let cells = cells.filter(|cell| !cell.continued && !cell.text.contains('。'));
    paragraphs.saturating_add(cells.filter(|cell| cell.text.contains(name)).count())
}
