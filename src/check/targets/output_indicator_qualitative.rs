//! An output is promised in words.

use super::target_word_vague::is_vague;
use crate::check::Facts;
use crate::check::category::{Category, Group};
use crate::model::{Finding, FindingId};
use crate::notation::Notation;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let worded = facts.promises().filter(|promise| {
        // Of times and of adjectives other checks speak.
        promise.group() == Some(Group::Output)
            && promise.category() != Some(Category::Time)
            && promise.target_in_words().is_some()
            && !is_vague(promise)
            && !matches!(promise.row.target(), Some(Notation::YesNo(_) | Notation::ScaleName(_)))
    });
    let findings = worded.map(|promise| {
        let shown = promise.shown();
        let message = format!("产出指标“{}”的指标值“{shown}”没有量化。", promise.name());
        promise.at_target(FindingId::OutputIndicatorQualitative, message)
    });
    findings.collect()
}
