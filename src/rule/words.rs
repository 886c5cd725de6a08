//! Words of criteria, and how figures and places are written in canonical sentences.

use crate::base::Number;
use crate::expr::Expr;

use super::award::Side;
use super::span::{Amount, Bound, Point, Span};

/// Words of a criterion. They explain a rule but do not make it another one: any two are equal.
#[derive(Debug, Clone, Default)]
pub struct Words(String);

impl Words {
    /// No words.
    pub const fn empty() -> Self {
        Self(String::new())
    }

    /// These words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartialEq for Words {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The mark of an item, counted from 0: ① to ⑳, then （21）.
pub(crate) fn mark(at: usize) -> String {
    u32::try_from(at)
        .ok()
        .filter(|at| *at < 20)
        .and_then(|at| char::from_u32(u32::from('①').saturating_add(at)))
        .map_or_else(|| format!("（{}）", at.saturating_add(1)), String::from)
}

pub(super) fn amount(amount: &Amount) -> String {
    format!("{}{}", amount.number, amount.unit.word)
}

/// Shares that are no decimals are so many parts of at most this many.
const MOST_PARTS: u32 = 100;

/// A share that is no decimal (two thirds) as so many parts of so many; `None` where it is one.
pub(super) fn parts_of(share: Number) -> Option<(Number, Number)> {
    let parts = |of: u32| {
        let of = Number::from(of);
        let count = share.times(of)?.round(8);
        (count.over(of) == Some(share)).then_some((count, of))
    };
    if share.round(8) == share { None } else { (2..=MOST_PARTS).find_map(parts) }
}

/// So much of a number: what is no decimal is multiplied and divided, as nobody could write it down.
pub(super) fn share_of(whole: Expr, share: Number) -> Expr {
    match parts_of(share) {
        Some((count, of)) => whole.times(count).over(of),
        None => whole.times(share),
    }
}

pub(super) fn percent(share: Number) -> String {
    match parts_of(share) {
        Some((count, of)) => format!("{count}/{of}"),
        None => format!("{}%", share.times(Number::from(100)).unwrap_or_default()),
    }
}

fn point(at: &Point) -> String {
    match at {
        Point::Value(a) => amount(a),
        Point::Target => "目标值".to_owned(),
        Point::OfTarget(share) => format!("目标值的{}", percent(*share)),
        Point::Beyond(Side::Below, a) => format!("目标值以下{}处", amount(a)),
        Point::Beyond(_, a) => format!("目标值以上{}处", amount(a)),
    }
}

impl Point {
    /// The place in words.
    pub(super) fn reading(&self) -> String {
        point(self)
    }
}

impl Span {
    /// The stretch in words.
    pub(super) fn reading(&self) -> String {
        span(self)
    }
}

fn lower(bound: &Bound) -> String {
    format!("{}{}", if bound.inclusive { "不低于" } else { "高于" }, point(&bound.at))
}

fn upper(bound: &Bound) -> String {
    format!("{}{}", if bound.inclusive { "不高于" } else { "低于" }, point(&bound.at))
}

/// A distance from the target in words: 比目标值低4%（含）至8%（不含）.
fn distance(span: &Span) -> Option<String> {
    let beyond = |end: &Option<Bound>| match end {
        Some(Bound { at: Point::Beyond(side, by), inclusive }) => Some((*side, amount(by), *inclusive)),
        _ => None,
    };
    let belongs = |inclusive: bool| if inclusive { "（含）" } else { "（不含）" };
    let at_target = |end: &Option<Bound>| matches!(end, Some(Bound { at: Point::Target, inclusive: false }));
    let side = beyond(&span.lower).or_else(|| beyond(&span.upper))?.0;
    let (near, far) =
        if side == Side::Below { (&span.upper, &span.lower) } else { (&span.lower, &span.upper) };
    let than = if side == Side::Below { "比目标值低" } else { "比目标值高" };
    match (beyond(near), beyond(far)) {
        (Some((_, a, a_in)), Some((_, b, b_in))) => {
            Some(format!("{than}{a}{}至{b}{}", belongs(a_in), belongs(b_in)))
        }
        (Some((_, a, inclusive)), None) if far.is_none() => {
            Some(format!("{than}{a}{}以上", belongs(inclusive)))
        }
        (None, Some((_, b, inclusive))) if at_target(near) => {
            Some(format!("{than}{b}{}以内", belongs(inclusive)))
        }
        _ => None,
    }
}

pub(super) fn span(span: &Span) -> String {
    if let Some(distance) = distance(span) {
        return distance;
    }
    match (&span.lower, &span.upper) {
        (Some(a), Some(b)) if a == b => format!("等于{}", point(&a.at)),
        (Some(a), Some(b)) => format!("{}且{}", lower(a), upper(b)),
        (Some(a), None) => lower(a),
        (None, Some(b)) => upper(b),
        (None, None) => "任何情况".to_owned(),
    }
}
