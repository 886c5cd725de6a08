//! 达到目标值 beside rungs that begin at shares of the target, or at distances from it, is a rung like them.

use crate::base::Weight;
use crate::criterion::grammar::condition::{End, Shape, Stretch, end};
use crate::criterion::meaning::rungs::{Rung, points_of, stretches};
use crate::rule::{Point, Side};

/// Whether what lies beyond the target by so much earns full points, and more than the target: the more the better.
fn rewarded(rungs: &[Rung], weight: Option<Weight>) -> bool {
    let worth = |rung: &Rung| points_of(&rung.award, weight);
    let beyond = |rung: &Rung| {
        rung.stretch().is_some_and(|s| {
            s.upper.is_none() && matches!(&s.lower, Some(End { at: Point::Beyond(Side::Above, _), .. }))
        })
    };
    let met = rungs.iter().filter(|rung| rung.shape == Shape::Meets).filter_map(worth).max();
    rungs.iter().filter(|rung| beyond(rung)).filter_map(worth).max() > met && met.is_some()
}

pub(super) fn target_as_bound(weight: Option<Weight>, rungs: &mut [Rung]) {
    let rewarded = rewarded(rungs, weight);
    let mut shares = false;
    let mut above = false;
    let mut figures = false;
    for s in stretches(rungs) {
        for e in [&s.lower, &s.upper].into_iter().flatten() {
            match &e.at {
                Point::OfTarget(_) | Point::Beyond(Side::Below, _) => shares = true,
                Point::Beyond(..) if rewarded => shares = true,
                Point::Beyond(..) => above = true,
                Point::Value(_) => figures = s.upper.is_none() || figures,
                Point::Target => {}
            }
        }
    }
    let floor = (shares || figures) && !above;
    for rung in rungs {
        if rung.shape == Shape::Meets && (floor || above) && !(shares && above) {
            let at = end(Point::Target, true, true);
            let stretch = if floor {
                Stretch { lower: Some(at), ..Stretch::default() }
            } else {
                Stretch { upper: Some(at), ..Stretch::default() }
            };
            rung.shape = Shape::Within(stretch);
        }
    }
}
