//! Conditions with their bounds in the measured unit, as a test for a formula and as stretches of numbers.

use crate::base::Number;
use crate::expr::{Expr, Func, Value, guard};

use super::Refusal;
use super::measure::Measurement;
use super::span::{Point, Span, When};

/// A condition with its bounds in the measured unit.
pub(super) struct Condition {
    pub(super) expr: Expr,
    pub(super) pieces: Vec<Interval>,
}

pub(super) type End = Option<(Number, bool)>;

/// A stretch of numbers: lower and upper end, each with whether it belongs to it.
#[derive(Clone, Copy)]
pub(super) struct Interval {
    pub(super) lower: End,
    pub(super) upper: End,
}

impl Interval {
    pub(super) fn contains(&self, x: Number) -> bool {
        self.lower.is_none_or(|(at, inclusive)| x > at || (inclusive && x == at))
            && self.upper.is_none_or(|(at, inclusive)| x < at || (inclusive && x == at))
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let meets = |lower: End, upper: End| match (lower, upper) {
            (Some((a, a_in)), Some((b, b_in))) => a < b || (a == b && a_in && b_in),
            _ => true,
        };
        meets(self.lower, other.upper) && meets(other.lower, self.upper)
    }
}

pub(super) fn condition(when: &When, on: &Measurement, words: &str) -> Result<Condition, Refusal> {
    let cap = on.direction.cap;
    let met = |inclusive: bool, below: bool| {
        if below { Span::up_to(Point::Target, inclusive) } else { Span::from(Point::Target, inclusive) }
    };
    match when {
        When::Within(span) => within(span, on, words),
        When::Meets => within(&met(true, cap), on, words),
        When::Misses => within(&met(false, !cap), on, words),
        When::Outside(span) => {
            let inside = within(span, on, words)?;
            let mut pieces = Vec::new();
            for piece in inside.pieces {
                pieces.extend(piece.lower.map(|(at, inc)| Interval { lower: None, upper: Some((at, !inc)) }));
                pieces.extend(piece.upper.map(|(at, inc)| Interval { lower: Some((at, !inc)), upper: None }));
            }
            Ok(Condition { expr: Expr::call(Func::Not, [inside.expr]), pieces })
        }
    }
}

pub(super) fn within(span: &Span, on: &Measurement, words: &str) -> Result<Condition, Refusal> {
    let mut tests = Vec::new();
    let mut piece = Interval { lower: None, upper: None };
    if let Some(bound) = &span.lower {
        let at = on.resolve(&bound.at, words)?;
        piece.lower = Some((at.value.round(8), bound.inclusive));
        let x = guard(on.x.clone());
        tests.push(if bound.inclusive { x.at_least(guard(at.expr)) } else { x.above(guard(at.expr)) });
    }
    if let Some(bound) = &span.upper {
        let at = on.resolve(&bound.at, words)?;
        piece.upper = Some((at.value.round(8), bound.inclusive));
        let x = guard(on.x.clone());
        tests.push(if bound.inclusive { x.at_most(guard(at.expr)) } else { x.below(guard(at.expr)) });
    }
    let expr = match tests.len() {
        0 => Expr::Const(Value::Bool(true)),
        1 => tests.remove(0),
        _ => Expr::Call(Func::And, tests),
    };
    Ok(Condition { expr, pieces: vec![piece] })
}
