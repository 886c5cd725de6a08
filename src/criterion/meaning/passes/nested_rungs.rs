//! One-sided rungs of a ladder (95%以上, 90%以上, 80%以上) each end where the next better one begins. Only where they stand
//! in order and their awards rise or fall with them.

use crate::base::{Number, Weight};
use crate::criterion::grammar::condition::End;
use crate::criterion::meaning::rungs::{Rung, Scale, place, points_of};
use crate::notation::Unit;
use crate::rule::Point;

pub(super) fn nested_rungs(rungs: &mut [Rung], weight: Option<Weight>) {
    for lower_ends in [true, false] {
        nest_side(rungs, lower_ends, weight);
    }
}

fn nest_side(rungs: &mut [Rung], lower_ends: bool, weight: Option<Weight>) {
    let one_sided = |r: &Rung| {
        let s = r.stretch()?;
        let (this, other) = if lower_ends { (&s.lower, &s.upper) } else { (&s.upper, &s.lower) };
        if other.is_some() { None } else { this.clone() }
    };
    let mut group: Vec<(usize, End, Option<Number>)> = Vec::new();
    for (at, rung) in rungs.iter().enumerate() {
        if let Some(end) = one_sided(rung) {
            group.push((at, end, points_of(&rung.award, weight)));
        }
    }
    if group.len() < 2 {
        return;
    }
    // The target is the place of full points; figures of the other rungs lie below a floor and above a ceiling.
    let keyed: Option<Vec<(usize, End, Number, Number)>> = group
        .iter()
        .map(|(at, end, points)| {
            let (_, place) = place(&end.at)?;
            Some((*at, end.clone(), place, (*points)?))
        })
        .collect();
    let scales: Vec<Scale> = group.iter().filter_map(|(_, e, _)| place(&e.at).map(|(s, _)| s)).collect();
    // 完成目标的100%, 完成90%以上: beside a share of the target, percentages are shares too (the rule refuses a rate
    // whose target is not all of it).
    let ratio = Unit::percent().dimension;
    let shares = group.iter().any(|(_, e, _)| matches!(e.at, Point::OfTarget(_)))
        && scales.iter().all(|s| matches!(s, Scale::Target) || *s == Scale::Figures(ratio.clone()));
    let one_scale = shares || scales.windows(2).all(|pair| pair.first() == pair.last());
    let mut keyed = match keyed {
        Some(keyed) if one_scale => keyed,
        Some(keyed) if lower_ends => match target_last(keyed) {
            Some(keyed) => keyed,
            None => return,
        },
        _ => return,
    };
    let places: Vec<Number> = keyed.iter().map(|k| k.2).collect();
    let rising = places.windows(2).all(|p| p.first() < p.last());
    let falling = places.windows(2).all(|p| p.first() > p.last());
    if !rising && !falling {
        return;
    }
    if falling {
        keyed.reverse();
    }
    let worth: Vec<Number> = keyed.iter().map(|k| k.3).collect();
    let up = worth.windows(2).all(|p| p.first() < p.last());
    let down = worth.windows(2).all(|p| p.first() > p.last());
    if !up && !down {
        return;
    }
    // Rising places: a lower end is limited by the next one above, an upper end by the one below.
    for pair in keyed.windows(2) {
        let [a, b] = pair else { continue };
        let (limited, by) = if lower_ends { (a, b) } else { (b, a) };
        let limit = End { at: by.1.at.clone(), inclusive: !by.1.inclusive, firm: true, yields: false };
        if let Some(stretch) = rungs.get_mut(limited.0).and_then(Rung::stretch_mut) {
            if lower_ends {
                stretch.upper = Some(limit);
            } else {
                stretch.lower = Some(limit);
            }
        }
    }
}

/// The one rung at the target earns most and comes after all figures.
fn target_last(mut keyed: Vec<(usize, End, Number, Number)>) -> Option<Vec<(usize, End, Number, Number)>> {
    let most = keyed.iter().map(|k| k.3).max()?;
    let top = Number::from(u32::MAX);
    let mut targets = 0_u32;
    for key in &mut keyed {
        if key.1.at == Point::Target {
            targets = targets.saturating_add(1);
            if key.3 != most {
                return None;
            }
            key.2 = top;
        } else if !matches!(key.1.at, Point::Value(_)) {
            return None;
        }
    }
    (targets == 1).then_some(keyed)
}
