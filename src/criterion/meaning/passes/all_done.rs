//! 全部整改到位得4分，整改率每低10%扣0.5分: where steps lead down from it, that all is done is the target met.

use crate::base::{Number, Weight};
use crate::criterion::grammar::condition::{Shape, is_count};
use crate::criterion::grammar::scan::{denies, is_name};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::{Rung, points_of};
use crate::notation::Notation;
use crate::rule::{Award, Point, StateBand};
use crate::words::list;

pub(super) fn all_done(
    target: Option<&Notation>,
    weight: Option<Weight>,
    steps: Option<&mut StepsDraft>,
    states: &mut Vec<StateBand>,
    rungs: &mut Vec<Rung>,
) {
    let [state] = states.as_slice() else { return };
    let all = points_of(&state.award, weight) == points_of(&Award::Full, weight);
    let named = list::WITHOUT_EXCEPTION.find(&state.label).map(|(at, _)| at);
    let Some(steps) = steps.filter(|s| {
        s.clause.counts == Counts::Below
            && s.clause.from.as_ref().is_none_or(|at| *at == Point::Target)
            && s.own.is_none()
            && !s.clause.adds
    }) else {
        return;
    };
    let Some(at) = named.filter(|_| all && rungs.is_empty()) else { return };
    let thing = state.label.get(..at).unwrap_or_default();
    if at == 0 {
        let words = state.words.as_str().to_owned();
        states.clear();
        rungs.push(Rung { shape: Shape::Meets, award: Award::Full, words });
    } else if is_whole_rate(target) && is_count(&steps.clause.size.unit) && is_name(thing) && !denies(thing) {
        // 应监控项目全部开展绩效监控得满分，每少1个项目扣0.5分 under 100%: of so many that should be, what is missing.
        states.clear();
        steps.clause.counts = Counts::Missing;
        steps.clause.noun.clear();
    }
}

/// 100%: all of whatever there is.
pub(super) fn is_whole_rate(target: Option<&Notation>) -> bool {
    let target = target.and_then(Notation::quantity);
    target.is_some_and(|t| t.unit.is_ratio() && t.fraction.is_none() && t.in_base() == Some(Number::ONE))
}
