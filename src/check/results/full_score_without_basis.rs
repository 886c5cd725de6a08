//! An indicator has full points and a blank cell of evidence.

use crate::check::Facts;
use crate::check::reason_missing::says_nothing;
use crate::model::{Finding, FindingId};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let rows = facts.own_rows();
    let bare: Vec<_> = rows
        .iter()
        .filter(|row| row.is_full())
        .filter_map(|row| Some((row, row.indicator.evidence.as_ref()?)))
        .filter(|(_, cell)| says_nothing(facts, cell))
        .collect();
    let Some((first, cell)) = bare.first() else { return Vec::new() };
    let message = format!("“{}”等 {} 个指标得满分，没有写依据。", first.name(), bare.len());
    vec![first.at(Some(cell), FindingId::FullScoreWithoutBasis, message)]
}
