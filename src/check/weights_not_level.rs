//! The weight stated for a level 1 or level 2 against the sum of its indicators' weights.

use super::Facts;
use crate::base::{WHOLE, Weight};
use crate::model::{Finding, FindingId, LevelRow, ScoreForm, Scorecard, Subtotal};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let Some((form, card)) = facts.scored() else { return Vec::new() };
    let mut findings = Vec::new();
    let inside_nested = seem_nested(form, card);
    // Which indicators a level without a name has cannot be told; that it has none is found already.
    for row in form.levels.iter().filter(|row| !row.level1.is_empty()) {
        let inside = || {
            card.indicators.iter().filter(|i| {
                i.level1 == row.level1 && row.level2.as_ref().is_none_or(|level2| *level2 == i.level2)
            })
        };
        let extra = inside().filter(|i| i.extra.is_some()).count();
        let Some(all) = Weight::sum(inside().map(|i| i.weight)) else { continue };
        let own = inside().filter(|i| i.extra.is_none()).map(|i| i.weight);
        let Some(own) = Weight::sum(own) else { continue };
        // Of points beyond the whole a level may state the most that they add up to, or count them in.
        if extra > 0 && (all == row.weight || extra == inside().count()) {
            continue;
        }
        let sum = own;
        // Where an indicator's weight is not known, the sum says nothing.
        let unknown = form.indicators.iter().any(|i| {
            i.weight.is_none()
                && i.level1 == row.level1
                && row.level2.as_ref().is_none_or(|level2| *level2 == i.level2)
        });
        let nested = inside_nested && row.level2.is_none();
        let expected = if nested { Weight::from(WHOLE) } else { row.weight };
        if sum != expected && !unknown {
            findings.push(finding(row, sum, nested));
        }
    }
    findings.extend(form.subtotals.iter().filter_map(|row| subtotal(form, row)));
    findings
}

/// Whether most levels hold 100 points of their own, and only their shares add up to 100 in the whole: then the others
/// are meant to, too.
pub(super) fn seem_nested(form: &ScoreForm, card: &Scorecard) -> bool {
    let whole = Weight::from(WHOLE);
    let levels: Vec<&LevelRow> = form.levels.iter().filter(|row| row.level2.is_none()).collect();
    let full = |row: &&&LevelRow| {
        let own = card.indicators.iter().filter(|one| one.level1 == row.level1).map(|one| one.weight);
        row.weight != whole && Weight::sum(own) == Some(whole)
    };
    let full = levels.iter().filter(full).count();
    full >= 2
        && full.saturating_mul(2) > levels.len()
        && Weight::sum(levels.iter().map(|row| row.weight)) == Some(whole)
}

/// The points of a row between the indicators against those of the indicators that it adds up.
fn subtotal(form: &ScoreForm, row: &Subtotal) -> Option<Finding> {
    let entry = row.weight.as_ref()?;
    let stated = Weight::new(entry.number()?.get());
    let inside = form.indicators.iter();
    let inside = inside.filter(|i| i.name_entry.at.as_ref().is_some_and(|at| row.addends.contains(at)));
    let weights: Option<Vec<Weight>> = inside.map(|indicator| indicator.weight).collect();
    let sum = Weight::sum(weights?)?;
    (sum != stated).then(|| {
        let message = format!("“{}”标明 {stated} 分，其各项分值合计 {sum} 分。", row.label);
        Finding::new(FindingId::WeightsNotLevel, entry.at.clone(), message)
    })
}

fn finding(row: &LevelRow, sum: Weight, nested: bool) -> Finding {
    let name = row.level2.as_ref().unwrap_or(&row.level1);
    let message = if nested {
        format!("“{name}”其下指标分值合计 {sum} 分，其他一级指标内部都是 {WHOLE} 分。")
    } else {
        format!("“{name}”标明 {} 分，其下指标分值合计 {sum} 分。", row.weight)
    };
    Finding::new(FindingId::WeightsNotLevel, row.entry.at.clone(), message)
}
