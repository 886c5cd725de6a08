//! 全部整改到位得4分，整改率每低10%扣0.5分: where steps lead down from it, that all is done is the target met.

use crate::base::Weight;
use crate::criterion::grammar::condition::Shape;
use crate::criterion::grammar::steps::Counts;
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::{Rung, points_of};
use crate::rule::{Award, Point, StateBand};

pub(super) fn all_done(
    weight: Option<Weight>,
    steps: Option<&StepsDraft>,
    states: &mut Vec<StateBand>,
    rungs: &mut Vec<Rung>,
) {
    const ALL: [&str; 5] = ["全部", "全面", "全额", "足额", "百分之百"];
    let [state] = states.as_slice() else { return };
    let all = points_of(&state.award, weight) == points_of(&Award::Full, weight);
    let named = ALL.iter().any(|word| state.label.starts_with(word));
    let below = steps.is_some_and(|s| {
        s.clause.counts == Counts::Below
            && s.clause.from.as_ref().is_none_or(|at| *at == Point::Target)
            && s.own.is_none()
            && !s.clause.adds
    });
    if all && named && below && rungs.is_empty() {
        let words = state.words.as_str().to_owned();
        states.clear();
        rungs.push(Rung { shape: Shape::Meets, award: Award::Full, words });
    }
}
