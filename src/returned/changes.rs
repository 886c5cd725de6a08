//! What a person changed since the run before: what that run remembers, compared with what is there now.

use std::collections::{BTreeMap, BTreeSet};

use super::given::GivenRow;
use super::memory::{
    Memory, What, decoded_finding, decoded_lost, decoded_override, decoded_score, exact, precise, told_ledger,
};
use crate::base::{CellAt, Score};
use crate::issue::PastFinding;
use crate::model::{
    Accepted, Bound, Case, Change, Given as Typed, Indicator, IndicatorScore, LedgerTotals, Loss, Lost,
    Overrides,
};
use crate::score::{self, Scored};
use crate::sheet::Cell;

/// What stands for the content of a cell that was deleted.
const DELETED: &str = "（单元格已删除）";

/// What stands for the content of cells that nobody changed though their score is another.
const UNCHANGED: &str = "（表中未改动）";

/// Whether nobody changed anything in the workbook: the score is another for a reason outside it.
pub fn is_from_outside(change: &Change) -> bool {
    change.before == UNCHANGED
}

/// A cell that is not as the run before left it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Difference {
    at: CellAt,
    before: String,
    after: String,
    /// The case and indicator it belongs to; empty where only the cell tells.
    label: String,
}

/// An indicator as the run before scored it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    /// Its name's cell, where it is now; `None` where it was deleted.
    at: Option<CellAt>,
    /// Where it was.
    was_at: CellAt,
    name: String,
    score: Option<Score>,
    /// What the score was of.
    basis: Option<String>,
}

/// What is left of the run before, as the workbook is now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Seen {
    differences: Vec<Difference>,
    /// Indicators by case and indicator.
    known: BTreeMap<String, Known>,
    /// Overrides by case and indicator, that of the grade by the case alone.
    overrides: BTreeMap<String, Bound>,
    /// What was typed and belongs to no indicator, with its case.
    lost: Vec<(String, Lost)>,
    /// What the ledgers added up to, with its case and the first ledger's cell.
    ledgers: Vec<Ledger>,
    /// What was found that is an agency's matter, by case; nothing of a run that did not tell.
    findings: BTreeMap<String, Vec<PastFinding>>,
}

/// What the ledgers of a case added up to.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ledger {
    label: String,
    at: CellAt,
    content: String,
    shown: String,
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

/// The indicators of a case now, by the cell of their name.
struct Now<'a> {
    by_anchor: BTreeMap<CellAt, &'a IndicatorScore>,
    /// The indicator that a cell belongs to, for cells that only their place tells.
    by_cell: BTreeMap<CellAt, CellAt>,
}

impl<'a> Now<'a> {
    fn new(case: &Case, scored: &'a Scored) -> Self {
        let mut now = Self { by_anchor: BTreeMap::new(), by_cell: BTreeMap::new() };
        for result in &scored.card.indicators {
            let form = case.score_form.as_ref();
            let indicator: Option<&Indicator> = match result.index {
                Some(index) => form.and_then(|form| form.indicators.get(index)),
                None => scored.execution.as_ref(),
            };
            let Some(anchor) = result.anchor(indicator) else { continue };
            let cells = indicator.into_iter().flat_map(|i| [&i.score, &i.stated_score, &i.reason]);
            let cells = cells.flatten().filter_map(|entry| entry.at.clone()).chain(result.cell.clone());
            now.by_cell.extend(cells.map(|cell| (cell, anchor.clone())));
            now.by_anchor.insert(anchor, result);
        }
        now
    }
}

/// The changes in the case of this number, in the order of its cells: what a person wrote, indicators that came or went,
/// and scores that changed for a reason that no cell shows (another mapping, another ledger).
pub(super) fn of(
    seen: &Seen,
    number: usize,
    case: &Case,
    scored: &Scored,
    ledger: Option<&LedgerTotals>,
) -> Vec<Change> {
    let own = format!("{number}/");
    let known: BTreeMap<&str, &Known> =
        seen.known.iter().filter(|(l, _)| l.starts_with(&own)).map(|(l, k)| (l.as_str(), k)).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let now = Now::new(case, scored);
    let at_anchor: BTreeMap<&CellAt, &Known> =
        known.values().filter_map(|known| Some((known.at.as_ref()?, *known))).collect();
    let mut changes = Vec::new();
    let mut told: BTreeSet<&CellAt> = BTreeSet::new();
    for difference in &seen.differences {
        let Difference { at, before, after, label } = difference;
        let anchor = match known.get(label.as_str()) {
            Some(known) => known.at.as_ref(),
            // A cell of another case, or of a sheet that this case does not use.
            None if !(label.is_empty() || *label == own) || !case.sheets.contains(&at.sheet) => continue,
            None => now.by_cell.get(at),
        };
        let was = anchor.and_then(|anchor| at_anchor.get(anchor));
        let result = anchor.and_then(|anchor| now.by_anchor.get(anchor));
        told.extend(anchor);
        changes.push(Change {
            at: at.clone(),
            indicator: result.map(|r| r.name.clone()).or_else(|| was.map(|known| known.name.clone())),
            before: before.clone(),
            after: after.clone(),
            score_before: was.and_then(|known| known.score),
            score_after: result.and_then(|result| result.score),
        });
    }
    for known in known.values() {
        if known.at.as_ref().is_none_or(|at| !now.by_anchor.contains_key(at)) {
            changes.push(Change {
                at: known.was_at.clone(),
                indicator: Some(known.name.clone()),
                before: known.name.clone(),
                after: "（指标已删除）".to_owned(),
                score_before: known.score,
                score_after: None,
            });
        }
    }
    for (anchor, result) in &now.by_anchor {
        let was = at_anchor.get(anchor);
        let (before, after) = match was {
            None => (String::new(), "（新增指标）".to_owned()),
            Some(known) if known.score != result.score && !told.contains(anchor) => {
                (UNCHANGED.to_owned(), "（评分依据有变化）".to_owned())
            }
            Some(_) => continue,
        };
        changes.push(Change {
            at: anchor.clone(),
            indicator: Some(result.name.clone()),
            before,
            after,
            score_before: was.and_then(|known| known.score),
            score_after: result.score,
        });
    }
    changes.extend(seen.ledgers.iter().filter(|of| of.label == own).filter_map(|of| of_ledger(of, ledger)));
    let place = |at: &CellAt| (case.sheets.iter().position(|sheet| *sheet == at.sheet), at.cell);
    changes.sort_by_key(|change| place(&change.at));
    changes
}

/// What became of the ledgers.
fn of_ledger(was: &Ledger, now: Option<&LedgerTotals>) -> Option<Change> {
    let (content, shown) = now.map_or_else(|| (String::new(), "没有明细账".to_owned()), told_ledger);
    let after = if shown == was.shown { format!("{shown}（分录有改动）") } else { shown };
    (content != was.content).then(|| Change {
        at: was.at.clone(),
        indicator: None,
        before: was.shown.clone(),
        after,
        score_before: None,
        score_after: None,
    })
}

/// What a cell holds, as a clerk reads it: `“90%”`, `空白`.
pub fn quoted(text: &str) -> String {
    if text.is_empty() { "空白".to_owned() } else { format!("“{text}”") }
}

/// The change as a clerk reads it: `预算执行率：“100%”改为“90%”，得分由 4 改为 3.6（−0.4）`.
pub fn sentence(change: &Change) -> String {
    let Change { indicator, before, after, score_before, score_after, .. } = change;
    let subject = indicator.as_ref().map(|name| format!("{name}：")).unwrap_or_default();
    let what = match (before.is_empty(), after.starts_with('（')) {
        (_, true) => after.trim_matches(['（', '）']).to_owned(),
        (true, false) => format!("填入{}", quoted(after)),
        (false, false) => format!("{}改为{}", quoted(before), quoted(after)),
    };
    let points = |score: &Option<Score>| score.map_or_else(|| "待评分".to_owned(), |score| score.to_string());
    let effect = match change.effect() {
        Some(effect) if effect.get().is_zero() => "，得分不变".to_owned(),
        Some(effect) => {
            let sign = if effect.get().is_sign_negative() { "−" } else { "+" };
            let (from, to) = (points(score_before), points(score_after));
            format!("，得分由 {from} 改为 {to}（{sign}{}）", Score::new(effect.get().abs()))
        }
        None if score_before.is_none() && score_after.is_none() => String::new(),
        None => format!("，得分由 {} 改为 {}", points(score_before), points(score_after)),
    };
    format!("{subject}{what}{effect}")
}
