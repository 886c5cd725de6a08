//! 前3名得满分，4-8名得3分; 第1名得满分，每下降1名扣1分: beside places in a ranking, 名 counts places and no people, and to fall is
//! to count higher.

use crate::base::Number;
use crate::criterion::Context;
use crate::criterion::grammar::condition::figure;
use crate::criterion::grammar::steps::{Counts, StepClause};
use crate::criterion::meaning::draft::{StepsDraft, refuse};
use crate::criterion::meaning::rungs::{Rung, stretches};
use crate::notation::{Notation, Sign, Unit};
use crate::rule::{Point, Refusal};
use crate::words::list;

pub(super) fn ranking(
    context: &Context,
    names: &mut Vec<String>,
    rungs: &mut [Rung],
    steps: &mut Option<StepsDraft>,
) -> Result<(), Refusal> {
    let indicator = context.indicator;
    let ends = |rungs: &mut [Rung], test: fn(&Unit) -> bool| {
        stretches(rungs)
            .flat_map(|s| [s.lower.clone(), s.upper.clone()])
            .flatten()
            .any(|end| matches!(&end.at, Point::Value(amount) if test(&amount.unit)))
    };
    let ranked = ends(rungs, Unit::is_place);
    let is_rank = |text: &str| list::RANKING_NAMES.within(text);
    let by_rank = is_rank(indicator) || names.iter().any(|name| is_rank(name));
    let stepped = steps.as_ref().is_some_and(|s| is_place(&s.clause));
    if !ranked && !(by_rank && (stepped || ends(rungs, placed))) {
        return Ok(());
    }
    if ["提升", "上升", "进步", "前进", "提高", "下降"].iter().any(|change| indicator.contains(change))
    {
        return refuse(indicator, "指标是名次的变化，评分标准说的是名次，无法确定");
    }
    let sign = context.target.and_then(Notation::quantity).and_then(|target| target.sign);
    if sign.is_some_and(Sign::is_floor) {
        return refuse(indicator, "指标值要求的数越大越好，名次却是越小越好，无法确定");
    }
    // 比重为0不得分: a rate is no place, so nothing is called so.
    names.retain(|name| !list::RATE_ENDS.ends(name));
    for s in stretches(rungs) {
        for e in [&mut s.lower, &mut s.upper].into_iter().flatten() {
            if let Point::Value(a) = &mut e.at
                && placed(&a.unit)
            {
                a.unit = Unit::place();
            }
        }
    }
    if let Some(steps) = steps.as_mut().filter(|s| is_place(&s.clause)) {
        let clause = &mut steps.clause;
        clause.size.unit = Unit::place();
        clause.noun.clear();
        // To fall is to count higher.
        clause.counts = match clause.counts {
            Counts::Below => Counts::Above,
            Counts::Above if clause.adds => Counts::Below,
            other => other,
        };
        if let Some(Point::Value(a)) = &mut clause.from {
            a.unit = Unit::place();
        }
    }
    // 4-8名，9名以后: the ninth place is meant, or it would be in neither.
    let lasts: Vec<Number> =
        stretches(rungs).filter_map(|s| figure(&s.upper.as_ref()?.at)?.plus(Number::ONE)).collect();
    for s in stretches(rungs) {
        if let (Some(e), None) = (&mut s.lower, &s.upper) {
            e.inclusive |= figure(&e.at).is_some_and(|n| lasts.contains(&n));
        }
    }
    Ok(())
}

fn placed(unit: &Unit) -> bool {
    matches!(unit.word.as_str(), "名" | "位" | "名次" | "位次")
}

/// Whether a step is so many places: 1名, 一位, 1个名次.
fn is_place(clause: &StepClause) -> bool {
    placed(&clause.size.unit) || ["名次", "位次"].contains(&clause.noun.as_str())
}
