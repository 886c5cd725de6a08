//! Points that only a level states (`数量指标⏎15 分`, no column of weights): they are its indicator's where it has one.

use super::completeness::{execution, is_whole};
use super::names;
use crate::base::{Number, Weight};
use crate::mapping::title::normalise;
use crate::model::{Entry, Finding, FindingId, Indicator, LevelRow, ScoreForm};

/// Gives indicators without a weight the points of the level in which they stand alone. Points of several indicators
/// are not shared out, that would be a guess; unless the form says itself that they are divided evenly (`notes`).
pub(super) fn give(form: &mut ScoreForm, notes: &[Entry], findings: &mut Vec<Finding>) {
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
            if let Some(share) = share(form, notes, &level, several) {
                if let Some(indicator) = form.indicators.get_mut(at) {
                    indicator.weight = Some(share);
                }
            } else if !shared.contains(&level) {
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
        // Where the form says how they are divided, nothing is wrong with it.
        let says = |text: &Entry| names::divided(&text.shown()).is_some();
        let asks = says(&level.entry) || notes.iter().any(says);
        let id = if asks { FindingId::CriterionNotRead } else { FindingId::WeightNotRead };
        findings.push(Finding::new(id, level.entry.at.clone(), message));
    }
}

/// The points of each of so many indicators, where the level's cell or a note says that the level's points are divided by
/// their number, and the quotient is points that a form can state.
fn share(form: &ScoreForm, notes: &[Entry], level: &LevelRow, several: usize) -> Option<Weight> {
    let says = |text: &Entry| names::divided(&text.shown()) == Some(level.weight);
    if !says(&level.entry) && !notes.iter().any(says) {
        return None;
    }
    // One that has points of its own leaves the others something else.
    let within = |i: &&Indicator| within(level, &i.level1, &i.level2);
    if form.indicators.iter().filter(within).any(|i| i.weight_entry.is_some()) {
        return None;
    }
    let count = Number::from(u32::try_from(several).ok()?);
    let share = level.weight.number().over(count)?.round(2);
    (share.times(count) == Some(level.weight.number())).then(|| Weight::new(share.get()))
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
