//! Findings as a reviewer lists them: one item a cause, with what it is of and whose matter it is; and what became of the
//! findings of the return that a submission answers.

mod answered;
mod object;
mod reviewed;

pub use answered::{Answered, Before, Fate, PastFinding, Way, past};
pub use object::WHOLE;
pub use reviewed::{Seen, reviewed};

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::base::address::together;
use crate::base::{CellAt, hexadecimal};
use crate::model::{Case, Finding, FindingId, FormKind, Matter, Reader, Severity};
use object::Objects;

/// Characters of a row's key: 64 bits.
pub const KEY: usize = 16;
/// Cells of an item that are named.
const MAX_PLACES: usize = 8;
/// Findings of an item; more of one cause are several items, so that each can be read in one cell.
const MAX_FINDINGS: usize = 20;

/// A finding with what a list of findings says beside it.
#[derive(Debug, Clone)]
pub struct Placed<'f> {
    /// The finding.
    pub finding: &'f Finding,
    /// What it is of (对象).
    pub object: String,
    /// Whose matter it is.
    pub reader: Reader,
    /// What tells it from all others of its case, run after run: what it is and of what, never its figures or its cell.
    pub key: String,
}

/// Findings that have one cause.
#[derive(Debug, Clone)]
pub struct Item<'f> {
    /// What they are of.
    pub object: String,
    /// What they are about: what the one that leads is.
    pub matter: Matter,
    /// The gravest.
    pub severity: Severity,
    /// Whose matter they are.
    pub reader: Reader,
    /// All of them, the one that leads first.
    pub findings: Vec<&'f Finding>,
    /// What the form says already of why it is so, where that is what would be asked for.
    pub given: Option<String>,
    /// The form in which they stand.
    pub form: Option<FormKind>,
}

/// What another finding says of the same object, and more exactly: it is not said twice.
pub const SAID_BY: [(FindingId, FindingId); 1] = [(FindingId::OverAchieved, FindingId::TargetTooEasy)];
/// What names another year itself.
const OTHER_YEAR: [&str; 2] = ["以后年度", "下一年度"];
/// What begins a remedy that asks before anything is wrong for certain.
pub const QUESTIONS: [&str; 3] = ["请说明", "请核实", "请核对"];
/// What is said instead of asking for a reason that stands in the form.
const GIVEN: &str = "表中已说明原因，不需再说明原因；没有写明改进措施的，请补充。";

/// Each finding of a case, in their order.
pub fn placed<'f>(case: &Case, findings: &'f [Finding]) -> Vec<Placed<'f>> {
    let objects = Objects::of(case);
    let mut counts: BTreeMap<(FindingId, String), usize> = BTreeMap::new();
    let place = |finding: &'f Finding| {
        let object = objects.of_finding(finding);
        let count = counts.entry((finding.id, object.clone())).or_default();
        let key = key(case, finding.id, &object, *count);
        *count = count.saturating_add(1);
        Placed { finding, object, reader: objects.reader(finding), key }
    };
    findings.iter().map(place).collect()
}

/// The key of a finding, of those that are the same of one object that of this number.
fn key(case: &Case, id: FindingId, object: &str, number: usize) -> String {
    let project = &case.project;
    let year = project.year.map(|year| year.to_string());
    let of = [&project.code, &project.name, &project.agency, &year];
    let mut hash = Sha256::new();
    for part in of.into_iter().map(|part| part.as_deref().unwrap_or_default()).chain([id.id(), object]) {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hash.update(number.to_be_bytes());
    let digest = hexadecimal(&hash.finalize());
    digest.get(..KEY).unwrap_or(&digest).to_owned()
}

/// The findings of a case as items: what is of one object and has one cause stands together, objects in the order in which
/// they stand in the forms.
pub fn items<'f>(case: &Case, findings: &'f [Finding]) -> Vec<Item<'f>> {
    let objects = Objects::of(case);
    let mut sorted: Vec<(&Finding, String)> =
        findings.iter().map(|finding| (finding, objects.of_finding(finding))).collect();
    sorted.sort_by_key(|(finding, _)| objects.place(finding));
    let mut ranks: BTreeMap<String, usize> = BTreeMap::new();
    let mut items: BTreeMap<(usize, FindingId, Reader), Item<'f>> = BTreeMap::new();
    for (finding, object) in sorted {
        let next = ranks.len();
        let rank = *ranks.entry(object.clone()).or_insert(next);
        let (reader, severity, matter) = (objects.reader(finding), finding.severity, finding.id.matter());
        let item = items.entry((rank, finding.id.cause(), reader)).or_insert_with(|| Item {
            object,
            matter,
            severity,
            reader,
            findings: Vec::new(),
            given: None,
            form: finding.at.as_ref().and_then(|at| objects.form(at)),
        });
        item.severity = item.severity.min(severity);
        item.findings.push(finding);
    }
    let mut items: Vec<((usize, FindingId, Reader), Item)> = items.into_iter().collect();
    for ((_, cause, _), item) in &mut items {
        item.findings.sort_by_key(|finding| (finding.id != *cause, finding.severity, finding.id));
        item.matter = item.findings.first().map_or(item.matter, |first| first.id.matter());
        // A reason that says nothing is none.
        let asked = item.findings.iter().any(|finding| asks_why(finding.id))
            && !item.findings.iter().any(|finding| finding.id == FindingId::ReasonMissing);
        item.given = objects.reason(&item.object).filter(|_| asked).map(str::to_owned);
    }
    // What became of a person's scores heads all that is said.
    let heads = |item: &Item| item.findings.iter().any(|finding| finding.id.is_about_override());
    items.sort_by_key(|((rank, ..), item)| (!heads(item), *rank, item.severity));
    items.into_iter().flat_map(|(_, item)| item.split()).collect()
}

/// How many of the items are an error, a warning, a hint: whatever says how much was found says this.
pub fn counts<'i, 'f: 'i>(items: impl IntoIterator<Item = &'i Item<'f>>) -> [usize; 3] {
    let mut counts = [0_usize; 3];
    for item in items {
        let [errors, warnings, hints] = &mut counts;
        let count = match item.severity {
            Severity::Error => errors,
            Severity::Warning => warnings,
            Severity::Info => hints,
        };
        *count = count.saturating_add(1);
    }
    counts
}

impl<'f> Item<'f> {
    /// Its cells as they are listed, of one sheet its name once; `None` of what is about the whole. `said` says one cell.
    pub fn place(&self, said: impl Fn(&CellAt) -> String) -> Option<String> {
        let mut cells: Vec<&CellAt> =
            self.findings.iter().filter_map(|finding| finding.at.as_ref()).collect();
        cells.dedup();
        let mut words = together(cells.iter().copied().take(MAX_PLACES), said);
        if cells.len() > MAX_PLACES {
            words.push_str(&format!(" 等 {} 处", cells.len()));
        }
        (!cells.is_empty()).then_some(words)
    }

    /// The same in pieces that one cell can hold.
    fn split(self) -> Vec<Self> {
        let Self { matter, severity, reader, given, .. } = &self;
        let piece = |findings: &[&'f Finding]| Item {
            object: self.object.clone(),
            matter: *matter,
            severity: *severity,
            reader: *reader,
            findings: findings.to_vec(),
            given: given.clone(),
            form: self.form,
        };
        self.findings.chunks(MAX_FINDINGS).map(piece).collect()
    }

    /// Its findings, but for what another of them says more exactly.
    fn told(&self) -> impl Iterator<Item = &'f Finding> + '_ {
        let holds = |id: FindingId| self.findings.iter().any(|finding| finding.id == id);
        let by_other = move |id: FindingId| SAID_BY.iter().any(|(less, more)| *less == id && holds(*more));
        self.findings.iter().copied().filter(move |finding| !by_other(finding.id))
    }

    /// What kinds of findings it holds, each with its own severity and with what is to be done about it.
    pub fn kinds(&self, case: &Case) -> Vec<(FindingId, Severity, String)> {
        let mut kinds: Vec<(FindingId, Severity, String)> = Vec::new();
        for finding in self.told() {
            if kinds.iter().all(|(id, ..)| *id != finding.id) {
                let alone = Item { findings: vec![finding], ..self.clone() };
                kinds.push((finding.id, finding.severity, alone.asked(case).concat()));
            }
        }
        kinds
    }

    /// What is to be done about it, as it is asked of this case: where there is a result the year is over.
    pub fn asked(&self, case: &Case) -> Vec<String> {
        match case.score_form {
            Some(_) => self.remedies_afterwards(),
            None => self.remedies().into_iter().map(str::to_owned).collect(),
        }
    }

    /// What is to be done about it, each thing once; nobody is asked for what he has said.
    pub fn remedies(&self) -> Vec<&'static str> {
        let remedy = |finding: &Finding| match &self.given {
            Some(_) if asks_why(finding.id) => GIVEN,
            _ => finding.id.remedy(),
        };
        let mut all: Vec<&str> = Vec::new();
        for remedy in self.told().map(remedy) {
            if !all.contains(&remedy) {
                all.push(remedy);
            }
        }
        all
    }

    /// The same where the year is over: its targets stay as they are, and are set otherwise the next time.
    fn remedies_afterwards(&self) -> Vec<String> {
        let later = |remedy: &str| {
            let asks = QUESTIONS.iter().any(|question| remedy.starts_with(question));
            self.matter == Matter::Targets && !asks && !is_of_another_year(remedy)
        };
        let said = |remedy: &str| {
            if later(remedy) { format!("以后年度申报时，{remedy}") } else { remedy.to_owned() }
        };
        self.remedies().into_iter().map(said).collect()
    }

    /// What is said of its findings, each once, in their order.
    pub fn said<'t>(&'t self, what: impl Fn(&'f Finding) -> &'t str) -> Vec<&'t str> {
        let mut all: Vec<&str> = Vec::new();
        for text in self.told().map(what) {
            if !text.is_empty() && !all.contains(&text) {
                all.push(text);
            }
        }
        all
    }
}

/// Whether a remedy says itself that it is for another year.
pub fn is_of_another_year(remedy: &str) -> bool {
    OTHER_YEAR.iter().any(|other| remedy.contains(other))
}

/// Whether a finding asks why it is so.
fn asks_why(id: FindingId) -> bool {
    matches!(id, FindingId::TargetNotMet | FindingId::DateLate)
}
