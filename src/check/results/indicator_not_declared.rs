//! An indicator of the self-evaluation was not declared.

use std::collections::BTreeSet;

use super::declared_names::{against, is_like, left_over};
use crate::check::Facts;
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::IndicatorNotDeclared;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let (Some(least), Some(share)) = (facts.least(ID, 0), facts.least(ID, 1)) else { return Vec::new() };
    if facts.case.declared.len() < least {
        return Vec::new();
    }
    let answered: BTreeSet<usize> = facts.declared().filter_map(|(_, result)| result.matched).collect();
    let open = left_over(facts);
    let own = facts.own_rows();
    let new = own.iter().enumerate().filter(|(at, row)| {
        // What may be a declared one under another name is no new one.
        !answered.contains(at)
            && !row.is_system_made()
            && !open.iter().any(|name| is_like(name, row.name(), share))
    });
    let (id, form) = against(facts, ID);
    let findings = new.map(|(_, row)| {
        let message = format!("“{}”不在{form}中。", row.name());
        row.at_name(id, message)
    });
    findings.collect()
}
