//! 无重大变更得满分，有1次重大变更扣2分: that there is none of what is counted.

use crate::base::{Number, Weight};
use crate::criterion::grammar::condition::{About, Shape, Stretch, end};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::grammar::words::NONE;
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::{Rung, points_of};
use crate::notation::Unit;
use crate::rule::{Amount, Award, Point, StateBand};

pub(super) fn none_of_those(
    weight: Option<Weight>,
    steps: Option<&StepsDraft>,
    states: &mut Vec<StateBand>,
    about: &mut Vec<About>,
    rungs: &mut Vec<Rung>,
) {
    let counted = steps.filter(|s| s.clause.counts == Counts::Found && s.own.is_none() && !s.clause.adds);
    let Some(noun) = counted.map(|s| s.clause.noun.as_str()).filter(|noun| !noun.is_empty()) else { return };
    let [state] = states.as_slice() else { return };
    let none = NONE.strip(&state.label) == Some(noun);
    let all = points_of(&state.award, weight) == points_of(&Award::Full, weight);
    if !none || !all || !rungs.is_empty() {
        return;
    }
    let nothing = Point::Value(Amount { number: Number::ZERO, unit: Unit::bare() });
    let stretch = Stretch { upper: Some(end(nothing, true, true)), ..Stretch::default() };
    let words = state.words.as_str().to_owned();
    about.push(About::Count(noun.to_owned()));
    rungs.push(Rung { shape: Shape::Within(stretch), award: state.award.clone(), words });
    states.clear();
}
