//! What a form says beside its tables that has no part in scoring, and what is missing in them: goals, days, bare levels.

use super::body::Body;
use super::fields::Labelled;
use super::view::View;
use crate::mapping::FieldName;
use crate::model::{BareLevel, Entry, Goal};

/// What the form says of its goal, and of what was reached of it.
pub(super) fn goals(heads: &[Labelled], tables: &[(u32, u32)]) -> Vec<Goal> {
    // Below the last label of all stands a table.
    let in_table = |goal: &Goal| {
        let row = goal.entry.at.as_ref().map(|at| at.cell.row());
        row.is_none_or(|row| tables.iter().any(|(first, last)| (*first..=*last).contains(&row)))
    };
    let goals = heads.iter().filter(|head| matches!(head.name, FieldName::Goal | FieldName::GoalResult));
    let goals =
        goals.map(|head| Goal { entry: head.entry.clone(), result: head.name == FieldName::GoalResult });
    // A label over several cells may be the label of labels: what has no cell is no goal.
    goals.filter(|goal| !in_table(goal)).collect()
}

/// The levels 2 for which no row of the tables has an indicator.
pub(super) fn bare_levels(view: &View<'_>, body: &mut Body) -> Vec<BareLevel> {
    let bare = std::mem::take(&mut body.bare_levels);
    let named = |level1: &str, level2: &str| {
        body.indicators.iter().any(|one| one.level1 == level1 && one.level2 == level2)
    };
    bare.into_iter()
        .filter(|(level1, level2, _)| !level2.is_empty() && !named(level1, level2))
        .map(|(level1, level2, at)| BareLevel { level1, level2, at: view.address(at) })
        .collect()
}

/// The days on which it says that it was filled in.
pub(super) fn filled_on(heads: &[Labelled]) -> Vec<Entry> {
    heads.iter().filter(|head| head.name == FieldName::FilledOn).map(|head| head.entry.clone()).collect()
}
