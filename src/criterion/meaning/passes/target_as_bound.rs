//! 达到目标值 beside rungs that begin at shares of the target, or at distances from it, is a rung like them.

use crate::criterion::grammar::condition::{Shape, Stretch, end};
use crate::criterion::meaning::rungs::{Rung, stretches};
use crate::rule::{Point, Side};

pub(super) fn target_as_bound(rungs: &mut [Rung]) {
    let mut shares = false;
    let mut above = false;
    let mut figures = false;
    for s in stretches(rungs) {
        for e in [&s.lower, &s.upper].into_iter().flatten() {
            match &e.at {
                Point::OfTarget(_) | Point::Beyond(Side::Below, _) => shares = true,
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
