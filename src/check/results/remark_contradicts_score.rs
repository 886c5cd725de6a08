//! A remark denies the evidence and points were given.

use super::reviewed::rows;
use crate::check::Facts;
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let words = &facts.case.words;
    let rows = rows(facts);
    let findings = rows.iter().filter_map(|reviewed| {
        let review = reviewed.review.filter(|score| !score.is_zero())?;
        let said = reviewed.words();
        let (_, why) = words.of(Class::WithoutEvidence).find(&said)?;
        // Who says what came off for it has not passed it over.
        let taken = said.split('扣').skip(1).any(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
        (!taken && !words.of(Class::OnlyAPart).within(&said)).then(|| {
            let message = format!("“{}”说明“{why}”，复核仍得 {review} 分。", reviewed.row.name());
            reviewed.row.at(reviewed.row.indicator.score.as_ref(), FindingId::RemarkContradictsScore, message)
        })
    });
    findings.collect()
}
