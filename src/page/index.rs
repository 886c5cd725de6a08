//! All returns of the register by what lists show of them. Each is read once: a return never changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::intake::Asked;
use crate::service::glance::Glance;
use crate::service::register::{Register, Return, ReturnId};

/// The register, as far as it was read.
pub(super) struct Index {
    register: Register,
    glance: Glance,
    /// `None` of what cannot be read, which is said once.
    read: BTreeMap<ReturnId, Option<Return>>,
    /// What is asked about titles, of those returns that were read for it.
    asked: BTreeMap<ReturnId, Arc<Vec<Asked>>>,
}

/// A line of the list: a case of a return.
#[derive(Debug, Clone)]
pub(super) struct Listed {
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
        Self { register, glance: Glance::default(), read: BTreeMap::new(), asked: BTreeMap::new() }
    }

    /// A return.
    pub(super) fn get(&self, id: &ReturnId) -> Option<Return> {
        self.register.get(id)
    }

    /// What is asked about titles in a return, where that is known already.
    pub(super) fn asked(&self, id: &ReturnId) -> Option<Arc<Vec<Asked>>> {
        self.asked.get(id).map(Arc::clone)
    }

    /// Keeps it in mind.
    pub(super) fn remember(&mut self, id: &ReturnId, asked: Vec<Asked>) -> Arc<Vec<Asked>> {
        let asked = Arc::new(asked);
        self.asked.insert(id.clone(), Arc::clone(&asked));
        asked
    }

    /// Of each of these contents the first return of what was handed in with it: the one with a scored form, where there is one.
    pub(super) fn firsts(&mut self, contents: &BTreeSet<&str>) -> BTreeMap<String, ReturnId> {
        self.renew();
        let of_them = self.read.values().flatten().filter(|found| contents.contains(found.sha256.as_str()));
        let mut all: Vec<&Return> = of_them.collect();
        all.sort_by_key(|found| (!found.cases.iter().any(|case| case.hosted), found.at));
        let mut firsts = BTreeMap::new();
        for found in all {
            firsts.entry(found.sha256.clone()).or_insert_with(|| found.id.clone());
        }
        firsts
    }

    /// The latest return of the chain that a return belongs to, where that is another.
    pub(super) fn later(&self, id: &ReturnId) -> Option<Return> {
        self.register.later(id)
    }

    /// Reads what is new.
    fn renew(&mut self) {
        if !self.register.is_other(&mut self.glance) {
            return;
        }
        let mut count = 0_usize;
        for id in self.register.ids() {
            let register = &self.register;
            self.read.entry(id).or_insert_with_key(|id| register.get(id));
            count = count.saturating_add(1);
        }
        // Returns go when they are old: seldom, so that nothing is looked for while all that was read is there.
        if count != self.read.len() {
            let there: BTreeSet<ReturnId> = self.register.ids().collect();
            self.read.retain(|id, _| there.contains(id));
            self.asked.retain(|id, _| there.contains(id));
        }
    }

    /// The other workbooks that were returned with this one.
    pub(super) fn beside(&mut self, found: &Return) -> Vec<Return> {
        self.renew();
        let same = |other: &&Return| {
            (&other.sha256, other.at, &other.submission) == (&found.sha256, found.at, &found.submission)
        };
        self.read.values().flatten().filter(same).filter(|other| other.id != found.id).cloned().collect()
    }

    /// The returns of one chain, the latest first: the versions of a project.
    pub(super) fn versions(&mut self, id: &ReturnId) -> Vec<Listed> {
        self.renew();
        let mut chain = BTreeSet::from([id.clone()]);
        loop {
            let before = chain.len();
            for found in self.read.values().flatten() {
                if let Some(parent) = found.parent.as_ref().filter(|_| chain.contains(&found.id)) {
                    chain.insert(parent.clone());
                } else if found.parent.as_ref().is_some_and(|parent| chain.contains(parent)) {
                    chain.insert(found.id.clone());
                }
            }
            if chain.len() == before {
                break;
            }
        }
        let mut lines: Vec<Listed> =
            self.read.values().flatten().filter(|found| chain.contains(&found.id)).flat_map(of).collect();
        lines.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
        lines
    }

    /// The lines of the returns that one may see, by the digests of what was handed in, the latest first. What was handed in
    /// again is shown by its answer.
    pub(super) fn lines(&mut self, sees: impl Fn(&str) -> bool) -> Vec<Listed> {
        self.renew();
        let visible = || self.read.values().flatten().filter(|found| sees(&found.sha256));
        let answered: BTreeSet<&ReturnId> = visible().filter_map(|found| found.parent.as_ref()).collect();
        let returns: Vec<&Return> = visible().filter(|found| !answered.contains(&found.id)).collect();
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

fn of(found: &Return) -> Vec<Listed> {
    let all = !found.cases.iter().any(|case| case.hosted);
    let cases = found.cases.iter().filter(|case| all || case.hosted);
    let line = |case: &crate::service::register::CaseLine| Listed {
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
