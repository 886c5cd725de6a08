//! 完成率超过100%的，每超1个百分点扣0.5分，不足100%的每低1个百分点扣1分; 75%-90%得满分，超出或低于该区间每1个百分点扣0.5分: steps that take off on both
//! sides of what earns all points.

use crate::criterion::grammar::condition::{End, Shape, Stretch, end, figure};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::meaning::draft::{Draft, StepsDraft, refuse};
use crate::criterion::meaning::rungs::{Rung, same_place};
use crate::rule::{Award, Point, Refusal, Side};

use super::Known;
use super::place_steps::{View, place_steps};

/// Steps from both ends of the one stretch that earns points, as steps from each.
pub(super) fn from_either_end(draft: &mut Draft) -> Result<(), Refusal> {
    let Some(steps) = draft.steps.take_if(|steps| steps.clause.counts == Counts::Outside) else {
        return Ok(());
    };
    let mut paying = draft.rungs.iter().filter(|rung| rung.award != Award::ZERO);
    let ends = match (paying.next().and_then(Rung::stretch), paying.next()) {
        (Some(Stretch { lower: Some(low), upper: Some(high), .. }), None) if low.at != high.at => {
            Some((low.clone(), high.clone()))
        }
        _ => None,
    };
    let (Some((low, high)), None, None) = (ends, &steps.own, &draft.also) else {
        return refuse(&steps.words, "没有写明偏离从区间的哪一头开始计算");
    };
    let beyond = |counts: Counts, shape: Shape| {
        let mut one = steps.clone();
        one.clause.counts = counts;
        one.own = Some(Rung { shape, award: Award::ZERO, words: steps.words.clone() });
        one
    };
    let below = Stretch { upper: Some(turned(&low)), ..Stretch::default() };
    let above = Stretch { lower: Some(turned(&high)), ..Stretch::default() };
    draft.steps = Some(beyond(Counts::Below, Shape::Within(below)));
    draft.also = Some(beyond(Counts::Above, Shape::Within(above)));
    Ok(())
}

/// Both steps in their places, and between them, where nothing is said of it, all points.
pub(super) fn two_ways_down(draft: &mut Draft, both: [StepsDraft; 2], known: Known) -> Result<(), Refusal> {
    let mut bounds: Vec<(Side, End)> = Vec::new();
    let mut placed: Vec<StepsDraft> = Vec::new();
    for mut steps in both {
        let Some(side) = steps.side() else {
            return refuse(&steps.words, "没有写明是高出还是低于");
        };
        if steps.most.is_some() || steps.floor.is_some() || steps.cap.is_some() {
            return refuse(&steps.words, "两边都扣分，最多扣几分说的是哪一边，无法确定");
        }
        let stretch = steps.own.as_ref().and_then(Rung::stretch);
        let said = stretch.and_then(|s| if side == Side::Above { s.lower.clone() } else { s.upper.clone() });
        let from = said.or_else(|| near(&draft.rungs, side));
        let bound =
            from.unwrap_or_else(|| end(steps.clause.from.clone().unwrap_or(Point::Target), false, true));
        let shape = match side {
            Side::Above => Stretch { lower: Some(bound.clone()), ..Stretch::default() },
            _ => Stretch { upper: Some(bound.clone()), ..Stretch::default() },
        };
        let words = steps.own.as_ref().map_or_else(|| steps.words.clone(), |own| own.words.clone());
        steps.own = Some(Rung { shape: Shape::Within(shape), award: Award::ZERO, words });
        steps.clause.counts = if side == Side::Above { Counts::Above } else { Counts::Below };
        bounds.push((side, bound));
        placed.push(steps);
    }
    if draft.rungs.iter().all(|rung| rung.award == Award::ZERO) {
        let of = |side: Side| bounds.iter().find(|(of, _)| *of == side).map(|(_, bound)| turned(bound));
        let (Some(low), Some(high)) = (of(Side::Below), of(Side::Above)) else { return Ok(()) };
        let between = matches!((figure(&low.at), figure(&high.at)), (Some(a), Some(b)) if a < b);
        let words = placed.first().map(|steps| steps.words.clone()).unwrap_or_default();
        if !between && !same_place(&low.at, &high.at) {
            return refuse(&words, "按步计算的起点前后不一致");
        }
        let middle = Stretch { lower: Some(low), upper: Some(high), ..Stretch::default() };
        draft.rungs.insert(0, Rung { shape: Shape::Within(middle), award: Award::Full, words });
    }
    let rungs = draft.rungs.clone();
    let view = View { measure: &draft.measure, bases: &draft.bases, context: known.context };
    for steps in placed {
        let mut own = rungs.clone();
        place_steps(view, &mut Some(steps), &mut own, &mut draft.otherwise, &mut draft.bonus_base)?;
        draft.rungs.extend(own.drain(rungs.len()..));
    }
    Ok(())
}

/// The end, on this side, of the one rung that earns points.
fn near(rungs: &[Rung], side: Side) -> Option<End> {
    let mut paying = rungs.iter().filter(|rung| rung.award != Award::ZERO);
    let only = paying.next().filter(|_| paying.next().is_none())?;
    match (&only.shape, side) {
        (Shape::Within(s), Side::Above) => s.upper.as_ref().map(turned),
        (Shape::Within(s), _) => s.lower.as_ref().map(turned),
        _ => None,
    }
}

fn turned(e: &End) -> End {
    End { at: e.at.clone(), inclusive: !e.inclusive, firm: true, yields: false }
}
