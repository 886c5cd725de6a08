//! 30日内拨付得满分，每迟1天扣0.2分: late is what goes beyond the days that it may take.

use crate::criterion::grammar::condition::{About, is_time};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::Rung;
use crate::rule::Point;

pub(super) fn days_taken(about: &[About], rungs: &[Rung], steps: &mut Option<StepsDraft>) {
    let Some(steps) = steps.as_mut().filter(|s| s.clause.counts == Counts::Late && s.own.is_none()) else {
        return;
    };
    let taken = |rung: &Rung| {
        rung.stretch().is_some_and(|s| {
            s.lower.is_none()
                && s.upper.as_ref().is_some_and(|e| {
                    matches!(&e.at, Point::Value(a) if is_time(&a.unit) && a.unit.comparable(&steps.clause.size.unit))
                })
        })
    };
    if about.iter().all(|one| *one == About::Value) && !rungs.is_empty() && rungs.iter().all(taken) {
        steps.clause.counts = Counts::Above;
    }
}
