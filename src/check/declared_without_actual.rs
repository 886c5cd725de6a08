//! A declared target that no indicator answers.

use super::Facts;
use crate::model::{DeclaredStatus, Finding, FindingId};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    // Without a scored form nothing could answer.
    if facts.case.score_form.is_none() {
        return Vec::new();
    }
    // What is answered in words has an answer, which a person judges.
    let unmatched =
        facts.declared().filter(|(_, result)| result.status == DeclaredStatus::Unmatched && !result.in_words);
    let findings = unmatched.map(|(declared, result)| {
        let name = &declared.indicator.name;
        let message = match result.matched {
            None => format!("申报的“{name}”在评分表中没有同名指标，映射文件也没有给出对应关系。"),
            Some(_) => format!("申报的“{name}”有对应指标，但实际完成值不能与指标值比较。"),
        };
        let target = declared.indicator.target.as_ref().and_then(|entry| entry.at.clone());
        Finding::new(
            FindingId::DeclaredWithoutActual,
            target.or_else(|| declared.indicator.at().cloned()),
            message,
        )
    });
    findings.collect()
}
