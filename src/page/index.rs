//! All returns of the register by what lists show of them. Each is read once: a return never changes.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::service::register::{Register, Return, ReturnId};

/// The register, as far as it was read.
pub(super) struct Index {
    register: Register,
    /// `None` of what cannot be read, which is said once.
    read: BTreeMap<ReturnId, Option<Return>>,
}

/// A line of the list: a case of a return.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) id: ReturnId,
    pub(super) at: Timestamp,
    pub(super) sha256: String,
    pub(super) submission: String,
    pub(super) project: String,
    pub(super) agency: String,
    pub(super) year: Option<i16>,
    pub(super) total: Option<String>,
    pub(super) full: Option<String>,
    pub(super) grade: Option<String>,
}

impl Index {
    /// Nothing read yet.
    pub(super) fn over(register: Register) -> Self {
        Self { register, read: BTreeMap::new() }
    }

    /// A return.
    pub(super) fn get(&self, id: &ReturnId) -> Option<Return> {
        self.register.get(id)
    }

    /// The lines of all returns, the latest first.
    pub(super) fn lines(&mut self) -> Vec<Line> {
        let there: BTreeSet<ReturnId> = self.register.ids().collect();
        self.read.retain(|id, _| there.contains(id));
        for id in there {
            let register = &self.register;
            self.read.entry(id).or_insert_with_key(|id| register.get(id));
        }
        let returns: Vec<&Return> = self.read.values().flatten().collect();
        // Of several workbooks of one submission those with a scored form stand for it; where none has one, the first.
        let hosts = |found: &Return| found.cases.iter().any(|case| case.hosted);
        let hosted: BTreeSet<(&str, Timestamp)> = returns
            .iter()
            .filter(|found| hosts(found))
            .map(|found| (found.sha256.as_str(), found.at))
            .collect();
        let mut told: BTreeSet<(&str, Timestamp)> = BTreeSet::new();
        let mut lines = Vec::new();
        for found in &returns {
            let submission = (found.sha256.as_str(), found.at);
            if hosts(found) || (!hosted.contains(&submission) && told.insert(submission)) {
                lines.extend(of(found));
            }
        }
        lines.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
        lines
    }
}

fn of(found: &Return) -> Vec<Line> {
    let all = !found.cases.iter().any(|case| case.hosted);
    let cases = found.cases.iter().filter(|case| all || case.hosted);
    let line = |case: &crate::service::register::CaseLine| Line {
        id: found.id.clone(),
        at: found.at,
        sha256: found.sha256.clone(),
        submission: found.submission.clone(),
        project: case.project.clone().unwrap_or_default(),
        agency: case.agency.clone().unwrap_or_default(),
        year: case.year,
        total: case.total.map(|total| total.to_string()),
        full: case.full.map(|full| full.to_string()),
        grade: case.grade.clone(),
    };
    cases.map(line).collect()
}
