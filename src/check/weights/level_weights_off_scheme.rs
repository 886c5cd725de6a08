//! The points of the levels 1 are not those of the national scheme.

use crate::base::{Number, WHOLE, Weight};
use crate::check::Facts;
use crate::check::category::Group;
use crate::check::weights::noted::{differing, level1_group, noted};
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::LevelWeightsOffScheme;
/// Limits of a scheme: output, benefit, satisfaction, cost.
const OF_SCHEME: usize = 4;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some((_, card)) = facts.scored().filter(|_| facts.is_self_evaluation()) else { return Vec::new() };
    let Some(execution) = facts.execution().map(|result| result.weight) else { return Vec::new() };
    let rows = facts.own_rows();
    // What the form itself says is its scheme. Of weights that do not add up another check speaks.
    if noted(facts).is_some() {
        let whole = card.total.full == Weight::from(WHOLE);
        let differs = differing(facts)
            .filter(|_| whole)
            .map(|(differs, _)| format!("一级指标的分值与表中注明的不同：{differs}。"));
        let at = facts.form_at(crate::model::FormKind::SelfEvaluation);
        return differs.map(|message| Finding::new(ID, at, message)).into_iter().collect();
    }
    // A scheme of its own is a place's own.
    let asked = facts.limit(ID, 0) == Some(execution.number()) && card.total.full == Weight::from(WHOLE);
    if !asked || rows.iter().any(|row| row.group().is_none() || row.indicator.weight.is_none()) {
        return Vec::new();
    }
    let sum = |group: Group| {
        let of_group = rows.iter().filter(|row| level1_group(row) == Some(group));
        Weight::sum(of_group.filter_map(|row| row.indicator.weight)).unwrap_or_default().number()
    };
    let found = [sum(Group::Output), sum(Group::Benefit), sum(Group::Satisfaction), sum(Group::Cost)];
    // Of a form that has not all of the groups another check speaks.
    if found.iter().take(OF_SCHEME.saturating_sub(1)).any(|sum| sum.is_zero()) {
        return Vec::new();
    }
    let scheme = |at: usize| -> Option<Vec<Number>> {
        (at..at.saturating_add(OF_SCHEME)).map(|limit| facts.limit(ID, limit)).collect()
    };
    let known = [scheme(1), scheme(1_usize.saturating_add(OF_SCHEME))];
    if known.iter().any(|scheme| scheme.as_ref().is_none_or(|scheme| *scheme == found)) {
        return Vec::new();
    }
    let [output, benefit, satisfaction, cost] = found;
    let cost = if cost.is_zero() { String::new() } else { format!("、成本 {cost} 分") };
    let message = format!(
        "一级指标的分值是产出 {output} 分、效益 {benefit} 分、满意度 {satisfaction} 分{cost}，与统一设置的比例不同。"
    );
    vec![Finding::new(ID, facts.form_at(crate::model::FormKind::SelfEvaluation), message)]
}
