//! A project that serves people by its name has no indicator of satisfaction.

use crate::check::Facts;
use crate::check::category::Category;
use crate::check::promise::Promise;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};
use crate::words::Class;

const ID: FindingId = FindingId::SatisfactionIndicatorMissing;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(least) = facts.least(ID, 0) else { return Vec::new() };
    let Some(name) = facts.case.project.name.as_deref().map(normalise) else { return Vec::new() };
    let serves = facts.case.words.of(Class::ServedProjects).within(&name);
    let table =
        facts.tables().pop().filter(|table| facts.is_read_whole() && serves && table.rows.len() >= least);
    let asks = |row: &Promise<'_>| {
        row.category() == Some(Category::Satisfaction) || row.names(Class::NamesOfSatisfaction)
    };
    let without = table.filter(|table| !table.rows.iter().any(asks));
    let findings =
        without.map(|table| Finding::new(ID, table.at, "表中没有满意度指标，请核实项目有没有服务对象。"));
    findings.into_iter().collect()
}
