//! 任务85%及以上 and 不足85%: the figure repeats the share of the target. 达到计划的100%，90%-100%，90%以下 of 1500户: so do all rates, where
//! what is measured is none.

use crate::base::Number;
use crate::criterion::grammar::condition::{Shape, figure};
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::{Rung, stretches};
use crate::notation::Notation;
use crate::rule::{Point, Subject};
use crate::words::list;

pub(super) fn shares_of_target(
    target: Option<&Notation>,
    subject: &Subject,
    rungs: &mut [Rung],
    steps: &mut Option<StepsDraft>,
) {
    let mut shares: Vec<Number> = Vec::new();
    for s in stretches(rungs) {
        for e in [&s.lower, &s.upper].into_iter().flatten() {
            if let Point::OfTarget(share) = &e.at {
                shares.push(*share);
            }
        }
    }
    let amount =
        target.and_then(Notation::quantity).is_some_and(|t| !t.unit.is_ratio() && t.fraction.is_none());
    let rate = matches!(subject, Subject::Named(name)
        if list::RATE_OF_TARGET_ENDS.ends(name));
    let all = amount && !rate && !shares.is_empty();
    let own = steps.as_mut().and_then(|s| s.own.as_mut());
    for rung in rungs.iter_mut().chain(own) {
        let (Shape::Within(s) | Shape::Outside(s)) = &mut rung.shape else { continue };
        for e in [&mut s.lower, &mut s.upper].into_iter().flatten() {
            if let Point::Value(a) = &e.at
                && a.unit.is_ratio()
                && let Some(share) = figure(&e.at).filter(|n| all || shares.contains(n))
            {
                e.at = Point::OfTarget(share);
            }
        }
    }
}
