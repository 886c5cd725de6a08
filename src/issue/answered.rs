//! A submission that answers an earlier return: which of the findings of then are settled, which are open, which are new.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::object::Objects;
use super::placed;
use crate::base::CellAt;
use crate::model::{Case, Finding, FindingId, Reader};

/// How it is known which return is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// The record in the file says so, and proves it.
    Record,
    /// Who ran the program said so.
    Told,
    /// The register knows a return of the same project that came in by the same door.
    Register,
}

impl Way {
    /// What JSON calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Told => "told",
            Self::Register => "register",
        }
    }
}

/// A finding of then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastFinding {
    /// Which.
    pub id: String,
    /// What it was of.
    pub object: String,
    /// Its cell, as it was said.
    pub place: String,
    /// Its words.
    pub message: String,
}

/// The return that is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// How it is known.
    pub way: Way,
    /// Its id.
    pub id: String,
    /// What it was called, or when it was returned, where that is known.
    pub name: Option<String>,
    /// What was found in it.
    pub findings: Vec<PastFinding>,
}

/// What became of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It was not there before.
    New,
    /// It was there before.
    Open,
    /// It is there no more.
    Closed,
    /// It is there no more, nor is what it was of: nothing shows that it was mended.
    Gone,
    /// It is there no more, and something else of the same cause is.
    Partly,
}

impl Fate {
    /// What JSON calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Gone => "gone",
            Self::Partly => "partly",
        }
    }

    /// The one that JSON calls so.
    pub fn of_word(word: &str) -> Option<Self> {
        let all = [Self::New, Self::Open, Self::Closed, Self::Gone, Self::Partly];
        all.into_iter().find(|fate| fate.word() == word)
    }

    /// What a clerk calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "本次新发现",
            Self::Open => "上次已提出，仍未整改",
            Self::Closed => "已整改",
            Self::Gone => "原内容已不在材料中，请核对",
            Self::Partly => "已整改一部分，其余仍未整改",
        }
    }
}

/// The findings of an agency's matters against those of the return that is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What is answered.
    pub before: Before,
    /// What became of each finding of now, by what tells them apart.
    fates: BTreeMap<(FindingId, Option<CellAt>, String), Fate>,
    /// What became of each item of now: as much is counted as is listed.
    items: Vec<Fate>,
    /// The findings of then that are there no more, those of one cause together as items are.
    pub settled: Vec<(PastFinding, Fate)>,
}

impl Answered {
    /// Holds the findings of now against those of then.
    pub fn new(before: Before, case: &Case, findings: &[Finding]) -> Self {
        let objects = Objects::of(case);
        let there: BTreeSet<&str> = objects.names();
        let mut left: Vec<&PastFinding> = before.findings.iter().collect();
        let now: Vec<_> =
            placed(case, findings).into_iter().filter(|one| one.reader == Reader::Agency).collect();
        let mut fates = BTreeMap::new();
        let tell = |finding: &Finding| (finding.id, finding.at.clone(), finding.message.clone());
        // The same words first, then the same cell, then what is the same of the same object, whatever its figures are now.
        for pass in 0..3_u8 {
            for one in &now {
                let key = tell(one.finding);
                if fates.contains_key(&key) {
                    continue;
                }
                let place = one.finding.at.as_ref().map(ToString::to_string).unwrap_or_default();
                let same = |past: &PastFinding| {
                    let of_it = past.id == one.finding.id.id() && past.object == one.object;
                    of_it
                        && match pass {
                            0 => past.message == one.finding.message,
                            1 => past.place == place,
                            _ => true,
                        }
                };
                if let Some(found) = left.iter().position(|past| same(past)) {
                    left.remove(found);
                    fates.insert(key, Fate::Open);
                }
            }
        }
        for one in &now {
            fates.entry(tell(one.finding)).or_insert(Fate::New);
        }
        let mut items: BTreeMap<(&str, &str), Fate> = BTreeMap::new();
        for one in &now {
            let fate = fates.get(&tell(one.finding)).copied().unwrap_or(Fate::New);
            let item = items.entry((one.object.as_str(), one.finding.id.cause().id())).or_insert(fate);
            *item = (*item).max(fate);
        }
        let fate = |past: &PastFinding| match past.cause() {
            of if items.contains_key(&(past.object.as_str(), of)) => Fate::Partly,
            _ if there.contains(past.object.as_str()) => Fate::Closed,
            _ => Fate::Gone,
        };
        let settled = together(left).into_iter().map(|past| (past.clone(), fate(&past))).collect();
        let items = items.into_values().collect();
        Self { before, fates, items, settled }
    }

    /// What became of a finding of now; `None` of what is no matter of the agency's.
    pub fn fate(&self, finding: &Finding) -> Option<Fate> {
        self.fates.get(&(finding.id, finding.at.clone(), finding.message.clone())).copied()
    }

    /// What became of all of them, in Chinese.
    pub fn sentence(&self) -> String {
        let of = self.before.name.as_ref().map(|name| format!("（{name}）")).unwrap_or_default();
        let [closed, open, new, gone, partly] =
            [Fate::Closed, Fate::Open, Fate::New, Fate::Gone, Fate::Partly].map(|fate| self.count(fate));
        let partly =
            if partly == 0 { String::new() } else { format!("（其中 {partly} 项已整改一部分）") };
        let gone = if gone == 0 {
            String::new()
        } else {
            format!("，原内容已不在材料中、无法核对 {gone} 项")
        };
        format!("与上次返回{of}相比：已整改 {closed} 项，仍未整改 {open} 项{partly}，新发现 {new} 项{gone}。")
    }

    /// How many came to this.
    pub fn count(&self, fate: Fate) -> usize {
        let now = self.items.iter().filter(|have| **have == fate).count();
        now.saturating_add(self.settled.iter().filter(|(_, have)| *have == fate).count())
    }
}

impl PastFinding {
    /// What leads all that has its cause; a kind that there is no more leads itself.
    fn cause(&self) -> &str {
        FindingId::named(&self.id).map_or(self.id.as_str(), |id| id.cause().id())
    }
}

/// Findings of one object and cause as one, its words a line each, the one that leads first.
fn together(all: Vec<&PastFinding>) -> Vec<PastFinding> {
    let mut items: Vec<PastFinding> = Vec::new();
    for past in all {
        let same = |item: &&mut PastFinding| item.object == past.object && item.cause() == past.cause();
        let Some(item) = items.iter_mut().find(same) else {
            items.push(past.clone());
            continue;
        };
        let leads = past.id == past.cause();
        let (first, second) = if leads { (past, &*item) } else { (&*item, past) };
        let place = if first.place == second.place { String::new() } else { format!("、{}", second.place) };
        *item = PastFinding {
            id: first.id.clone(),
            object: first.object.clone(),
            place: format!("{}{place}", first.place),
            message: format!("{}\n{}", first.message, second.message),
        };
    }
    items
}

/// What a run leaves for the next one: the findings that are an agency's matter.
pub fn past(case: &Case, findings: &[Finding]) -> Vec<PastFinding> {
    let agencys = placed(case, findings).into_iter().filter(|one| one.reader == Reader::Agency);
    let told = agencys.map(|one| PastFinding {
        id: one.finding.id.id().to_owned(),
        object: one.object,
        place: one.finding.at.as_ref().map(ToString::to_string).unwrap_or_default(),
        message: one.finding.message.clone(),
    });
    told.collect()
}
