//! An indicator does not say on what its target rests.

use crate::check::Facts;
use crate::check::reason_missing::says_nothing;
use crate::model::{Finding, FindingId};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for table in facts.tables() {
        let bare: Vec<_> = table
            .rows
            .iter()
            .filter(|row| row.quantity().is_some())
            .filter_map(|row| Some((row, row.indicator.basis.as_ref()?)))
            .filter(|(_, cell)| says_nothing(facts, cell))
            .collect();
        let Some((first, cell)) = bare.first() else { continue };
        let message = format!("“{}”等 {} 个定量指标没有写指标值的依据。", first.name(), bare.len());
        findings.push(first.at(Some(cell), FindingId::StandardBasisMissing, message));
    }
    findings
}
