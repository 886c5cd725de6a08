//! Findings of a ledger, a bounded number of each kind: a million broken rows are one fault, not a million.

use std::collections::BTreeMap;

use crate::base::CellAt;
use crate::model::{Finding, FindingId};

/// Findings of one kind that are listed one by one; the rest is counted.
const LISTED: u64 = 20;

/// Collects findings.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
    counts: BTreeMap<FindingId, u64>,
}

impl Report {
    /// Adds a finding, or counts it when enough of its kind are listed.
    pub fn add(&mut self, id: FindingId, at: Option<CellAt>, message: String) {
        let count = self.counts.entry(id).or_default();
        *count = count.saturating_add(1);
        if *count <= LISTED {
            self.findings.push(Finding::new(id, at, message));
        }
    }

    /// All findings in the order they were met; one more for each kind that was cut.
    pub fn finish(mut self) -> Vec<Finding> {
        for (id, count) in self.counts {
            let rest = count.saturating_sub(LISTED);
            if rest > 0 {
                let last = self.findings.iter().rev().find(|f| f.id == id).and_then(|f| f.at.clone());
                self.findings.push(Finding::new(id, last, format!("此后还有 {rest} 处相同问题，未逐一列出")));
            }
        }
        self.findings
    }
}
