//! 按时报送得满分，每迟报1次扣1分: where the times that it came late count, all in time is no such time.

use crate::base::Number;
use crate::criterion::grammar::condition::{About, Shape, Stretch, end};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::grammar::words::STEP_LATE;
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::Rung;
use crate::notation::Unit;
use crate::rule::{Amount, Award, Point};

pub(super) fn late_cases(steps: Option<&StepsDraft>, about: &mut [About], rungs: &mut [Rung]) {
    let Some(steps) = steps.filter(|s| s.clause.counts == Counts::Found && s.own.is_none()) else { return };
    let [only] = rungs else { return };
    let in_time = only.shape == Shape::Meets && only.award == Award::Full;
    let undated = about.iter().all(|one| *one == About::Lateness(None));
    if !in_time || !undated || !STEP_LATE.within(&steps.words) || !steps.clause.noun.is_empty() {
        return;
    }
    let nothing = Point::Value(Amount { number: Number::ZERO, unit: Unit::bare() });
    only.shape = Shape::Within(Stretch { upper: Some(end(nothing, true, true)), ..Stretch::default() });
    for one in about {
        *one = About::Count(String::new());
    }
}
