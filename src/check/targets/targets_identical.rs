//! Several benefits are all promised at the same rate.

use std::collections::BTreeMap;

use crate::base::Number;
use crate::check::Facts;
use crate::check::category::Group;
use crate::check::promise::Promise;
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::TargetsIdentical;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(least) = facts.least(ID, 0) else { return Vec::new() };
    let mut findings = Vec::new();
    for table in facts.tables() {
        let mut same: BTreeMap<Number, Vec<&Promise<'_>>> = BTreeMap::new();
        for row in table.rows.iter().filter(|row| row.group() == Some(Group::Benefit)) {
            // Of 100 % another check speaks.
            if let Some(percent) = row.percent().filter(|percent| *percent != Number::from(100)) {
                same.entry(percent.normalize()).or_default().push(row);
            }
        }
        for rows in same.values().filter(|rows| rows.len() >= least) {
            let Some(first) = rows.first() else { continue };
            let message = format!(
                "“{}”等 {} 个效益指标的指标值都是“{}”，请说明各自的测算依据。",
                first.name(),
                rows.len(),
                first.shown()
            );
            findings.push(first.at_target(ID, message));
        }
    }
    findings
}
