//! 未达到目标值的按比例得分 beside 低于50%不得分: the floor ends the stretch in which the proportion counts.

use crate::criterion::grammar::condition::Shape;
use crate::criterion::meaning::draft::Said;
use crate::criterion::meaning::rungs::{Rung, limit_by_gates};
use crate::rule::{Award, Side};

pub(super) fn gated_proportion(otherwise: Option<&Said>, general: &mut Option<Said>, rungs: &mut Vec<Rung>) {
    let gates: Vec<Rung> = rungs.iter().filter(|r| r.award == Award::ZERO).cloned().collect();
    for rung in rungs.iter_mut() {
        if let (Award::Rate(_), Shape::Within(s)) = (&rung.award, &mut rung.shape)
            && s.upper.is_some()
        {
            limit_by_gates(s, Side::Below, &gates);
        }
    }
    let meets = rungs.iter().any(|r| r.shape == Shape::Meets);
    let gates = rungs.iter().any(|r| r.award == Award::ZERO && matches!(r.shape, Shape::Within(_)));
    if !meets || !gates || general.is_some() || otherwise.is_some() {
        return;
    }
    let rate = |r: &Rung| r.shape == Shape::Misses && matches!(r.award, Award::Rate(_));
    if let Some(at) = rungs.iter().position(rate) {
        let rung = rungs.remove(at);
        *general = Some((rung.award, rung.words));
    }
}
