//! A level 2 stands under a level 1 that it does not belong to.

use std::collections::BTreeSet;

use crate::check::Facts;
use crate::check::category::{Category, Group};
use crate::model::{Finding, FindingId};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let mut told = BTreeSet::new();
    let findings = facts.promises().filter_map(|promise| {
        let indicator = promise.indicator;
        let group = Group::of(&indicator.level1, promise.words)?;
        let category = Category::of(&indicator.level2, promise.words)?;
        let split_cost = category == Category::Cost && is_split(&indicator.level2, promise.words);
        let fits = category.fits(group) && !(split_cost && group == Group::Output);
        let new = !fits && told.insert((indicator.level1.clone(), indicator.level2.clone()));
        new.then(|| {
            let message = format!("“{}”不属于“{}”。", indicator.level2, indicator.level1);
            promise.at_name(FindingId::LevelPairInvalid, message)
        })
    });
    findings.collect()
}

/// Whether a cost is one of those that 成本指标 is split into (经济成本): they stand under a level 1 of their own.
fn is_split(level2: &str, words: &crate::words::Words) -> bool {
    words.of(crate::words::Class::SplitCosts).within(&crate::mapping::title::normalise(level2))
}
