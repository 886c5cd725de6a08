//! A project that spends money has no indicator of costs.

use crate::check::Facts;
use crate::check::amounts;
use crate::check::category::Category;
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::CostIndicatorMissing;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(least) = facts.least(ID, 0) else { return Vec::new() };
    let spends = amounts::budget(facts).is_some_and(|budget| !budget.yuan.is_zero());
    // One table is told of: where a declaration stands beside a self-evaluation, the later one.
    let table =
        facts.tables().pop().filter(|table| facts.is_read_whole() && spends && table.rows.len() >= least);
    let without = table.filter(|table| {
        let cost = |row: &crate::check::promise::Promise<'_>| row.category() == Some(Category::Cost);
        let known = table.rows.iter().any(|row| row.category().is_some());
        known && !table.rows.iter().any(cost)
    });
    let findings =
        without.map(|table| Finding::new(ID, table.at, "表中没有成本指标，看不出花多少钱算合适。"));
    findings.into_iter().collect()
}
