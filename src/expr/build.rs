//! Short names for building expressions, and the rounding guard that makes doubles agree with decimals.

use super::formula::MAX_LITERAL;
use super::{Expr, Func, Op, Value, Var};
use crate::base::Number;

/// Places to which both sides of a comparison are rounded (`docs/design.md`, "Rounding").
const GUARD_PLACES: u32 = 8;
/// Places of a score.
const SCORE_PLACES: u32 = 2;

impl From<Number> for Expr {
    fn from(value: Number) -> Self {
        Self::Const(Value::Number(value))
    }
}

impl From<u32> for Expr {
    fn from(value: u32) -> Self {
        Number::from(value).into()
    }
}

impl From<Var> for Expr {
    fn from(value: Var) -> Self {
        Self::Var(value)
    }
}

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident $op:ident;)*) => {
        impl Expr {
            $($(#[$doc])*
            #[must_use]
            pub fn $name(self, other: impl Into<Expr>) -> Expr {
                Expr::Binary(Op::$op, Box::new(self), Box::new(other.into()))
            })*
        }
    };
}

operators! {
    /// `self + other`.
    plus Add;
    /// `self - other`.
    minus Sub;
    /// `self * other`.
    times Mul;
    /// `self / other`.
    over Div;
    /// `self & other`.
    concat Concat;
    /// `self = other`.
    equals Eq;
    /// `self <> other`.
    differs Ne;
    /// `self < other`.
    below Lt;
    /// `self <= other`.
    at_most Le;
    /// `self > other`.
    above Gt;
    /// `self >= other`.
    at_least Ge;
}

impl Expr {
    /// A text literal.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Const(Value::Text(text.into()))
    }

    /// A function over its arguments.
    pub fn call(func: Func, args: impl IntoIterator<Item = Expr>) -> Self {
        Self::Call(func, args.into_iter().collect())
    }

    /// `IF(self, then, otherwise)`.
    #[must_use]
    pub fn choose(self, then: impl Into<Expr>, otherwise: impl Into<Expr>) -> Self {
        Self::call(Func::If, [self, then.into(), otherwise.into()])
    }

    /// The smaller of two.
    #[must_use]
    pub fn min(self, other: impl Into<Expr>) -> Self {
        Self::call(Func::Min, [self, other.into()])
    }

    /// The larger of two.
    #[must_use]
    pub fn max(self, other: impl Into<Expr>) -> Self {
        Self::call(Func::Max, [self, other.into()])
    }

    /// Rounded half away from zero.
    #[must_use]
    pub fn round(self, places: u32) -> Self {
        Self::call(Func::Round, [self, places.into()])
    }
}

/// One side of a comparison against a threshold: rounded to 8 places, which a literal needs only when it
/// has more.
#[must_use]
pub fn guard(side: impl Into<Expr>) -> Expr {
    match side.into() {
        Expr::Const(Value::Number(n)) => Expr::Const(Value::Number(n.round(GUARD_PLACES))),
        other => other.round(GUARD_PLACES),
    }
}

/// A score: rounded to 8 places first, then to 2.
#[must_use]
pub fn score(points: impl Into<Expr>) -> Expr {
    points.into().round(GUARD_PLACES).round(SCORE_PLACES)
}

/// Whole steps, a remainder ignored (每满…).
#[must_use]
pub fn whole_steps_down(steps: impl Into<Expr>) -> Expr {
    Expr::call(Func::Int, [guard(steps)])
}

/// Whole steps, a remainder counted as a whole one (不足…按…计).
#[must_use]
pub fn whole_steps_up(steps: impl Into<Expr>) -> Expr {
    Expr::Neg(Box::new(Expr::call(Func::Int, [Expr::Neg(Box::new(guard(steps)))])))
}

/// The parts of a text one after another. Literals side by side become one, and none is longer than a formula may have.
#[must_use]
pub fn join(parts: impl IntoIterator<Item = Expr>) -> Expr {
    let mut pieces: Vec<Expr> = Vec::new();
    for part in parts {
        match part {
            Expr::Const(Value::Text(text)) => match pieces.last_mut() {
                Some(Expr::Const(Value::Text(before))) => before.push_str(&text),
                _ => pieces.push(Expr::text(text)),
            },
            other => pieces.push(other),
        }
    }
    let pieces = pieces.into_iter().flat_map(split).collect();
    balanced(pieces)
}

/// A literal cut into pieces that a formula may hold.
fn split(part: Expr) -> Vec<Expr> {
    let Expr::Const(Value::Text(text)) = &part else { return vec![part] };
    let mut pieces = vec![String::new()];
    let mut room = MAX_LITERAL;
    for c in text.chars() {
        let Some(left) = room.checked_sub(c.len_utf16()) else {
            room = MAX_LITERAL.saturating_sub(c.len_utf16());
            pieces.push(c.to_string());
            continue;
        };
        room = left;
        if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    pieces.into_iter().filter(|piece| !piece.is_empty()).map(Expr::text).collect()
}

/// The pieces joined two by two, so that many of them do not nest deep.
fn balanced(mut pieces: Vec<Expr>) -> Expr {
    match pieces.len() {
        0 => Expr::text(""),
        1 => pieces.pop().unwrap_or_else(|| Expr::text("")),
        n => {
            let right = pieces.split_off(n.div_euclid(2));
            balanced(pieces).concat(balanced(right))
        }
    }
}
