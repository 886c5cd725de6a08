//! A level 2 that the form prints has no indicator; of the kinds of benefits and of costs one is enough.

use crate::check::Facts;
use crate::check::category::{Category, Group};
use crate::model::{BareLevel, Finding, FindingId};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let words = &facts.case.words;
    let rows: Vec<_> = facts.promises().collect();
    let other_kind = |bare: &BareLevel, category: Category| {
        let group = Group::of(&bare.level1, words);
        rows.iter().any(|row| row.category() == Some(category) && row.group() == group)
    };
    let wanting = facts.case.bare_levels.iter().filter(|bare| match Category::of(&bare.level2, words) {
        None => false,
        Some(Category::Benefit) => !other_kind(bare, Category::Benefit),
        Some(Category::Cost) => !other_kind(bare, Category::Cost),
        Some(_) => true,
    });
    let findings = wanting.map(|bare| {
        let message = format!("“{}”下没有指标。", bare.level2);
        Finding::new(FindingId::CategoryWithoutIndicator, Some(bare.at.clone()), message)
    });
    // Nothing is told of forms whose rows were not read.
    if rows.is_empty() || !facts.is_read_whole() { Vec::new() } else { findings.collect() }
}
