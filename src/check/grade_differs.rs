//! A typed grade against the one that the computed total earns.

use super::Facts;
use crate::model::{Finding, FindingId};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let Some((form, card)) = facts.scored() else { return Vec::new() };
    let stated = card.total.stated_grade.as_ref().zip(card.total.grade.as_ref());
    let Some((stated, grade)) = stated.filter(|(stated, grade)| stated != grade) else { return Vec::new() };
    let at = form.total.grade.as_ref().and_then(|entry| entry.at.clone());
    let message = format!("填报等级“{stated}”，总分 {} 分对应等级“{grade}”。", card.total.score);
    vec![Finding::new(FindingId::GradeDiffers, at, message)]
}
