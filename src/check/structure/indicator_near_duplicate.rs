//! Two indicators of one category promise the same under nearly the same name.

use super::indicator_duplicated::folded;
use crate::check::Facts;
use crate::check::likeness::{is_within, likeness};
use crate::check::promise::Promise;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

const ID: FindingId = FindingId::IndicatorNearDuplicate;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(share) = facts.least(ID, 0) else { return Vec::new() };
    let mut findings = Vec::new();
    for table in facts.tables() {
        for (at, row) in table.rows.iter().enumerate() {
            let same_level = |other: &&Promise<'_>| {
                other.indicator.level1 == row.indicator.level1
                    && other.indicator.level2 == row.indicator.level2
            };
            let mut before = table.rows.iter().take(at).filter(same_level);
            let Some(other) = before.find(|other| is_nearly(other, row, share)) else { continue };
            let message =
                format!("“{}”与“{}”的名称和指标值几乎相同，请核实是不是同一指标。", row.name(), other.name());
            findings.push(row.at_name(ID, message));
        }
    }
    findings
}

fn is_nearly(one: &Promise<'_>, other: &Promise<'_>, share: usize) -> bool {
    let (a, b) = (folded(one), folded(other));
    if a == b || one.quantity().is_none() || !one.promises_as(other) || likeness(&a, &b) < share {
        return false;
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    // What is put in may tell parts apart: 一季度, 80周岁.
    let added: String = long.chars().filter(|c| !short.contains(*c)).collect();
    let parts = words::of(Class::NumeralsOfParts);
    is_within(&short, &long)
        && !added.is_empty()
        && !added.contains(|c: char| c.is_ascii_alphanumeric())
        && !added.chars().any(|c| parts.has_char(c))
}
