//! A reviewer gave no points and does not say why.

use super::reviewed::rows;
use crate::check::Facts;
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let words = &facts.case.words;
    let rows = rows(facts);
    let zero = rows.iter().filter(|reviewed| {
        reviewed.review.is_some_and(crate::base::Score::is_zero)
            && reviewed.own.is_some_and(|own| !own.is_zero())
            && !words.of(Class::WhyNothing).within(&reviewed.words())
    });
    let findings = zero.map(|reviewed| {
        let message = format!("“{}”复核得 0 分，没有写明依据。", reviewed.row.name());
        reviewed.row.at(reviewed.row.indicator.score.as_ref(), FindingId::ZeroWithoutEvidenceNote, message)
    });
    findings.collect()
}
