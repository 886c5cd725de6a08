//! A reviewer wrote a remark and no score.

use super::reviewed::rows;
use crate::check::Facts;
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let rows = rows(facts);
    // Where no score was given at all, the column waits for us.
    let begun = rows.iter().any(|reviewed| reviewed.review.is_some());
    let not_applicable = facts.case.words.of(Class::NotApplicable);
    let findings = rows.iter().filter(|_| begun).filter_map(|reviewed| {
        let cell = reviewed.row.indicator.score.as_ref()?;
        let words = reviewed.words();
        // What is computed is filled in.
        let open = reviewed.row.result.is_some_and(|result| result.score.is_none());
        (cell.is_blank() && open && !words.is_empty() && !not_applicable.within(&words)).then(|| {
            let message = format!("“{}”写了复核意见，复核得分空着。", reviewed.row.name());
            reviewed.row.at(Some(cell), FindingId::ReviewScoreBlank, message)
        })
    });
    findings.collect()
}
