//! Entries whose words ask a question.

use std::collections::BTreeMap;

use crate::base::{CellAt, CellRef, Yuan};
use crate::check::Facts;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId, Remarks};

/// The entries with one word.
pub(super) struct Asked<'a> {
    /// The word.
    pub(super) word: &'a str,
    /// How many entries have it.
    pub(super) count: usize,
    /// What they come to.
    pub(super) sum: Yuan,
    /// The first one's cell.
    pub(super) at: Option<CellAt>,
}

/// The entries of a kind by their words, without those of which the project's name or goal speaks: they are what it is for.
pub(super) fn asked<'a>(facts: &Facts<'a>, kind: Remarks) -> Vec<Asked<'a>> {
    let Some(totals) = &facts.reconciliation.ledger else { return Vec::new() };
    let case = facts.case;
    let name = case.project.name.iter().map(|name| normalise(name));
    let goals = case.goals.iter().map(|goal| normalise(&goal.entry.shown()));
    let purpose: Vec<String> = name.chain(goals).collect();
    let mut by_word: BTreeMap<&str, Asked<'a>> = BTreeMap::new();
    for row in totals.remarked.rows.iter().filter(|row| row.kind == kind) {
        if purpose.iter().any(|text| text.contains(&row.word)) {
            continue;
        }
        let asked = by_word.entry(&row.word).or_insert_with(|| Asked {
            word: &row.word,
            count: 0,
            sum: Yuan::ZERO,
            at: summary_cell(facts, row.ledger, row.row),
        });
        asked.count = asked.count.saturating_add(1);
        asked.sum = asked.sum.plus(row.amount).unwrap_or(asked.sum);
    }
    by_word.into_values().collect()
}

/// What is said of them, and asked. Where evaluators name them and took nothing off, whether the agency is asked at all is the
/// bureau's to settle first.
pub(super) fn said(facts: &Facts, id: FindingId, asked: Asked, fact: &str, ask: &str) -> Finding {
    match accepted(facts, asked.word) {
        Some(name) => {
            let name = name.replace('“', "‘").replace('”', "’");
            let message = format!("{fact}。评分表“{name}”已写明并给满分，是否要求单位说明，请先商定。");
            Finding::new(FindingId::EntriesAcceptedByScore, asked.at, message)
        }
        None => Finding::new(id, asked.at, format!("{fact}，{ask}。")),
    }
}

/// The indicator of whose evaluators it is known that they saw such entries and took nothing off.
fn accepted<'a>(facts: &Facts<'a>, word: &str) -> Option<&'a str> {
    if facts.is_self_evaluation() {
        return None;
    }
    let mut all = facts.indicators();
    let seen = all.find(|(indicator, result)| {
        let whole = result.score.is_some_and(|score| score.number() == result.weight.number());
        let named = indicator.situation.as_ref().is_some_and(|entry| entry.shown().contains(word));
        whole && !result.weight.is_zero() && named
    });
    seen.map(|(indicator, _)| indicator.name.as_str())
}

/// The cell of an entry's words.
pub(super) fn summary_cell(facts: &Facts, ledger: usize, row: u32) -> Option<CellAt> {
    let ledger = facts.case.ledgers.get(ledger)?;
    let columns = &ledger.columns;
    let col = columns.summary.or(columns.debit).or(columns.amount)?;
    Some(CellAt { sheet: ledger.sheet.clone(), cell: CellRef::new(row, col)? })
}
