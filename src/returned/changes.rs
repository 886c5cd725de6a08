//! What a person changed since the run before: what that run remembers, compared with what is there now.

use std::collections::{BTreeMap, BTreeSet};

use super::memory::told_ledger;
use super::seen::{Difference, Known, Ledger, Seen};
use crate::base::{CellAt, Score};
use crate::model::{Case, Change, Indicator, IndicatorScore, LedgerTotals};
use crate::score::Scored;

/// What stands for the content of cells that nobody changed though their score is another.
const UNCHANGED: &str = "（表中未改动）";

/// Whether nobody changed anything in the workbook: the score is another for a reason outside it.
pub fn is_from_outside(change: &Change) -> bool {
    change.before == UNCHANGED
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
