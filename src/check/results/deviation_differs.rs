//! The form states how far the reviewer's score is from the agency's, and the scores are apart by something else.

use super::reviewed::{Reviewed, rows};
use crate::check::Facts;
use crate::model::{Finding, FindingId};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    rows(facts).iter().filter_map(differs).collect()
}

fn differs(reviewed: &Reviewed<'_>) -> Option<Finding> {
    let entry = reviewed.row.indicator.deviation.as_ref()?;
    let stated = entry.number()?;
    let (own, review) = (reviewed.own?.number(), reviewed.review?.number());
    let apart = own.minus(review)?;
    // With the one or the other sign: forms write both.
    (stated.abs() != apart.abs()).then(|| {
        let message = format!(
            "“{}”偏差栏填 {stated}，自评 {own} 分、复核 {review} 分，相差 {} 分。",
            reviewed.row.name(),
            apart.abs()
        );
        reviewed.row.at(Some(entry), FindingId::DeviationDiffers, message)
    })
}
