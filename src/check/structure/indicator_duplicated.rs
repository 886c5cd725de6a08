//! Two indicators of a form have the same name.

use std::collections::BTreeMap;

use crate::base::CellAt;
use crate::check::Facts;
use crate::check::category::Group;
use crate::check::promise::Promise;
use crate::model::{Finding, FindingId};

/// Characters of a name that says what is measured.
const MIN_NAME: usize = 3;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for table in facts.tables() {
        // A level 1 that comes back begins the rows of something else (another project, the long-term targets).
        let mut seen: BTreeMap<(Option<Group>, String), &Promise<'_>> = BTreeMap::new();
        let mut level1 = "";
        for row in table.rows.iter().filter(|row| !row.is_system_made()) {
            if level1 != row.indicator.level1 {
                seen.clear();
                level1 = &row.indicator.level1;
            }
            let name = folded(row);
            if name.chars().filter(|c| c.is_alphabetic()).count() < MIN_NAME {
                continue;
            }
            // Of what stands among outputs and among benefits another check speaks.
            if let Some(first) = seen.get(&(row.group(), name.clone())) {
                // A name merged over several rows is one.
                if first.indicator.at() == row.indicator.at() {
                    continue;
                }
                let at = first.indicator.at().map(CellAt::spoken).unwrap_or_default();
                let message = format!("“{}”与{at}的指标重复。", row.name());
                findings.push(row.at_name(FindingId::IndicatorDuplicated, message));
            } else {
                seen.insert((row.group(), name), row);
            }
        }
    }
    findings
}

/// A name without spaces, punctuation and numbering; what stands in brackets tells indicators apart.
pub(super) fn folded(row: &Promise<'_>) -> String {
    let key = row.key();
    let bare = crate::mapping::title::unnumbered(&key).unwrap_or(&key);
    bare.chars().filter(|c| c.is_alphanumeric() || matches!(c, '(' | ')' | '%' | '.')).collect()
}
