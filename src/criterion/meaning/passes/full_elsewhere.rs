//! Where a criterion only takes points (少于任务4%以内扣1分，少4%-8%扣3分), nothing is taken on the good side of all its
//! conditions. Gaps between them stay gaps.

use crate::base::Number;
use crate::criterion::grammar::condition::{End, Shape, Stretch, figure};
use crate::criterion::meaning::draft::Said;
use crate::criterion::meaning::rungs::{Rung, place};
use crate::rule::{Award, StateBand};

pub(super) fn full_elsewhere(states: &[StateBand], otherwise: Option<&Said>, rungs: &mut Vec<Rung>) {
    let steps = |r: &Rung| matches!(&r.award, Award::Steps(s) if !s.adds && s.base.is_none());
    // 低于100%的按比例扣分: all of it is full points.
    let part = |r: &Rung| {
        matches!((&r.award, &r.shape), (Award::Rate(_), Shape::Within(Stretch { upper: Some(e), .. }))
            if figure(&e.at) == Some(Number::ONE) && !e.inclusive)
    };
    let less = |r: &Rung| matches!(r.award, Award::Less(_) | Award::LessShare(_));
    let takes = |r: &Rung| less(r) || steps(r) || part(r) || r.award == Award::ZERO;
    let some = rungs.iter().any(|r| less(r) || steps(r) || part(r));
    if !some || otherwise.is_some() || !rungs.iter().all(takes) || !states.is_empty() {
        return;
    }
    let Some((at, below)) = good_side(rungs) else { return };
    let turned = End { inclusive: !at.inclusive, firm: true, yields: false, at: at.at };
    let stretch = if below {
        Stretch { upper: Some(turned), ..Stretch::default() }
    } else {
        Stretch { lower: Some(turned), ..Stretch::default() }
    };
    let words = rungs.first().map(|r| r.words.clone()).unwrap_or_default();
    rungs.insert(0, Rung { shape: Shape::Within(stretch), award: Award::Full, words });
}

/// The end beyond which no condition of the rungs reaches, and whether the good side is below it.
fn good_side(rungs: &[Rung]) -> Option<(End, bool)> {
    let ends = |lower: bool| -> Option<Vec<(Number, End)>> {
        rungs
            .iter()
            .map(|r| match &r.shape {
                Shape::Within(s) => {
                    let end = if lower { s.lower.clone() } else { s.upper.clone() }?;
                    Some((place(&end.at)?.1, end))
                }
                _ => None,
            })
            .collect()
    };
    match (ends(true), ends(false)) {
        (Some(lowers), None) => lowers.into_iter().min_by_key(|(n, _)| *n).map(|(_, e)| (e, true)),
        (None, Some(uppers)) => uppers.into_iter().max_by_key(|(n, _)| *n).map(|(_, e)| (e, false)),
        _ => None,
    }
}
