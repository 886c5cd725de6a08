//! Points along a straight line between two places: 得分=（完成率-60%）/（1-60%）×分值, 按直线内插法计分.

use crate::base::{Number, Weight};
use crate::expr::{Expr, Var, join};

use crate::rule::measure::{HINT_TARGET, Measure, Measurement};
use crate::rule::reason::{earned, words};
use crate::rule::span::Point;
use crate::rule::{IndicatorFacts, Refusal, Rounding, Words};

use super::{Applying, AwardKind, Family};

/// A place on the measured scale and the points earned there.
#[derive(Debug, Clone, PartialEq)]
pub struct Knot {
    /// Where.
    pub at: Point,
    /// The points there; `None` for the weight.
    pub points: Option<Number>,
}

/// Points that change evenly from one place to another, and stay what they are beyond both.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where it begins.
    pub from: Knot,
    /// Where it ends.
    pub to: Knot,
    /// The criterion's words.
    pub words: Words,
}

impl Knot {
    fn expr(&self) -> Expr {
        self.points.map_or(Expr::Var(Var::Weight), Expr::from)
    }

    fn value(&self, weight: Weight) -> Number {
        self.points.unwrap_or_else(|| weight.number())
    }
}

impl Line {
    /// Whether more earns more, as far as the text alone says.
    pub(in crate::rule) fn rises(&self) -> bool {
        let figure = |at: &Point| match at {
            Point::Value(amount) => amount.number.times(amount.unit.factor),
            _ => None,
        };
        let more = match (figure(&self.from.at), figure(&self.to.at)) {
            (Some(a), Some(b)) => b > a,
            _ => true,
        };
        let gains = match (self.from.points, self.to.points) {
            (Some(a), Some(b)) => b > a,
            (_, None) => true,
            (None, _) => false,
        };
        more == gains
    }

    /// What a sentence says of it: `，60%得0分、100%得满分，之间按直线内插法计7.5分`.
    fn said(&self) -> Expr {
        let knot = |knot: &Knot| {
            let points = knot.points.map_or_else(|| "满分".to_owned(), |n| format!("{n}分"));
            format!("{}得{points}", knot.at.reading())
        };
        let ends = format!("，{}、{}，之间按直线内插法计", knot(&self.from), knot(&self.to));
        join([words(&ends), earned()])
    }

    /// The score's expression over the measured number.
    fn score(
        &self,
        on: &Measurement,
        facts: &IndicatorFacts,
        rounding: Option<Rounding>,
    ) -> Result<Expr, Refusal> {
        let refuse = |why: &str| Err(Refusal::new(self.words.as_str(), why, HINT_TARGET));
        let (from, to) =
            (on.resolve(&self.from.at, self.words.as_str())?, on.resolve(&self.to.at, self.words.as_str())?);
        let (start, end) = (self.from.value(facts.weight), self.to.value(facts.weight));
        if from.value == to.value || start == end {
            return refuse("内插的两端是同一个数，无法计算");
        }
        let rises = (to.value > from.value) == (end > start);
        if rises == on.direction.cap {
            return refuse("得分随实际完成值变化的方向与指标值相反");
        }
        let (low, high) = if end > start { (&self.from, &self.to) } else { (&self.to, &self.from) };
        // Multiply before dividing, so that doubles and decimals agree.
        let way = on.x.clone().minus(from.expr.clone());
        let whole = to.expr.minus(from.expr);
        let points = if self.from.points == Some(Number::ZERO) {
            way.times(self.to.expr()).over(whole)
        } else {
            self.from.expr().plus(way.times(self.to.expr().minus(self.from.expr())).over(whole))
        };
        let points = points.min(high.expr()).max(low.expr()).min(Var::Weight).max(0);
        Ok(Rounding::score(rounding, points))
    }
}

/// Points along a straight line.
pub(super) static FAMILY: Family = Family {
    name: "line",
    samples: &["完成率≥90%得满分，60%以下不得分，之间按直线内插法计分", "得分=（完成率-60%）/（1-60%）×分值"],
};

impl AwardKind for Line {
    fn family(&self) -> &'static Family {
        &FAMILY
    }

    fn reading(&self, _: &Measure) -> String {
        let knot = |knot: &Knot| {
            let points = knot.points.map_or_else(|| "满分".to_owned(), |n| format!("{n}分"));
            format!("{}得{points}", knot.at.reading())
        };
        format!("按直线内插法得分（{}，{}）", knot(&self.from), knot(&self.to))
    }

    fn exceeds(&self, weight: Number) -> bool {
        [self.from.points, self.to.points].into_iter().flatten().any(|n| n > weight)
    }

    fn best(&self, weight: Number) -> Option<Number> {
        [&self.from, &self.to].into_iter().map(|knot| knot.points.unwrap_or(weight)).max()
    }

    fn expr(&self, of: Applying) -> Result<Expr, Refusal> {
        self.score(of.on, of.facts, of.rule.rounding)
    }

    fn reason(&self, _of: Applying) -> Result<Expr, Refusal> {
        Ok(self.said())
    }

    fn words(&self) -> Option<&Words> {
        Some(&self.words)
    }
}
