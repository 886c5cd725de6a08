//! 未达到目标值的，每低1%扣0.1分: nothing is taken where the target is met.

use crate::criterion::grammar::condition::Shape;
use crate::criterion::meaning::draft::Said;
use crate::criterion::meaning::rungs::Rung;
use crate::rule::Award;

pub(super) fn full_when_met(rungs: &[Rung], otherwise: &mut Option<Said>) {
    if otherwise.is_none()
        && let [only] = rungs
        && only.shape == Shape::Misses
        && matches!(&only.award, Award::Steps(s) if !s.adds && s.base.is_none())
    {
        *otherwise = Some((Award::Full, only.words.clone()));
    }
}
