//! A typed score against the one that the rule gives.

use super::Facts;
use super::by_other_base::by_other;
use crate::model::{Finding, FindingId, Indicator, State};

/// Rows from which it is told that a column holds something else than scores.
const ROWS: usize = 3;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    if let Some(finding) = deductions(facts) {
        return vec![finding];
    }
    let Some((form, _)) = facts.scored() else { return Vec::new() };
    let differing = facts
        .indicators()
        .filter(|(_, result)| result.state == State::Computed && !form.may_be_right(result));
    // What the agency gave itself is of what it says itself: that is held against what the reviewer found.
    let of_another = |indicator: &Indicator| {
        let own = indicator.stated_actual.as_ref().map(|own| own.shown().trim().to_owned());
        own.is_some_and(|own| own != indicator.actual_shown())
    };
    let differing = differing.filter(|(indicator, _)| !of_another(indicator));
    let differing = differing.filter_map(|(indicator, result)| {
        let (stated, score) = result.stated.zip(result.score).filter(|(stated, score)| stated != score)?;
        let entry = indicator.stated_score.as_ref().or(indicator.score.as_ref());
        let reading = result.reading.as_ref().map(|reading| format!("按“{reading}”")).unwrap_or_default();
        if form.is_by_convention(result) {
            let message = format!(
                "“{}”填报 {stated} 分；表中没有写明超出指标值的评分标准，暂按超出的比例计算为 {score} 分。",
                result.name
            );
            let at = entry.and_then(|e| e.at.clone());
            return Some(Finding::new(FindingId::StatedScoreByConvention, at, message));
        }
        let other = by_other(form, result);
        let other = other.map(|other| format!("填报数是按{other}计算的。")).unwrap_or_default();
        let message = format!("“{}”填报 {stated} 分，{reading}应得 {score} 分。{other}", result.name);
        Some(Finding::new(FindingId::StatedScoreDiffers, entry.and_then(|e| e.at.clone()), message))
    });
    differing.collect()
}

/// Whether what was typed is in every row what the points lack of the score that the rule gives: the deduction.
fn deductions(facts: &Facts) -> Option<Finding> {
    let computed = facts.indicators().filter(|(_, result)| result.state == State::Computed);
    let typed: Vec<_> = computed
        .filter_map(|(indicator, result)| Some((indicator, result, result.stated?, result.score?)))
        .collect();
    let rest = typed.iter().all(|(_, result, stated, score)| {
        score.plus(*stated).is_some_and(|sum| sum.number() == result.weight.number())
    });
    let (indicator, ..) = typed.iter().find(|(_, _, stated, score)| stated != score)?;
    let entry = indicator.stated_score.as_ref().or(indicator.score.as_ref())?;
    let message = "填报得分在各行都等于分值减去应得的分，像是填了扣分。请核对这一栏填的是得分还是扣分。";
    let finding = Finding::new(FindingId::WeightsScaleUnclear, entry.at.clone(), message);
    (rest && typed.len() >= ROWS).then_some(finding)
}
