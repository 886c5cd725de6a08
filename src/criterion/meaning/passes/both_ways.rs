//! 达到目标得8分，每高1个百分点加0.5分，每低1个百分点扣0.5分: steps up and steps down from one place.

use crate::base::Weight;
use crate::criterion::meaning::draft::{Draft, refuse};
use crate::criterion::meaning::rungs::points_of;
use crate::rule::Refusal;

use super::Known;
use super::place_steps::{View, place_steps};
use super::two_ways_down::{from_either_end, two_ways_down};

pub(super) fn both_ways(draft: &mut Draft, known: Known) -> Result<(), Refusal> {
    from_either_end(draft)?;
    let Some(also) = draft.also.take() else { return Ok(()) };
    let Some(first) = draft.steps.take() else { return Ok(()) };
    if !also.clause.adds && !first.clause.adds {
        return two_ways_down(draft, [first, also], known);
    }
    let (adds, takes) = if also.clause.adds { (also, first) } else { (first, also) };
    let weight = known.context.weight;
    let mut paying =
        draft.rungs.iter().filter(|rung| points_of(&rung.award, weight).is_none_or(|n| !n.is_zero()));
    let base = match (paying.next(), paying.next()) {
        (Some(only), None) => points_of(&only.award, weight),
        _ => None,
    };
    let (Some(base), Some(all)) = (base, weight.map(Weight::number)) else {
        return refuse(&adds.words, "加分和扣分从哪里算起，没有写明");
    };
    if base == all {
        // Points beyond all of them are none, where the text says so.
        if !draft.up_to_full && adds.cap != Some(all) {
            return refuse(&adds.words, "已得满分，不能再加分");
        }
        draft.steps = Some(takes);
        return Ok(());
    }
    draft.bonus_base.take_if(|said| *said == base);
    let rungs = draft.rungs.clone();
    let view = View { measure: &draft.measure, bases: &draft.bases, context: known.context };
    place_steps(view, &mut Some(adds), &mut draft.rungs, &mut draft.otherwise, &mut draft.bonus_base)?;
    let mut below = rungs.clone();
    place_steps(view, &mut Some(takes), &mut below, &mut draft.otherwise, &mut draft.bonus_base)?;
    draft.rungs.extend(below.drain(rungs.len()..));
    Ok(())
}
