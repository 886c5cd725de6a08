//! A reviewer gave more than the agency gave itself.

use super::reviewed::rows;
use crate::check::Facts;
use crate::model::{Finding, FindingId};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let rows = rows(facts);
    let findings = rows.iter().filter_map(|reviewed| {
        let (own, review) = (reviewed.own?, reviewed.review?);
        (review > own && reviewed.words().is_empty()).then(|| {
            let message =
                format!("“{}”自评 {own} 分，复核 {review} 分，没有说明加分的原因。", reviewed.row.name());
            reviewed.row.at(reviewed.row.indicator.score.as_ref(), FindingId::ReviewScoreAboveSelf, message)
        })
    });
    findings.collect()
}
