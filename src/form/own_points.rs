//! Points that only a level states (`数量指标⏎15 分`, no column of weights): they are its indicator's where it has one.

use crate::model::{Finding, FindingId, LevelRow, ScoreForm};

/// Gives indicators without a weight the points of the level in which they stand alone. Points of several indicators
/// are not shared out: that would be a guess.
pub(super) fn give(form: &mut ScoreForm, findings: &mut Vec<Finding>) {
    let wanting: Vec<usize> = (0..form.indicators.len())
        .filter(|at| form.indicators.get(*at).is_some_and(|i| i.weight.is_none() && i.weight_entry.is_none()))
        .collect();
    let mut shared: Vec<LevelRow> = Vec::new();
    for at in wanting {
        let Some(level) = lowest(form, at) else { continue };
        let several =
            form.indicators.iter().filter(|other| within(&level, &other.level1, &other.level2)).count();
        if several > 1 {
            if !shared.contains(&level) {
                shared.push(level);
            }
        } else if let Some(indicator) = form.indicators.get_mut(at) {
            indicator.weight = Some(level.weight);
            indicator.weight_entry = Some(level.entry);
        }
    }
    for level in shared {
        let name = level.level2.as_ref().unwrap_or(&level.level1);
        let message = format!("“{name}”标明 {} 分，其下有几个指标，没有写明各自的分值。", level.weight);
        findings.push(Finding::new(FindingId::WeightNotRead, level.entry.at.clone(), message));
    }
}

/// The lowest level that states points for an indicator.
fn lowest(form: &ScoreForm, at: usize) -> Option<LevelRow> {
    let indicator = form.indicators.get(at)?;
    let over = form.levels.iter().filter(|level| within(level, &indicator.level1, &indicator.level2));
    over.max_by_key(|level| level.level2.is_some()).cloned()
}

fn within(level: &LevelRow, level1: &str, level2: &str) -> bool {
    level.level1 == level1 && level.level2.as_ref().is_none_or(|own| own == level2)
}
