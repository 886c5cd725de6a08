//! Outputs and benefits have too few of the points of a score sheet.

use crate::base::{Number, Weight};
use crate::check::Facts;
use crate::check::category::Group;
use crate::model::{Finding, FindingId, FormKind};

const ID: FindingId = FindingId::OutputBenefitWeightLow;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(share) = facts.limit(ID, 0) else { return Vec::new() };
    let Some((form, card)) = facts.scored().filter(|(form, _)| form.kind == FormKind::ScoreSheet) else {
        return Vec::new();
    };
    let full = card.total.full;
    let known = form.indicators.iter().all(|row| row.weight.is_some()) && full == Weight::from(100);
    let of_results = form.indicators.iter().filter(|row| Group::of(&row.level1, &facts.case.words).is_some());
    let sum = Weight::sum(of_results.filter_map(|row| row.weight)).unwrap_or_default();
    let low = sum.number().times(Number::from(100)) < full.number().times(share);
    if !known || !low || sum.is_zero() {
        return Vec::new();
    }
    let message = format!("产出、效益（含满意度）的分值合计 {sum} 分，低于总分的 {share}%。");
    vec![Finding::new(ID, facts.form_at(FormKind::ScoreSheet), message)]
}
