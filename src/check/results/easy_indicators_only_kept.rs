//! Declared indicators are missing and all that are left have full points.

use super::declared_names::{is_like, left_over};
use crate::check::Facts;
use crate::model::{Finding, FindingId, FormKind};

const ID: FindingId = FindingId::EasyIndicatorsOnlyKept;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let (Some(least), Some(share)) = (facts.least(ID, 0), facts.least(ID, 1)) else { return Vec::new() };
    let own = facts.own_rows();
    let scored: Vec<_> = own.iter().filter(|row| row.weight().is_some()).collect();
    if scored.is_empty() || !scored.iter().all(|row| row.is_full()) {
        return Vec::new();
    }
    let mut gone = left_over(facts);
    gone.retain(|name| !own.iter().any(|row| is_like(name, row.name(), share)));
    if gone.len() < least {
        return Vec::new();
    }
    let message = format!(
        "申报的“{}”等 {} 个指标没有自评，其余 {} 个指标都填了满分。",
        gone.first().map(String::as_str).unwrap_or_default(),
        gone.len(),
        scored.len()
    );
    vec![Finding::new(ID, facts.form_at(FormKind::SelfEvaluation), message)]
}
