//! 节约率≥0得满分，每超支1个百分点扣1分: what is overspent is how far what is saved lies below nothing.

use crate::base::Number;
use crate::criterion::grammar::condition::{End, Shape, Stretch, figure};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::Rung;
use crate::rule::Point;

pub(super) fn overspent_savings(
    indicator: &str,
    names: &[String],
    rungs: &[Rung],
    steps: &mut Option<StepsDraft>,
) {
    let saved = |name: &str| name.ends_with("节约率") || name.ends_with("节支率");
    if !names.iter().map(String::as_str).chain([indicator]).any(saved) {
        return;
    }
    let from_nothing = rungs.iter().all(|rung| {
        rung.stretch().is_some_and(|s| {
            s.upper.is_none() && s.lower.as_ref().and_then(|e| figure(&e.at)).is_some_and(Number::is_zero)
        })
    });
    let nothing = rungs.iter().find_map(|rung| rung.stretch()?.lower.clone());
    if let Some(steps) = steps.as_mut().filter(|s| s.words.contains("超支"))
        && let Some(nothing) = nothing
        && from_nothing
        && steps.own.as_ref().is_none_or(is_overspent)
        && steps.clause.counts == Counts::Above
        && !steps.clause.adds
    {
        steps.clause.counts = Counts::Below;
        if let Some(own) = &mut steps.own {
            let below = End { inclusive: false, firm: true, yields: false, ..nothing };
            own.shape = Shape::Within(Stretch { upper: Some(below), ..Stretch::default() });
        }
    }
}

/// 超支的, <0的: when more was spent than planned.
fn is_overspent(own: &Rung) -> bool {
    own.stretch().is_some_and(|s| match (&s.lower, &s.upper) {
        (Some(low), None) => low.at == Point::Target && !low.inclusive,
        (None, Some(high)) => figure(&high.at).is_some_and(Number::is_zero) && !high.inclusive,
        _ => false,
    })
}
