//! The same indicator stands among the outputs and among the benefits.

use super::indicator_duplicated::folded;
use crate::check::Facts;
use crate::check::category::Group;
use crate::check::promise::Promise;
use crate::model::{Finding, FindingId};

/// Characters of a name that may be a part of another.
const MIN_NAME: usize = 4;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for table in facts.tables() {
        let of = |group: Group| table.rows.iter().filter(move |row| row.group() == Some(group));
        for benefit in of(Group::Benefit) {
            let Some(output) = of(Group::Output).find(|output| is_same(output, benefit)) else { continue };
            let message = format!("“{}”与产出指标“{}”是同一指标。", benefit.name(), output.name());
            findings.push(benefit.at_name(FindingId::OutputAndBenefitDuplicated, message));
        }
    }
    findings
}

fn is_same(one: &Promise<'_>, other: &Promise<'_>) -> bool {
    let (a, b) = (folded(one), folded(other));
    if a.chars().count() < MIN_NAME || b.chars().count() < MIN_NAME {
        return false;
    }
    a == b || ((a.contains(&b) || b.contains(&a)) && one.promises_as(other) && one.quantity().is_some())
}
