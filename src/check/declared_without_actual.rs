//! A declared target that no indicator answers.

use super::Facts;
use crate::model::{DeclaredStatus, Finding, FindingId};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    // Without a scored form nothing could answer.
    if facts.case.score_form.is_none() {
        return Vec::new();
    }
    let own = facts.is_self_evaluation();
    // What is answered in words has an answer, which a person judges. What cannot be measured and is gone is gone, too.
    let unmatched = facts.declared().filter(|(_, result)| {
        result.status == DeclaredStatus::Unmatched && !result.in_words || own && result.matched.is_none()
    });
    let findings = unmatched.map(|(declared, result)| {
        let name = &declared.indicator.name;
        // What was only declared may have been dropped in the review.
        let dropped = result.matched.is_none() && own && !facts.case.approved;
        let id = if dropped { FindingId::DeclaredNotEvaluated } else { FindingId::DeclaredWithoutActual };
        let message = match result.matched {
            None if dropped => format!("申报的“{name}”自评表中没有同名指标。"),
            None if facts.case.approved => {
                format!("批复的“{name}”在评分表中没有同名指标。")
            }
            None => format!("申报的“{name}”在评分表中没有同名指标。"),
            Some(_) => format!("申报的“{name}”有对应指标，但实际完成值不能与指标值比较。"),
        };
        let target = declared.indicator.target.as_ref().and_then(|entry| entry.at.clone());
        Finding::new(id, target.or_else(|| declared.indicator.at().cloned()), message)
    });
    findings.collect()
}
