//! 完成任务得满分，完成率低于80%不得分 under 30公里: that the task is done is a rate of all of it, like the bounds beside it.

use crate::base::Number;
use crate::criterion::grammar::condition::{Shape, Stretch, end};
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::Rung;
use crate::notation::{Notation, Unit};
use crate::rule::{Amount, Point, Subject};
use crate::words::list;

pub(super) fn task_as_rate(
    target: Option<&Notation>,
    subject: &Subject,
    rungs: &mut [Rung],
    steps: &mut Option<StepsDraft>,
) {
    let amount =
        target.and_then(Notation::quantity).is_some_and(|t| !t.unit.is_ratio() && t.fraction.is_none());
    let rate = matches!(subject, Subject::Named(name) if list::RATES_OF_COMPLETION.ends(name));
    if !amount || !rate {
        return;
    }
    let own = steps.as_ref().and_then(|steps| steps.own.as_ref());
    let mut bounds = 0_u32;
    let plain = rungs.iter().chain(own).all(|rung| match &rung.shape {
        Shape::Meets | Shape::Misses => true,
        Shape::Within(s) => [&s.lower, &s.upper].into_iter().flatten().all(|e| {
            bounds = bounds.saturating_add(1);
            matches!(&e.at, Point::Value(a) if a.unit.is_ratio())
        }),
        _ => false,
    });
    if !plain || bounds == 0 {
        return;
    }
    let own = steps.as_mut().and_then(|steps| steps.own.as_mut());
    let whole = || Point::Value(Amount { number: Number::from(100), unit: Unit::percent() });
    for rung in rungs.iter_mut().chain(own) {
        let stretch = match rung.shape {
            Shape::Meets => Stretch { lower: Some(end(whole(), true, true)), ..Stretch::default() },
            Shape::Misses => Stretch { upper: Some(end(whole(), false, true)), ..Stretch::default() },
            _ => continue,
        };
        rung.shape = Shape::Within(stretch);
    }
}
