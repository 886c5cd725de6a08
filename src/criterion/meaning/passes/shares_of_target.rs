//! 任务85%及以上 and 不足85%: the figure repeats the share of the target.

use crate::base::Number;
use crate::criterion::grammar::condition::{Shape, figure};
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::{Rung, stretches};
use crate::rule::Point;

pub(super) fn shares_of_target(rungs: &mut [Rung], steps: &mut Option<StepsDraft>) {
    let mut shares: Vec<Number> = Vec::new();
    for s in stretches(rungs) {
        for e in [&s.lower, &s.upper].into_iter().flatten() {
            if let Point::OfTarget(share) = &e.at {
                shares.push(*share);
            }
        }
    }
    let own = steps.as_mut().and_then(|s| s.own.as_mut());
    for rung in rungs.iter_mut().chain(own) {
        let (Shape::Within(s) | Shape::Outside(s)) = &mut rung.shape else { continue };
        for e in [&mut s.lower, &mut s.upper].into_iter().flatten() {
            if let Point::Value(a) = &e.at
                && a.unit.is_ratio()
                && let Some(share) = figure(&e.at).filter(|n| shares.contains(n))
            {
                e.at = Point::OfTarget(share);
            }
        }
    }
}
