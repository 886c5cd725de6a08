//! 省级及以上得3分，市级得2分: levels are a ladder only where all states are levels of one thing, and none is of two of them.

use crate::criterion::meaning::draft::refuse;
use crate::rule::{Levels, Refusal, StateBand, levels};
use crate::words::list;

pub(super) fn one_ladder_of_levels(states: &[StateBand]) -> Result<(), Refusal> {
    let found: Vec<Option<Levels>> = states.iter().map(|state| levels(&state.label)).collect();
    let several = |levels: &&Option<Levels>| levels.as_ref().is_some_and(Levels::is_several);
    if !found.iter().any(|levels| several(&levels)) {
        return Ok(());
    }
    let named: Vec<&Levels> = found.iter().flatten().collect();
    let apart = named
        .iter()
        .enumerate()
        .all(|(at, a)| named.iter().skip(at.saturating_add(1)).all(|b| a.is_beside(b)));
    let none = |(state, levels): (&StateBand, &Option<Levels>)| {
        levels.is_none() && list::DENIALS.begins(&state.label)
    };
    let mut others = states.iter().zip(&found).filter(|(_, levels)| levels.is_none());
    let plain = others.clone().count() < 2 && others.all(none);
    match states.first() {
        Some(first) if named.len() < 2 || !apart || !plain => {
            refuse(first.words.as_str(), "各种情形不是同一件事的各个级别，无法确定")
        }
        _ => Ok(()),
    }
}
