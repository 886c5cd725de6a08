//! Several indicators have the same reason.

use std::collections::BTreeMap;

use crate::check::Facts;
use crate::check::promise::Promise;
use crate::model::{Entry, Finding, FindingId};

const ID: FindingId = FindingId::ReasonCopied;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let (Some(many), Some(shortest)) = (facts.least(ID, 0), facts.least(ID, 1)) else { return Vec::new() };
    let rows = facts.own_rows();
    let mut same: BTreeMap<String, Vec<(&Promise<'_>, &Entry)>> = BTreeMap::new();
    for row in &rows {
        let Some(cell) = &row.indicator.reason else { continue };
        let text: String = cell.shown().chars().filter(|c| c.is_alphanumeric()).collect();
        let cells = same.entry(text).or_default();
        // One cell merged over several rows is one reason.
        if !cells.iter().any(|(_, other)| other.at == cell.at) {
            cells.push((row, cell));
        }
    }
    let copied = same.iter().filter(|(text, rows)| text.chars().count() >= shortest && rows.len() >= many);
    let findings = copied.filter_map(|(_, rows)| {
        let (first, cell) = rows.first()?;
        let message = format!("{} 个指标的原因都是“{}”。", rows.len(), cell.shown().trim());
        Some(first.at(Some(cell), ID, message))
    });
    findings.collect()
}
