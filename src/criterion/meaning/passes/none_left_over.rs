//! 无结转结余得4分，结转结余率5%以内得3分: beside rates of what is left over, nothing left is the rate 0.

use crate::base::Number;
use crate::criterion::grammar::condition::{About, End, Shape, Stretch, end};
use crate::criterion::grammar::words::LEFT_OVER;
use crate::criterion::meaning::rungs::Rung;
use crate::notation::Unit;
use crate::rule::{Amount, CARRIED_OVER, Point, StateBand};

pub(super) fn none_left_over(
    names: &[String],
    states: &mut Vec<StateBand>,
    about: &mut Vec<About>,
    rungs: &mut Vec<Rung>,
) {
    let [nothing, ..] = CARRIED_OVER;
    let [state] = states.as_slice() else { return };
    let rate = |name: &String| name.strip_suffix('率').is_some_and(|thing| LEFT_OVER.has(thing));
    let rates = rungs.iter().all(|rung| {
        rung.stretch().is_some_and(|s| {
            [&s.lower, &s.upper]
                .into_iter()
                .flatten()
                .all(|e| matches!(&e.at, Point::Value(a) if a.unit.is_ratio() && a.number > Number::ZERO))
        })
    });
    let of_rates = about.iter().all(|one| *one == About::Value) && names.iter().any(rate);
    if state.label != nothing || rungs.is_empty() || !rates || !of_rates {
        return;
    }
    let zero = || Point::Value(Amount { number: Number::ZERO, unit: Unit::percent() });
    // 5%以内: of what is left.
    for stretch in rungs.iter_mut().filter_map(Rung::stretch_mut).filter(|s| s.lower.is_none()) {
        stretch.lower = Some(end(zero(), false, true));
    }
    for state in std::mem::take(states) {
        let at = || Some(End { at: zero(), inclusive: true, firm: true, yields: false });
        let shape = Shape::Within(Stretch { lower: at(), upper: at(), ..Stretch::default() });
        about.push(About::Value);
        rungs.push(Rung { shape, award: state.award, words: state.words.as_str().to_owned() });
    }
}
