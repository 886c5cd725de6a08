//! 按时报送得满分，每迟报1次扣1分: where the times that it came late count, all in time is no such time.

use crate::base::{Number, Weight};
use crate::criterion::grammar::condition::{About, Shape, Stretch, end};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::grammar::words::{PUNCTUAL, STEP_LATE};
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::{Rung, points_of};
use crate::notation::Unit;
use crate::rule::{Amount, Award, Point};
use crate::words::list;

pub(super) fn late_cases(
    weight: Option<Weight>,
    steps: Option<&StepsDraft>,
    about: &mut [About],
    rungs: &mut [Rung],
) {
    let Some(steps) = steps.filter(|s| s.clause.counts == Counts::Found && s.own.is_none()) else { return };
    let [only] = rungs else { return };
    let full = points_of(&only.award, weight) == points_of(&Award::Full, weight);
    let in_time = only.shape == Shape::Meets && full;
    let undated = about.iter().all(|one| *one == About::Lateness(None));
    // 每有1个月未按时发放: what is missed by name.
    let noun = steps.clause.noun.as_str();
    let missed = list::DENIALS.strip(noun).is_some_and(|act| PUNCTUAL.begins(act));
    // 每有一个标段延期
    let late = (noun.is_empty() && STEP_LATE.within(&steps.words)) || STEP_LATE.ends(noun);
    if !in_time || !undated || !(late || missed) {
        return;
    }
    let nothing = Point::Value(Amount { number: Number::ZERO, unit: Unit::bare() });
    only.shape = Shape::Within(Stretch { upper: Some(end(nothing, true, true)), ..Stretch::default() });
    for one in about {
        *one = About::Count(String::new());
    }
}
