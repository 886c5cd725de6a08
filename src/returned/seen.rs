//! What is left of the run before in a workbook that comes back: what that run remembers, as its cells are now.

use std::collections::BTreeMap;

use super::given::GivenRow;
use super::memory::{
    Memory, What, decoded_finding, decoded_lost, decoded_override, decoded_score, exact, precise,
};
use crate::base::{CellAt, Score};
use crate::issue::PastFinding;
use crate::model::{Accepted, Bound, Case, Given as Typed, Loss, Lost, Overrides};
use crate::score;
use crate::sheet::Cell;

/// What stands for the content of a cell that was deleted.
const DELETED: &str = "（单元格已删除）";

/// A cell that is not as the run before left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) at: CellAt,
    pub(super) before: String,
    pub(super) after: String,
    /// The case and indicator it belongs to; empty where only the cell tells.
    pub(super) label: String,
}

/// An indicator as the run before scored it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// Its name's cell, where it is now; `None` where it was deleted.
    pub(super) at: Option<CellAt>,
    /// Where it was.
    pub(super) was_at: CellAt,
    pub(super) name: String,
    pub(super) score: Option<Score>,
    /// What the score was of.
    basis: Option<String>,
}

/// What is left of the run before, as the workbook is now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Seen {
    pub(super) differences: Vec<Difference>,
    /// Indicators by case and indicator.
    pub(super) known: BTreeMap<String, Known>,
    /// Overrides by case and indicator, that of the grade by the case alone.
    overrides: BTreeMap<String, Bound>,
    /// What was typed and belongs to no indicator, with its case.
    lost: Vec<(String, Lost)>,
    /// What the ledgers added up to, with its case and the first ledger's cell.
    pub(super) ledgers: Vec<Ledger>,
    /// What was found that is an agency's matter, by case; nothing of a run that did not tell.
    findings: BTreeMap<String, Vec<PastFinding>>,
}

/// What the ledgers of a case added up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ledger {
    pub(super) label: String,
    pub(super) at: CellAt,
    pub(super) content: String,
    pub(super) shown: String,
}

impl Seen {
    /// Takes something remembered in, with what its cell holds now; `None` where the cell was deleted.
    pub(super) fn compare(&mut self, memory: Memory, cell: Option<&Cell>) {
        let Memory { what, at, content, shown, label } = memory;
        if what == What::Score {
            let (score, basis) = decoded_score(&content);
            let now = cell.map(|_| at.clone());
            self.known.insert(label, Known { at: now, was_at: at, name: shown, score, basis });
            return;
        }
        if what == What::Override {
            self.overrides.extend(decoded_override(&content).map(|bound| (label, bound)));
            return;
        }
        if what == What::Ledger {
            self.ledgers.push(Ledger { label, at, content, shown });
            return;
        }
        if what == What::Finding {
            self.findings.entry(label).or_default().extend(decoded_finding(&content));
            return;
        }
        if what == What::Lost {
            self.lost.extend(decoded_lost(&content).map(|lost| (label, lost)));
            return;
        }
        let Some(cell) = cell else {
            self.differences.push(Difference { at, before: shown, after: DELETED.to_owned(), label });
            return;
        };
        if exact(cell) != content {
            // Rounded on the sheet, two numbers may look the same.
            let (before, after) = match precise(cell) {
                now if now == shown => (content, exact(cell)),
                now => (shown, now),
            };
            self.differences.push(Difference { at, before, after, label });
        }
    }

    /// Takes in a cell of ours that a person has written over.
    pub(super) fn overwritten(&mut self, memory: Memory, cell: Option<&Cell>) {
        let after = cell.map_or_else(|| DELETED.to_owned(), precise);
        let Memory { at, shown: before, label, .. } = memory;
        self.differences.push(Difference { at, before, after, label });
    }

    /// The same with every cell moved.
    pub(super) fn moved(&self, to: &impl Fn(&CellAt) -> CellAt) -> Self {
        let difference = |d: &Difference| Difference { at: to(&d.at), ..d.clone() };
        let known = |k: &Known| Known { at: k.at.as_ref().map(to), was_at: to(&k.was_at), ..k.clone() };
        Self {
            differences: self.differences.iter().map(difference).collect(),
            known: self.known.iter().map(|(label, k)| (label.clone(), known(k))).collect(),
            overrides: self.overrides.clone(),
            lost: self.lost.clone(),
            ledgers: self.ledgers.iter().map(|of| Ledger { at: to(&of.at), ..of.clone() }).collect(),
            findings: self.findings.clone(),
        }
    }

    /// Takes in what is left in another file.
    pub(super) fn extend(&mut self, other: Self) {
        self.differences.extend(other.differences);
        self.known.extend(other.known);
        self.overrides.extend(other.overrides);
        self.lost.extend(other.lost);
        self.ledgers.extend(other.ledgers);
        self.findings.extend(other.findings);
    }

    /// What was found in the case of this number; `None` where the run before did not tell.
    pub(super) fn found(&self, case: usize) -> Option<Vec<PastFinding>> {
        self.findings.get(&format!("{case}/")).cloned()
    }
}

impl Seen {
    /// What the run before knew of the case of this number, and what was typed in rows of its 评分明细, into `overrides`.
    pub(super) fn tell(&self, number: usize, of: &Case, rows: &[GivenRow], overrides: &mut Overrides) {
        let own = format!("{number}/");
        let places = Places::new(of);
        for (label, known) in self.known.iter().filter(|(label, _)| label.starts_with(&own)) {
            let Some(at) = places.now(known) else { continue };
            overrides.bases.extend(known.basis.clone().map(|basis| (at.clone(), basis)));
            overrides.bound.extend(self.overrides.get(label).map(|bound| (at.clone(), bound.clone())));
        }
        overrides.bound_grade = self.overrides.get(&own).cloned();
        overrides.changed.extend(self.differences.iter().map(|changed| changed.at.clone()));
        let lost = self.lost.iter().filter(|(label, _)| *label == own);
        overrides.lost.extend(lost.map(|(_, lost)| lost.clone()));
        for GivenRow { row, name, given } in rows {
            match self.place(&places, number, *row, name) {
                Some(at) => drop(overrides.given.insert(at, given.clone())),
                None => overrides.lost.push(Lost {
                    name: Some(name.clone()),
                    given: given.clone(),
                    loss: Loss::Gone,
                }),
            }
        }
    }

    /// Where the name of an indicator stands now that stood in this row under this name; or only under the name.
    fn place(&self, places: &Places, number: usize, row: usize, name: &str) -> Option<CellAt> {
        let own = format!("{number}/");
        let here = self.known.get(&format!("{own}{row}")).filter(|known| known.name == name);
        let of_case = self.known.iter().filter(|(label, _)| label.starts_with(&own));
        let mut named = of_case.map(|(_, known)| known).filter(|known| known.name == name);
        let only = || named.next().filter(|_| named.next().is_none());
        here.or_else(only).and_then(|known| places.now(known))
    }

    /// Takes over what stood in a later return of the case of this number, into `overrides`, where nothing is typed anew.
    /// What stood in this one and no longer in that is said again, and decided again.
    pub(super) fn take_over(
        &self,
        number: usize,
        of: &Case,
        accepted: &[Accepted],
        overrides: &mut Overrides,
    ) {
        let places = Places::new(of);
        let before = overrides.bound.values_mut().chain(&mut overrides.bound_grade);
        let mut stood: Vec<String> = Vec::new();
        for bound in before {
            stood.push(bound.said.clone());
            bound.stood = false;
        }
        // What is typed here is the same word, or the one that stood before the later one.
        let yields = |typed: &Typed, later: &Typed| {
            let same = typed.value.trim() == later.value && typed.reason.is_empty() && typed.by.is_empty();
            typed.is_empty() || same || stood.contains(&said(typed))
        };
        for Accepted { row, name, given, basis, voice } in accepted {
            let (said, basis, voice) = (said(given), basis.clone(), *voice);
            let bound = Bound { said, basis, stood: true, voice, ..Bound::default() };
            let Some(row) = row else {
                if yields(&overrides.grade, given) {
                    overrides.grade = given.clone();
                    overrides.bound_grade = Some(bound);
                }
                continue;
            };
            match self.place(&places, number, *row, name) {
                None => {
                    let lost = Lost { name: Some(name.clone()), given: given.clone(), loss: Loss::Gone };
                    if !overrides.lost.contains(&lost) {
                        overrides.lost.push(lost);
                    }
                }
                Some(at) => {
                    let typed = overrides.given.get(&at);
                    if typed.is_none_or(|typed| yields(typed, given)) {
                        let same = typed.filter(|typed| typed.value.trim() == given.value);
                        let formulas = same.map(|typed| typed.formulas.clone()).unwrap_or_default();
                        overrides.given.insert(at.clone(), Typed { formulas, ..given.clone() });
                        let in_form = overrides.bound.get(&at).is_some_and(|before| before.in_form);
                        overrides.bound.insert(at, Bound { in_form, ..bound });
                    }
                }
            }
        }
    }
}

fn said(given: &Typed) -> String {
    let part = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    score::said(given.value.trim(), part(&given.reason).as_deref(), part(&given.by).as_deref())
}

/// Where the indicators of a case are now, by their names: rows may have been sorted.
struct Places<'c> {
    by_name: BTreeMap<&'c str, Vec<&'c CellAt>>,
}

impl<'c> Places<'c> {
    fn new(case: &'c Case) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&CellAt>> = BTreeMap::new();
        for indicator in case.score_form.iter().flat_map(|form| &form.indicators) {
            if let Some(at) = &indicator.name_entry.at {
                by_name.entry(indicator.name.as_str()).or_default().push(at);
            }
        }
        Self { by_name }
    }

    /// The cell of an indicator's name: the one that followed it, unless another one alone holds the name now.
    fn now(&self, known: &Known) -> Option<CellAt> {
        match self.by_name.get(known.name.as_str()).map(Vec::as_slice) {
            Some([only]) => Some((*only).clone()),
            _ => known.at.clone(),
        }
    }
}
