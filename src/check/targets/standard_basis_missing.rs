//! An indicator does not say on what its target rests.

use crate::check::Facts;
use crate::mapping::Column;
use crate::model::{Finding, FindingId};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for table in facts.tables() {
        let numbers = table.rows.iter().filter(|row| row.quantity().is_some());
        let bare: Vec<_> = numbers
            .filter(|row| row.indicator.standard.is_none())
            .filter_map(|row| Some((row, facts.cell_beside(row.indicator, Column::Standard)?)))
            .collect();
        let Some((first, at)) = bare.first() else { continue };
        let message = format!("“{}”等 {} 个定量指标没有写指标值的依据。", first.name(), bare.len());
        findings.push(Finding::new(FindingId::StandardBasisMissing, Some(at.clone()), message));
    }
    findings
}
