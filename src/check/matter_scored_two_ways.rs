//! Evaluators took points off one indicator for a matter, and gave all points to another that is named for it.

use super::Facts;
use crate::model::{Finding, FindingId, IndicatorScore};

/// Signs that the name of a matter has: fewer are an abbreviation, more a sentence.
const LEAST: usize = 2;
const MOST: usize = 15;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    // An agency that scores itself takes no view of others.
    if facts.is_self_evaluation() {
        return Vec::new();
    }
    let lost = |result: &IndicatorScore| {
        result.deduction().filter(|points| !points.is_zero() && !points.is_negative())
    };
    let mut findings = Vec::new();
    for (indicator, result) in facts.indicators() {
        let Some(points) = lost(result) else { continue };
        let Some(entry) = &indicator.situation else { continue };
        for matter in quoted(&entry.shown()) {
            let named = facts.indicators().filter(|(other, _)| other.name.contains(&matter));
            let whole = named.filter(|(_, other)| {
                other.index != result.index
                    && !other.weight.is_zero()
                    && other.score.is_some()
                    && lost(other).is_none()
            });
            let whole: Vec<String> = whole
                .map(|(other, result)| format!("“{}”（{} 分）", inner(&other.name), result.weight))
                .collect();
            if !whole.is_empty() {
                let message = format!(
                    "{matter}：在“{}”中扣 {points} 分，在{}中得满分，请核对认定是否一致。",
                    inner(&indicator.name),
                    whole.concat()
                );
                findings.push(Finding::new(FindingId::MatterScoredTwoWays, entry.at.clone(), message));
            }
        }
    }
    findings
}

/// A name as it stands in quotes: with single ones inside.
fn inner(name: &str) -> String {
    name.replace('“', "‘").replace('”', "’")
}

/// What a text has in quotes, each with them and once.
fn quoted(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some((inside, after)) = rest.split_once('“').and_then(|(_, behind)| behind.split_once('”'))
    {
        let name = format!("“{inside}”");
        if (LEAST..=MOST).contains(&inside.chars().count()) && !all.contains(&name) {
            all.push(name);
        }
        rest = after;
    }
    all
}
