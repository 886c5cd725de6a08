//! 检查覆盖率100%得满分，每少检查1家扣0.1分: a rate is short of all by things, and how many is what is missing of them.

use crate::base::{Number, Weight};
use crate::criterion::grammar::condition::{About, End, figure, is_count};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::{Rung, points_of};
use crate::notation::Notation;
use crate::rule::{Award, Point};

use super::all_done::is_whole_rate;

pub(super) fn short_by_things(
    (target, weight): (Option<&Notation>, Option<Weight>),
    names: &mut Vec<String>,
    about: &mut [About],
    rungs: &mut Vec<Rung>,
    steps: &mut Option<StepsDraft>,
) {
    let Some(steps) = steps.as_mut().filter(|s| {
        s.clause.counts == Counts::Below
            && is_count(&s.clause.size.unit)
            && s.clause.from.is_none()
            && s.own.is_none()
            && !s.clause.adds
    }) else {
        return;
    };
    let [rung] = rungs.as_slice() else { return };
    let all = |e: &End| match &e.at {
        Point::Value(a) => a.unit.is_ratio() && figure(&e.at) == Some(Number::ONE),
        _ => false,
    };
    let whole =
        rung.stretch().is_some_and(|s| s.lower.as_ref().is_some_and(all) && s.upper.as_ref().is_none_or(all));
    let full = points_of(&rung.award, weight) == points_of(&Award::Full, weight);
    if !whole || !full || !is_whole_rate(target) || about.iter().any(|one| *one != About::Value) {
        return;
    }
    // All points where nothing is missing go without saying.
    rungs.clear();
    for one in about {
        *one = About::Missing;
    }
    names.clear();
    steps.clause.counts = Counts::Missing;
    steps.clause.noun.clear();
}
