//! Conditions on a number: from where to where, in figures or in terms of the target.

use crate::base::Number;
use crate::notation::Unit;

use super::award::Side;

/// A figure with its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// The figure in `unit`.
    pub number: Number,
    /// Its unit; bare when none is written.
    pub unit: Unit,
}

/// A place on the measured scale.
#[derive(Debug, Clone, PartialEq)]
pub enum Point {
    /// A figure.
    Value(Amount),
    /// The target.
    Target,
    /// So much of the target: 目标值的80% is 0.8.
    OfTarget(Number),
    /// So far above or below the target: percentage points on a rate, a percentage of the target on an amount.
    Beyond(Side, Amount),
}

/// One end of a span.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// Where.
    pub at: Point,
    /// Whether the point itself belongs to the span.
    pub inclusive: bool,
}

/// A stretch of the measured scale; an end that is missing is open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Span {
    /// The lower end.
    pub lower: Option<Bound>,
    /// The upper end.
    pub upper: Option<Bound>,
}

/// A condition on the measured number.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// Within the span.
    Within(Span),
    /// Not within the span (≠100%, 上下浮动超过10%).
    Outside(Span),
    /// The target is met: not below a floor, not above a ceiling, not after a deadline.
    Meets,
    /// The target is missed.
    Misses,
}

impl Span {
    /// Only the point itself.
    pub fn exactly(at: Point) -> Self {
        let end = Bound { at, inclusive: true };
        Self { lower: Some(end.clone()), upper: Some(end) }
    }

    /// From the point on.
    pub fn from(at: Point, inclusive: bool) -> Self {
        Self { lower: Some(Bound { at, inclusive }), upper: None }
    }

    /// Up to the point.
    pub fn up_to(at: Point, inclusive: bool) -> Self {
        Self { lower: None, upper: Some(Bound { at, inclusive }) }
    }
}
