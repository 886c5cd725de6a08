//! 提前10天以上得4分，按期得2分: beside what is earned for being early, in time is what is left up to the day itself.

use crate::base::Number;
use crate::criterion::grammar::condition::{About, End, Shape, Stretch, day, end, figure};
use crate::criterion::meaning::rungs::Rung;
use crate::rule::{Amount, Point};

pub(super) fn early(about: &[About], rungs: &mut [Rung]) {
    let late = about.iter().all(|one| matches!(one, About::Lateness(_)));
    let is_early = |r: &Rung| {
        r.stretch()
            .is_some_and(|s| s.upper.as_ref().and_then(|e| figure(&e.at)).is_some_and(|n| n <= Number::ZERO))
    };
    if !late || !rungs.iter().any(is_early) {
        return;
    }
    let last: Option<End> = rungs
        .iter()
        .filter(|r| is_early(r))
        .filter_map(|r| r.stretch()?.upper.clone())
        .max_by_key(|e| (figure(&e.at), e.inclusive));
    let Some(last) = last else { return };
    for rung in rungs.iter_mut().filter(|r| r.shape == Shape::Meets) {
        let zero = Point::Value(Amount { number: Number::ZERO, unit: day() });
        let from = End { inclusive: !last.inclusive, firm: true, yields: false, at: last.at.clone() };
        let (lower, upper) = (Some(from), Some(end(zero, true, true)));
        rung.shape = Shape::Within(Stretch { lower, upper, ..Stretch::default() });
    }
}
