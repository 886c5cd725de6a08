//! The result of an indicator in a table, against the text on that indicator: its own paragraph, or the explanation beside its
//! score. Another result of the same kind there, and this one nowhere in it, contradict each other.

use super::bound::clause;
use super::found::{Reading, plain_name};
use super::prose::{SENTENCE, pieces};
use super::quantities::{Quantity, quantities};
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of a name that can be told from others.
const MIN_NAME: usize = 4;
/// Characters at the end of a name by which a result is known to be its, and of a count's.
const TAIL: usize = 2;
/// Rows of tables.
const MAX_ROWS: usize = 600;

/// A text on an indicator, with its place.
struct Text<'r> {
    text: &'r str,
    place: String,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    // With a workbook each is held against that.
    if reading.facts.is_some() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for grid in &reading.grids {
        let Some(col) = grid.column(Class::ColumnsOfActuals) else { continue };
        let first = grid.column(Class::ColumnsOfTargets).map_or(col, |target| target.min(col));
        for row in grid.rows.iter().take(MAX_ROWS) {
            let cell = row.cells.get(&col).filter(|cell| !cell.continued);
            let (Some(cell), Some((_, name))) = (cell, row.name_before(first)) else { continue };
            let all = quantities(&cell.text);
            let ([actual], true) = (all.as_slice(), name.chars().count() >= MIN_NAME) else { continue };
            if actual.unit.is_empty() {
                continue;
            }
            let name = plain_name(name);
            let texts = texts(reading, &name);
            let told: Vec<(Quantity, &Text)> =
                texts.iter().flat_map(|text| results(text, &name, actual)).collect();
            // What the text has anywhere is one of its results.
            let known = texts.iter().any(|text| quantities(text.text).iter().any(|one| one.is_as(actual)));
            let Some((other, text)) = told.first().filter(|_| !known) else { continue };
            let message =
                format!("“{name}”的完成值此处为{}，{}为{}。", actual.shown(), text.place, other.shown());
            findings.push(super::found::at(FindingId::ReportContradictsItself, row.passage(&name), message));
        }
    }
    findings
}

/// The texts on an indicator: the paragraphs below its heading, and the sentences of rows that have its name.
fn texts<'r>(reading: &'r Reading, name: &str) -> Vec<Text<'r>> {
    let headings = reading.outline.headings.iter().enumerate();
    let mut own = headings.filter(|(_, heading)| plain_name(&heading.title) == name);
    let mut texts = Vec::new();
    if let (Some((at, heading)), None) = (own.next(), own.next()) {
        let place = reading.prose.where_is(heading.spot);
        let units = reading.outline.extent(at);
        texts.extend(units.map(|unit| Text { text: reading.prose.text(unit), place: place.clone() }));
    }
    for row in reading.grids.iter().flat_map(|grid| &grid.rows) {
        let named = row.cells.values().any(|cell| plain_name(&cell.text) == name);
        let told = row.cells.values().filter(|cell| named && cell.text.contains('。'));
        texts.extend(told.map(|cell| Text { text: &cell.text, place: row.place.clone() }));
    }
    texts
}

/// The results of the kind of another that a text tells: a rate behind its name's end, a count that its clause begins with.
fn results<'t, 'r>(text: &'t Text<'r>, name: &str, like: &Quantity) -> Vec<(Quantity, &'t Text<'r>)> {
    let letters: Vec<char> = name.chars().collect();
    let tail: String = letters.iter().rev().take(TAIL).rev().collect();
    let mut all = Vec::new();
    for (from, to) in pieces(text.text, &SENTENCE) {
        let Some(sentence) = text.text.get(from..to) else { continue };
        if words::of(Class::ConditionsOfScores).within(sentence)
            || words::of(Class::TimesBefore).within(sentence)
        {
            continue;
        }
        for one in quantities(sentence) {
            let plain = words::of(Class::ReportFigureLinks).trim_end(clause(sentence, &one));
            let behind = sentence.get(one.to..).unwrap_or_default();
            let bounded = words::of(Class::AboutFigures).begins(behind)
                || behind.starts_with(['-', '~', '/', '*', '×', '='])
                || words::of(Class::RoughBefore).ends(plain)
                || words::of(Class::BoundsAbove).ends(plain)
                || words::of(Class::BoundsBelow).ends(plain)
                || words::of(Class::ComparedWith).within(plain)
                || words::of(Class::ResultsOfParts).within(plain);
            let named = if like.is_percent() { plain.ends_with(&tail) } else { plain.ends_with(name) };
            if one.unit == like.unit && named && !bounded {
                all.push((one, text));
            }
        }
    }
    all
}
