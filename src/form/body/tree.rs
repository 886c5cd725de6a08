//! A table whose levels stand in the column of the names: 产出指标 50, 数量指标 25, 监督检查户数 25. A row without target, actual
//! and criterion is a level where its points are those of the rows that follow it, down to the last.

use super::Body;
use crate::base::{CellAt, Weight};
use crate::form::names;
use crate::model::{Indicator, LevelRow, Subtotal};

/// Levels above an indicator.
const LEVELS: usize = 2;

/// A level that is open, with the points that were found under it.
struct Open {
    at: usize,
    weight: Weight,
    found: Weight,
    addends: Vec<CellAt>,
}

/// Takes the rows that are levels out of the indicators, where all of them are: else none is known to be.
pub(in crate::form) fn levels(body: &mut Body) {
    let Some((first, rest)) = body.indicators.split_first() else { return };
    let flat = rest.iter().all(|other| (&other.level1, &other.level2) == (&first.level1, &first.level2));
    if !flat || !body.indicators.iter().any(is_bare) {
        return;
    }
    let Some((places, heads)) = tree(&body.indicators) else { return };
    let all = std::mem::take(&mut body.indicators);
    let name = |at: usize| all.get(at).map(|row| names::level(&row.name).name).unwrap_or_default();
    for (at, indicator) in all.iter().enumerate() {
        let Some(over) = places.get(at) else { continue };
        let Some(over) = over else { continue };
        let level1 = over.first().map(|at| name(*at)).unwrap_or_default();
        let level2 = over.get(1).map_or_else(|| level1.clone(), |at| name(*at));
        body.indicators.push(Indicator { level1, level2, ..indicator.clone() });
    }
    for (open, over) in heads {
        let Some(row) = all.get(open.at) else { continue };
        if let Some(place) = &row.name_entry.at {
            body.skipped.push((place.cell.row(), "指标层级行".to_owned()));
        }
        let (level1, level2) = match over {
            Some(parent) => (name(parent), Some(name(open.at))),
            None => (name(open.at), None),
        };
        body.subtotals.push(Subtotal {
            label: name(open.at),
            weight: None,
            stated_score: row.stated_score.clone(),
            score: row.score.clone(),
            deduction: row.deduction.clone(),
            addends: open.addends,
        });
        if let Some(entry) = row.weight_entry.clone() {
            body.levels.push(LevelRow { level1, level2, weight: open.weight, entry });
        }
    }
    body.skipped.sort();
}

/// Whether a row has points and nothing that they are for.
fn is_bare(row: &Indicator) -> bool {
    row.weight.is_some() && !row.name.is_empty() && row.is_bare()
}

/// For each row the levels over it (`None` for a row that is one), and the levels, each with the one over it.
type Tree = (Vec<Option<Vec<usize>>>, Vec<(Open, Option<usize>)>);

fn tree(rows: &[Indicator]) -> Option<Tree> {
    let mut open: Vec<Open> = Vec::new();
    let mut closed: Vec<(Open, Option<usize>)> = Vec::new();
    let mut places = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let weight = row.weight?;
        if is_bare(row) {
            if open.len() >= LEVELS {
                return None;
            }
            open.push(Open { at, weight, found: Weight::default(), addends: Vec::new() });
            places.push(None);
            continue;
        }
        places.push(Some(open.iter().map(|level| level.at).collect()));
        for level in &mut open {
            level.found = level.found.plus(weight)?;
            level.addends.extend(row.name_entry.at.clone());
            if level.found > level.weight {
                return None;
            }
        }
        while open.last().is_some_and(|level| level.found == level.weight) {
            let level = open.pop()?;
            closed.push((level, open.last().map(|over| over.at)));
        }
    }
    open.is_empty().then_some((places, closed))
}
