//! Whose a shared bound is, and how one-sided rungs of a ladder limit each other.

use crate::base::{Number, Weight};
use crate::notation::{Dimension, Unit};
use crate::rule::{Award, Point, Side};

use super::condition::{End, Shape, Stretch, is_count};

/// A condition with its award, bounds still as written.
#[derive(Debug, Clone)]
pub(super) struct Rung {
    pub(super) shape: Shape,
    pub(super) award: Award,
    pub(super) words: String,
}

impl Rung {
    fn stretch(&self) -> Option<&Stretch> {
        match &self.shape {
            Shape::Within(s) => Some(s),
            _ => None,
        }
    }

    fn stretch_mut(&mut self) -> Option<&mut Stretch> {
        match &mut self.shape {
            Shape::Within(s) => Some(s),
            _ => None,
        }
    }

    /// Whether the stretch is one point.
    fn is_point(&self) -> bool {
        self.stretch().is_some_and(|s| {
            s.lower.is_some() && s.lower.as_ref().map(|e| &e.at) == s.upper.as_ref().map(|e| &e.at)
        })
    }
}

/// Where points can be compared without knowing the target: a family, and a place in it.
#[derive(PartialEq, Clone)]
pub(super) enum Scale {
    /// Figures of one dimension.
    Figures(Dimension),
    /// Shares of the target, or distances from it.
    Target,
}

pub(super) fn place(point: &Point) -> Option<(Scale, Number)> {
    match point {
        Point::Value(a) => Some((Scale::Figures(a.unit.dimension.clone()), a.number.times(a.unit.factor)?)),
        Point::Target => Some((Scale::Target, Number::ONE)),
        Point::OfTarget(share) => Some((Scale::Target, *share)),
        Point::Beyond(side, a) if a.unit.is_ratio() => {
            let by = a.number.times(a.unit.factor)?;
            let at = if *side == Side::Below { Number::ONE.minus(by)? } else { Number::ONE.plus(by)? };
            Some((Scale::Target, at))
        }
        Point::Beyond(..) => None,
    }
}

/// Gives every bound that two rungs share to one of them, where the text decides it; where it does not, both
/// claim it (or none), and the rule refuses that very input.
pub(super) fn settle_bounds(rungs: &mut [Rung]) {
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
                if claimed || (end.yields && *lower && *other_bare && !better) {
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

fn same_place(a: &Point, b: &Point) -> bool {
    let nothing = |p: &Point| matches!(p, Point::Value(amount) if amount.number.is_zero());
    a == b || (nothing(a) && nothing(b)) || matches!((place(a), place(b)), (Some(x), Some(y)) if x == y)
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

/// One-sided rungs of a ladder (95%以上, 90%以上, 80%以上) each end where the next better one begins. Only where
/// they stand in order and their awards rise or fall with them.
pub(super) fn nest(rungs: &mut [Rung], weight: Option<Weight>) {
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
    let ratio = crate::notation::Unit::percent().dimension;
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

/// The points of an award that depend on nothing but the weight; awards in terms of the weight compare without it.
pub(super) fn points_of(award: &Award, weight: Option<Weight>) -> Option<Number> {
    let weight = weight.map(Weight::number);
    match award {
        Award::Full => weight.or(Some(Number::from(1_000_000))),
        Award::Points(n) => Some(*n),
        Award::Share(r) => weight?.times(r.number()),
        Award::Less(n) => weight.unwrap_or(Number::from(1_000_000)).minus(*n),
        Award::LessShare(r) => weight?.times(Number::ONE.minus(r.number())?),
        Award::Rate(_) | Award::Steps(_) | Award::Line(_) => None,
    }
}

/// Whether a unit can be that of a fault count.
pub(super) fn is_fault_unit(unit: &Unit) -> bool {
    unit.is_bare() || is_count(unit)
}
