//! The same named figure with two values in one submission: `接入事项101项` here, `接入事项100项` there.
//!
//! Only counts and amounts are compared, and only under the same words and unit: a rate's name (完成率) is too general
//! to be the same fact twice.

use std::collections::BTreeMap;

use super::Facts;
use crate::base::{CellAt, Number};
use crate::model::{Finding, FindingId};
use crate::notation::{normalise, scan_quantity};
use crate::words::{Class, Words};

/// Characters a name must have to be taken for the name of one fact.
const MIN_NAME: usize = 3;
/// Figures that are read of one submission.
const MAX_FIGURES: usize = 20_000;

/// A figure with its name.
pub(super) struct Figure {
    pub(super) name: String,
    pub(super) number: Number,
    pub(super) shown: String,
    pub(super) unit: String,
}

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let mut seen: BTreeMap<(String, String), (Number, String, &CellAt)> = BTreeMap::new();
    let mut findings = Vec::new();
    for statement in &facts.case.statements {
        for figure in figures(&statement.text, &facts.case.words) {
            if seen.len() >= MAX_FIGURES {
                return findings;
            }
            let key = (figure.name.clone(), figure.unit.clone());
            match seen.get(&key) {
                Some((number, shown, at)) if *number != figure.number && **at != statement.at => {
                    let message = format!(
                        "“{}”在“{}”（{}）为{}，在“{}”（{}）为{shown}，两处不一致。",
                        figure.name,
                        statement.at.sheet.spoken(),
                        statement.at.cell,
                        figure.shown,
                        at.sheet.spoken(),
                        at.cell
                    );
                    findings.push(Finding::new(
                        FindingId::FactHasTwoValues,
                        Some(statement.at.clone()),
                        message,
                    ));
                }
                Some(_) => {}
                None => {
                    seen.insert(key, (figure.number, figure.shown, &statement.at));
                }
            }
        }
    }
    findings
}

/// The figures of a text, each with the words of its clause before it.
pub(super) fn figures(text: &str, words: &Words) -> Vec<Figure> {
    let text = normalise(text);
    let clauses = text.as_str().split(['。', '；', ';', '！', '\n', '、', '，']);
    clauses.flat_map(|clause| clause.split(", ")).filter_map(|clause| figure(clause, words)).collect()
}

/// The first figure of a clause, when words stand before it and a unit behind it.
fn figure(clause: &str, vocabulary: &Words) -> Option<Figure> {
    // A year is no figure: 2021年共计支出… is about the spending.
    let clause = after_year(clause.trim());
    let digit = clause.find(|c: char| c.is_ascii_digit())?;
    let (words, rest) = clause.split_at(digit);
    let (quantity, _) = scan_quantity(rest)?;
    if quantity.unit.is_ratio() || quantity.unit.word.is_empty() {
        return None;
    }
    let name = plain_name(words, vocabulary);
    (name.chars().count() >= MIN_NAME).then(|| Figure {
        name,
        number: quantity.number,
        shown: quantity.to_string(),
        unit: quantity.unit.word.clone(),
    })
}

fn after_year(clause: &str) -> &str {
    let digits = clause.bytes().take_while(u8::is_ascii_digit).count();
    let rest = clause.get(digits..).unwrap_or(clause);
    match rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年')) {
        Some(rest) if digits == 4 => rest,
        _ => clause,
    }
}

/// The name without quotation marks, openings and the link to its figure.
pub(super) fn plain_name(words: &str, vocabulary: &Words) -> String {
    let mut name: String = words
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”' | '"' | '「' | '」' | ':' | '：'))
        .collect();
    while let Some(shorter) = vocabulary.of(Class::ValueLinks).strip_end(&name) {
        name = shorter.to_owned();
    }
    while let Some(shorter) = vocabulary.of(Class::ValueOpenings).strip(&name) {
        name = shorter.to_owned();
    }
    name
}
