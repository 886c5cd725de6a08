//! Rows that state the points of a level, not of an indicator: `产出指标 | | | | | 60`, its indicators below.

use super::Body;
use crate::base::{CellAt, Weight};
use crate::model::{FindingId, Indicator, LevelRow, Subtotal};

/// Takes rows without target, actual and criterion whose points are those of the other indicators of their level out of
/// the indicators: they would count twice.
pub(in crate::form) fn level_sums(body: &mut Body) {
    // Those of the second level first: the first level's would count them, too.
    for second in [true, false] {
        take_out(body, second);
    }
    body.skipped.sort();
}

fn take_out(body: &mut Body, second: bool) {
    let all = &body.indicators;
    let sums = (0..all.len()).filter(|at| is_sum(all, *at, second));
    let sums: Vec<usize> = sums.collect();
    for at in sums.into_iter().rev() {
        let addends = addends(&body.indicators, at);
        let sum = body.indicators.remove(at);
        let Some((weight, entry)) = sum.weight.zip(sum.weight_entry) else { continue };
        let place = sum.name_entry.at;
        if let Some(place) = &place {
            body.skipped.push((place.cell.row(), "分类小计行".to_owned()));
        }
        body.findings.retain(|finding| finding.id != FindingId::RowWithoutName || finding.at != place);
        body.subtotals.push(Subtotal {
            label: if sum.level2.is_empty() { sum.level1.clone() } else { sum.level2.clone() },
            weight: None,
            stated_score: sum.stated_score,
            score: sum.score,
            deduction: sum.deduction,
            addends,
        });
        let level2 = Some(sum.level2).filter(|level2| !level2.is_empty());
        let same =
            |have: &LevelRow| have.level1 == sum.level1 && have.level2 == level2 && have.weight == weight;
        if !body.levels.iter().any(same) {
            body.levels.push(LevelRow { level1: sum.level1, level2, weight, entry });
        }
    }
}

/// The indicators below a row that stand in its level.
fn below(indicators: &[Indicator], at: usize) -> impl Iterator<Item = &Indicator> {
    let row = indicators.get(at);
    let rest = indicators.iter().skip(at.saturating_add(1));
    let inside = rest.take_while(move |other| {
        row.is_some_and(|row| {
            other.level1 == row.level1 && (row.level2.is_empty() || other.level2 == row.level2)
        })
    });
    inside.filter(|other| !other.name.is_empty())
}

fn addends(indicators: &[Indicator], at: usize) -> Vec<CellAt> {
    below(indicators, at).filter_map(|other| other.name_entry.at.clone()).collect()
}

/// Whether an indicator is the sum of those below it in its level, the second or the first.
fn is_sum(indicators: &[Indicator], at: usize, second: bool) -> bool {
    let Some(row) = indicators.get(at).filter(|row| row.level2.is_empty() != second) else { return false };
    // It is called nothing, or as its level.
    let unnamed = row.name.is_empty() || row.name == row.level2;
    let weights: Option<Vec<Weight>> = below(indicators, at).map(|other| other.weight).collect();
    let sum = weights.filter(|weights| !weights.is_empty()).and_then(Weight::sum);
    row.is_bare() && unnamed && row.weight.is_some() && sum == row.weight
}
