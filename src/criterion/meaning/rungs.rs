//! Rungs of a ladder: conditions with their awards, and where they lie on the scale of what is measured.

use crate::base::{Number, Weight};
use crate::criterion::grammar::condition::{End, Shape, Stretch, is_count};
use crate::notation::{Dimension, Unit};
use crate::rule::{Award, Bound, Point, Side, Span, When};

/// A condition with its award, bounds still as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rung {
    pub(crate) shape: Shape,
    pub(crate) award: Award,
    pub(crate) words: String,
}

impl Rung {
    pub(crate) fn stretch(&self) -> Option<&Stretch> {
        match &self.shape {
            Shape::Within(s) => Some(s),
            _ => None,
        }
    }

    pub(crate) fn stretch_mut(&mut self) -> Option<&mut Stretch> {
        match &mut self.shape {
            Shape::Within(s) => Some(s),
            _ => None,
        }
    }

    /// Whether the stretch is one point.
    pub(crate) fn is_point(&self) -> bool {
        self.stretch().is_some_and(|s| {
            s.lower.is_some() && s.lower.as_ref().map(|e| &e.at) == s.upper.as_ref().map(|e| &e.at)
        })
    }
}

/// The stretches that rungs are about.
pub(crate) fn stretches(rungs: &mut [Rung]) -> impl Iterator<Item = &mut Stretch> {
    rungs.iter_mut().filter_map(|r| match &mut r.shape {
        Shape::Within(s) | Shape::Outside(s) => Some(s),
        _ => None,
    })
}

/// Where points can be compared without knowing the target: a family, and a place in it.
#[derive(PartialEq, Clone)]
pub(crate) enum Scale {
    /// Figures of one dimension.
    Figures(Dimension),
    /// Shares of the target, or distances from it.
    Target,
}

pub(crate) fn place(point: &Point) -> Option<(Scale, Number)> {
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

pub(crate) fn same_place(a: &Point, b: &Point) -> bool {
    let nothing = |p: &Point| matches!(p, Point::Value(amount) if amount.number.is_zero());
    a == b || (nothing(a) && nothing(b)) || matches!((place(a), place(b)), (Some(x), Some(y)) if x == y)
}

/// The points of an award that depend on nothing but the weight; awards in terms of the weight compare without it.
pub(crate) fn points_of(award: &Award, weight: Option<Weight>) -> Option<Number> {
    match (award, weight) {
        (Award::Share(_) | Award::LessShare(_), None) => None,
        _ => award.fixed_of(weight.map_or(Number::from(1_000_000), Weight::number)),
    }
}

/// Whether a unit can be that of a fault count.
pub(crate) fn is_fault_unit(unit: &Unit) -> bool {
    unit.is_bare() || is_count(unit)
}

/// Ends an open stretch of steps where a rung without points begins.
pub(crate) fn limit_by_gates(s: &mut Stretch, side: Side, rungs: &[Rung]) {
    for gate in rungs.iter().filter(|r| r.award == Award::ZERO) {
        let Shape::Within(g) = &gate.shape else { continue };
        let turned = |e: &End| End { inclusive: !e.inclusive, firm: true, yields: false, at: e.at.clone() };
        match (side, &g.lower, &g.upper) {
            (Side::Below, None, Some(upper)) if s.lower.is_none() => s.lower = Some(turned(upper)),
            (Side::Above, Some(lower), None) if s.upper.is_none() => s.upper = Some(turned(lower)),
            _ => {}
        }
    }
}

/// The condition of a settled rung.
pub(crate) fn when(shape: Shape) -> When {
    let bound = |e: End| Bound { at: e.at, inclusive: e.inclusive };
    let span = |s: Stretch| Span { lower: s.lower.map(bound), upper: s.upper.map(bound) };
    match shape {
        Shape::Within(s) => When::Within(span(s)),
        Shape::Outside(s) => When::Outside(span(s)),
        Shape::Meets => When::Meets,
        Shape::Misses | Shape::Contrary { .. } => When::Misses,
    }
}
