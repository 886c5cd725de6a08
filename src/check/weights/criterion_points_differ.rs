//! The points of a criterion's items do not add up to the indicator's.

use crate::base::Number;
use crate::check::Facts;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.scored_rows().filter_map(|promise| {
        let cell = promise.indicator.criterion.as_ref()?;
        let weight = promise.weight()?.number();
        let sum = Number::sum(items(&cell.shown(), promise.words, weight)?)?;
        (sum != weight).then(|| {
            let message = format!("“{}”的评分标准各项合计 {sum} 分，分值是 {weight} 分。", promise.name());
            promise.at(Some(cell), FindingId::CriterionPointsDiffer, message)
        })
    });
    findings.collect()
}

/// The points of the items ①②③, where each states its own once and they are for certain added up.
fn items(text: &str, words: &crate::words::Words, weight: Number) -> Option<Vec<Number>> {
    let text = normalise(text);
    let is_mark = |c: char| ('①'..='⑳').contains(&c);
    let mut pieces = text.split(is_mark);
    let head = pieces.next()?;
    let pieces: Vec<&str> = pieces.collect();
    let graded = words.of(Class::ChoicesInCriteria);
    if pieces.len() < 2 || points(head).next().is_some() || graded.within(&text) {
        return None;
    }
    let each = pieces.iter().map(|piece| {
        let mut stated = points(piece);
        let only = stated.next().filter(|_| stated.next().is_none())?;
        // An item that is worth all of them is one of several to choose from.
        (only < weight && !only.is_zero()).then_some(only)
    });
    each.collect()
}

/// The numbers before 分.
fn points(text: &str) -> impl Iterator<Item = Number> + '_ {
    text.match_indices('分').filter_map(move |(at, _)| {
        let before = text.get(..at)?;
        let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        before.get(digits.len()..)?.parse().ok()
    })
}
