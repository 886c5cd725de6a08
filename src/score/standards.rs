//! What an indicator's actual can be held against beside its target, as it reads.

use crate::model::{Case, Entry, Indicator};
use crate::notation::{Hints, Notation, Role, read};
use crate::rule::Known;

/// The values of the standards. A bare figure counts what the actual counts.
pub fn standards(
    case: &Case,
    indicator: &Indicator,
    target: Option<&Notation>,
    actual: Option<&Notation>,
) -> Vec<Known> {
    let unit = indicator.unit.as_ref().map(Entry::shown);
    let hints = Hints {
        role: Role::Actual,
        indicator: &indicator.name,
        category: &indicator.level2,
        unit: unit.as_deref(),
        year: case.project.year,
        target: actual.filter(|actual| actual.quantity().is_some()).or(target),
        words: Some(&case.words),
        ..Hints::default()
    };
    let known = |benchmark: &crate::model::Benchmark| Known {
        standard: benchmark.standard,
        read: read(&benchmark.entry.cell, &hints).ok(),
        text: benchmark.entry.shown().trim().to_owned(),
    };
    indicator.standards.iter().map(known).collect()
}
