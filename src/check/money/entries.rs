//! Entries whose words ask a question.

use std::collections::BTreeMap;

use crate::base::{CellAt, CellRef, Yuan};
use crate::check::Facts;
use crate::mapping::title::normalise;
use crate::model::{RemarkedRow, Remarks};

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
            at: place(facts, row),
        });
        asked.count = asked.count.saturating_add(1);
        asked.sum = asked.sum.plus(row.amount).unwrap_or(asked.sum);
    }
    by_word.into_values().collect()
}

/// The cell of an entry's words.
fn place(facts: &Facts, row: &RemarkedRow) -> Option<CellAt> {
    let ledger = facts.case.ledgers.get(row.ledger)?;
    let columns = &ledger.columns;
    let col = columns.summary.or(columns.debit).or(columns.amount)?;
    Some(CellAt { sheet: ledger.sheet.clone(), cell: CellRef::new(row.row, col)? })
}
