//! Equal remarks took off different shares.

use std::collections::BTreeMap;

use super::reviewed::{Reviewed, rows};
use crate::base::Number;
use crate::check::Facts;
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::SameRemarkOtherShare;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let (Some(limit), Some(shortest)) = (facts.limit(ID, 0), facts.least(ID, 1)) else { return Vec::new() };
    let rows = rows(facts);
    let mut same: BTreeMap<String, Vec<(&Reviewed<'_>, Number)>> = BTreeMap::new();
    for reviewed in &rows {
        let text: String = reviewed.words().chars().filter(|c| c.is_alphanumeric()).collect();
        if let Some(share) = share(reviewed).filter(|_| text.chars().count() >= shortest) {
            same.entry(text).or_default().push((reviewed, share));
        }
    }
    let findings = same.values().filter_map(|rows| {
        let (first, low) = rows.iter().min_by_key(|(_, share)| *share)?;
        let (last, high) = rows.iter().max_by_key(|(_, share)| *share)?;
        (high.minus(*low)? > limit).then(|| {
            let message = format!(
                "“{}”与“{}”的说明相同，一个扣 {}%，一个扣 {}%。",
                first.row.name(),
                last.row.name(),
                low.round(1),
                high.round(1)
            );
            last.row.at(last.remark.as_ref(), ID, message)
        })
    });
    findings.collect()
}

/// The share of the points that came off.
fn share(reviewed: &Reviewed<'_>) -> Option<Number> {
    let weight = reviewed.row.weight()?.number();
    weight.minus(reviewed.review?.number())?.times(Number::from(100))?.over(weight)
}
