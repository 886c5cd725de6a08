//! A bound that two rungs share is given to one of them, where the text decides it; where it does not, both claim it (or
//! none), and the rule refuses that very input.

use crate::base::Number;
use crate::criterion::grammar::condition::{End, is_count};
use crate::criterion::meaning::rungs::{Rung, place, points_of, same_place};
use crate::notation::{Dimension, Unit};
use crate::rule::Point;

pub(super) fn shared_bounds(rungs: &mut [Rung]) {
    let ends: Vec<(usize, bool, End, bool)> = rungs
        .iter()
        .enumerate()
        .filter(|(_, r)| !r.is_point())
        .filter_map(|(at, r)| r.stretch().map(|s| (at, s)))
        .flat_map(|(at, s)| {
            let lower = s.lower.clone().map(|e| (at, true, e, s.bare));
            let upper = s.upper.clone().map(|e| (at, false, e, s.bare));
            [lower, upper].into_iter().flatten()
        })
        .collect();
    let points: Vec<Point> = rungs
        .iter()
        .filter(|r| r.is_point())
        .filter_map(|r| r.stretch().and_then(|s| s.lower.as_ref()).map(|e| e.at.clone()))
        .collect();
    let lowest: Vec<(Number, bool)> = ends
        .iter()
        .filter(|(_, is_lower, ..)| *is_lower)
        .filter_map(|(_, _, e, _)| place(&e.at).map(|(_, n)| (n, e.inclusive)))
        .chain(points.iter().filter_map(|at| place(at).map(|(_, n)| (n, true))))
        .collect();
    // 1-3天，4-7天: whole days, each rung from the day after the one before.
    let one_by_one = ends.iter().any(|(_, is_lower, e, bare)| {
        let next = match &e.at {
            Point::Value(a) if *bare && !*is_lower && is_counted(&a.unit) => {
                place(&e.at).and_then(|(_, n)| n.plus(a.unit.factor))
            }
            _ => None,
        };
        next.is_some_and(|next| lowest.iter().any(|(n, _)| *n == next))
    });
    let ladder = rungs.iter().any(is_decided);
    let both_named = both_named(&ends, rungs.iter().any(tells_its_end) || !points.is_empty());
    let worth: Vec<Option<Number>> = rungs.iter().map(|r| points_of(&r.award, None)).collect();
    let worth = |at: usize| worth.get(at).copied().flatten();
    for (at, rung) in rungs.iter_mut().enumerate() {
        if rung.is_point() {
            continue;
        }
        let Some(stretch) = rung.stretch_mut() else { continue };
        let bare = stretch.bare;
        for is_lower in [true, false] {
            let end = if is_lower { &mut stretch.lower } else { &mut stretch.upper };
            let Some(end) = end.as_mut().filter(|e| !e.firm) else { continue };
            if bare && both_named.contains(&end.at) {
                end.inclusive = true;
                continue;
            }
            if points.iter().any(|p| same_place(p, &end.at)) {
                end.inclusive = false; // 100%得满分；90%-100%得8分
                continue;
            }
            let facing = ends.iter().filter(|(other, lower, e, _)| {
                *other != at && *lower != is_lower && same_place(&e.at, &end.at)
            });
            for (other, lower, its_end, other_bare) in facing {
                let claimed = its_end.firm && its_end.inclusive;
                // 90%以下 gives way to 90%-95%; 5%以下得5分 beside 5%-10%得3分 is the better of two that both name 5%.
                let better = matches!((worth(at), worth(*other)), (Some(a), Some(b)) if a > b);
                // 5次以下得1分，5至10次得2分，10次以上得3分: whole things are named by both. In 5-9次，10次以上 they
                // follow one another.
                let whole = !ladder && !one_by_one && matches!(&end.at, Point::Value(a) if is_count(&a.unit));
                if claimed || (end.yields && *lower && *other_bare && !better && !whole) {
                    end.inclusive = false;
                }
            }
            // 3-5天得3分，5天以上不得分: where more is worse, the day that both name is not given to the worse.
            let counted = matches!(&end.at, Point::Value(a)
                if is_counted(&a.unit) || a.unit.dimension == Dimension::Months);
            let worse =
                |other: usize| counted && matches!((worth(other), worth(at)), (Some(a), Some(b)) if a < b);
            let shared = ends.iter().any(|(other, lower, e, other_bare)| {
                *other != at
                    && *lower
                    && !e.firm
                    && !*other_bare
                    && worse(*other)
                    && same_place(&e.at, &end.at)
            });
            if !is_lower && bare && shared {
                end.inclusive = true;
            }
            if !is_lower && bare {
                end.inclusive = end.inclusive || upper_belongs(&end.at, &lowest, one_by_one);
            }
        }
    }
}

/// ≥95%, 80%(含)-90%, 低于60%: of one of its ends it is said whether it belongs to it.
fn is_decided(rung: &Rung) -> bool {
    rung.stretch()
        .is_some_and(|s| !rung.is_point() && [&s.lower, &s.upper].into_iter().flatten().any(|end| end.firm))
}

/// 80%(含)-90%: of a range it is said whether one of its ends belongs to it, or of all there is (100%得5分) that it is no part of
/// the range below. That 95% belongs to ≥95% says nothing of 85% between 85%-95% and 75%-85%.
fn tells_its_end(rung: &Rung) -> bool {
    let all = |end: &End| {
        matches!(&end.at, Point::Value(amount) if amount.unit.is_ratio())
            && place(&end.at).is_some_and(|(_, at)| at == Number::ONE)
    };
    rung.stretch().is_some_and(|s| {
        [&s.lower, &s.upper].into_iter().flatten().any(|end| end.firm && (s.bare || all(end)))
    })
}

/// 95%以上，90%-95%，80%-90%，80%以下: of a ladder of which no rung says what belongs to it nothing says to which of two a bound
/// belongs that both name.
/// 90%-100%，80%-90%，80%及以下: who writes 80% into both of two rungs in so many words writes 90% into both, too. Each of
/// them has it then, and that very input is refused.
fn both_named(ends: &[(usize, bool, End, bool)], told: bool) -> Vec<Point> {
    let bare = |lower: bool| ends.iter().filter(move |(_, low, e, bare)| *low == lower && *bare && !e.firm);
    let shared: Vec<Point> = bare(true)
        .filter(|(at, _, low, _)| bare(false).any(|(o, _, high, _)| o != at && same_place(&low.at, &high.at)))
        .map(|(_, _, low, _)| low.at.clone())
        .collect();
    let claimed = ends.iter().filter(|(_, low, e, bare)| !*low && !*bare && e.firm && e.inclusive);
    let begun = claimed.filter(|(_, _, e, _)| bare(true).any(|(_, _, low, _)| same_place(&low.at, &e.at)));
    let begun: Vec<Point> = begun.map(|(_, _, e, _)| e.at.clone()).collect();
    let open = !shared.is_empty() && (!told || !begun.is_empty());
    if open { shared.into_iter().chain(begun).collect() } else { Vec::new() }
}

/// The upper end of a bare range belongs to it where no other rung has it (1-3次得3分，其余不得分), and where things
/// are counted one by one: 3次 in 1-3次, where the next rung begins at 4次.
fn upper_belongs(at: &Point, others: &[(Number, bool)], one_by_one: bool) -> bool {
    let Point::Value(amount) = at else { return false };
    let Some((_, here)) = place(at) else { return false };
    let begins = others.iter().any(|(lowest, inclusive)| *lowest == here && *inclusive);
    if is_counted(&amount.unit) && one_by_one {
        return true; // where another begins there, both have it
    }
    !begins
}

/// Whether the unit counts whole things.
fn is_counted(unit: &Unit) -> bool {
    is_count(unit) || unit.dimension == Dimension::Time || unit.dimension == Dimension::Workdays
}
