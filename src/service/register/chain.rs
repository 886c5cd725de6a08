//! Chains of returns: each was handed in again and answered by others.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::super::door::Whose;
use super::{CaseLine, MAX_READ, Register, Return, ReturnId};

impl Register {
    /// The latest return of the chain that a return belongs to, where that is another: what answers it, or what answers an
    /// earlier one of which it is not the latest answer.
    pub fn later(&self, id: &ReturnId) -> Option<Return> {
        let mut root = id.clone();
        let mut seen = BTreeSet::from([root.clone()]);
        while let Some(parent) = self.get(&root).and_then(|found| found.parent)
            && seen.len() < MAX_READ
            && seen.insert(parent.clone())
        {
            root = parent;
        }
        let mut all: BTreeMap<ReturnId, Option<Return>> = BTreeMap::from([(root.clone(), self.get(&root))]);
        let mut inner: BTreeSet<ReturnId> = BTreeSet::new();
        let mut open = vec![root];
        while let Some(at) = open.pop().filter(|_| all.len() < MAX_READ) {
            for child in self.children(&at) {
                inner.insert(at.clone());
                let known = all.contains_key(&child.id);
                if !known {
                    open.push(child.id.clone());
                    all.insert(child.id.clone(), Some(child));
                }
            }
        }
        // What has an answer is older than its answer, whatever the clock says.
        let leaves = all.into_values().flatten().filter(|found| !inner.contains(&found.id));
        leaves.max_by_key(|found| self.published(found)).filter(|found| found.id != *id)
    }

    /// Whether a return is this one's own: the first of its chain came in by him.
    pub(in crate::service) fn is_own(&self, found: &Return, whose: Whose) -> bool {
        let mut first = found.clone();
        let mut seen = BTreeSet::from([first.id.clone()]);
        while let Some(parent) = first.parent.as_ref().and_then(|parent| self.get(parent))
            && seen.len() < MAX_READ
            && seen.insert(parent.id.clone())
        {
            first = parent;
        }
        whose.owns(first.door, first.account)
    }

    /// When a return was published, in the order of its project.
    fn published(&self, found: &Return) -> (u64, Timestamp) {
        let keys = found.cases.iter().filter_map(CaseLine::key);
        let marks = keys.filter_map(|key| {
            let of_it = self.of_project(&key).into_iter().find(|(_, id)| *id == found.id);
            of_it.map(|(number, _)| number)
        });
        (marks.max().unwrap_or_default(), found.at)
    }
}
