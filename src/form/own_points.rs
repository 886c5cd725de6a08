//! Points that only a level states (`数量指标⏎15 分`, no column of weights): they are its indicator's where it has one.

use super::names;
use super::whole::{execution, is_whole};
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId, Indicator, LevelRow, ScoreForm};

/// Gives indicators without a weight the points of the level in which they stand alone. Points of several indicators
/// are not shared out: that would be a guess.
pub(super) fn give(form: &mut ScoreForm, findings: &mut Vec<Finding>) {
    glued(form);
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

/// Points behind the names without a bracket (`资金管理20分`): a name may end so by itself (得分达到90分), so all together must
/// make a whole form.
fn glued(form: &mut ScoreForm) {
    let read = |indicator: &Indicator| match (indicator.weight, &indicator.weight_entry) {
        (Some(weight), _) => Some((None, weight)),
        (None, None) => {
            let key = normalise(&indicator.name);
            names::named_points(&key).map(|(name, points)| (Some(name.to_owned()), points))
        }
        (None, Some(_)) => None,
    };
    let Some(all) = form.indicators.iter().map(read).collect::<Option<Vec<_>>>() else { return };
    let weights = all.iter().map(|(_, weight)| Some(*weight));
    let whole = is_whole(weights, std::iter::empty(), form.full, execution(form)) == Some(true);
    for (indicator, (name, points)) in form.indicators.iter_mut().zip(all).filter(|_| whole) {
        if let Some(name) = name {
            indicator.name = name;
            indicator.weight = Some(points);
            indicator.weight_entry = Some(indicator.name_entry.clone());
        }
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
