//! 全部办结得满分，每有一项未办结扣2分 under 12项: what is not done is what is missing of all that should be.

use crate::base::Weight;
use crate::criterion::grammar::steps::Counts;
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::{Rung, points_of};
use crate::notation::{Notation, Quantity};
use crate::rule::{Award, StateBand};
use crate::words::list;

pub(super) fn undone_cases(
    target: Option<&Notation>,
    weight: Option<Weight>,
    states: &mut Vec<StateBand>,
    rungs: &[Rung],
    steps: &mut Option<StepsDraft>,
) {
    let Some(steps) = steps.as_mut().filter(|s| s.clause.counts == Counts::Found && s.own.is_none()) else {
        return;
    };
    let Some(target) = target.and_then(Notation::quantity).filter(|t| is_whole(t)) else { return };
    let [state] = states.as_slice() else { return };
    let all = points_of(&state.award, weight) == points_of(&Award::Full, weight);
    let same = are_contrary(&state.label, &steps.clause.noun);
    if !all || !same || !rungs.is_empty() || !target.unit.comparable(&steps.clause.size.unit) {
        return;
    }
    states.clear();
    steps.clause.counts = Counts::Missing;
    steps.clause.noun.clear();
}

/// 断面全部达标 and 断面不达标: that all is so, and what is not.
pub(super) fn are_contrary(all: &str, case: &str) -> bool {
    let Some((things, done)) = all.rsplit_once("全部").or_else(|| all.rsplit_once('全')) else {
        return false;
    };
    let Some((at, not)) = list::DENIALS.find(case) else { return false };
    let (thing, undone) = (case.get(..at).unwrap_or_default(), case.get(at.saturating_add(not.len())..));
    !done.is_empty() && undone == Some(done) && things.contains(thing)
}

/// So many things, and not none.
fn is_whole(target: &Quantity) -> bool {
    !target.number.is_zero() && target.fraction.is_none() && !target.unit.is_ratio()
}
