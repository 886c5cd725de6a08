//! What a condition earns, one family of awards a file: its type, its expression, its reasons, its canonical words and
//! sentences of it.

mod fixed;
pub(in crate::rule) mod judged;
mod line;
mod proportion;
mod steps;

pub use self::line::{Knot, Line};
pub use self::proportion::Proportion;
pub use self::steps::{Per, Side, Steps};

use self::fixed::{Full, Less, LessShare, Points, Share};
use self::judged::Judged;
use crate::base::{Number, Ratio, Weight};
use crate::expr::Expr;

use super::graded::Graded;
use super::measure::{Measure, Measurement};
use super::reason::words;
use super::{IndicatorFacts, Refusal, Words};

/// Points, in one of the ways criteria state them.
#[derive(Debug, Clone, PartialEq)]
pub enum Award {
    /// 得满分
    Full,
    /// 得N分
    Points(Number),
    /// 得分值的N%
    Share(Ratio),
    /// 扣N分
    Less(Number),
    /// 扣分值的N%
    LessShare(Ratio),
    /// 按比例得分
    Rate(Proportion),
    /// 每…扣/加…
    Steps(Box<Steps>),
    /// 按直线内插法得分
    Line(Box<Line>),
    /// 酌情扣分
    Judged,
}

/// A family of awards.
#[derive(Debug, PartialEq, Eq)]
pub struct Family {
    /// Its name.
    pub name: &'static str,
    /// Criteria that give points so.
    pub samples: &'static [&'static str],
}

/// All families of awards.
pub const FAMILIES: &[&Family] = &[
    // A line each, so that one more changes no other.
    &fixed::FAMILY,
    &proportion::FAMILY,
    &steps::FAMILY,
    &line::FAMILY,
    &judged::FAMILY,
];

/// What an award is applied to.
#[derive(Clone, Copy)]
pub(super) struct Applying<'a> {
    /// The rule that gives it.
    pub(super) rule: &'a Graded,
    /// What was measured.
    pub(super) on: &'a Measurement,
    /// The facts.
    pub(super) facts: &'a IndicatorFacts<'a>,
    /// The criterion's words for it.
    pub(super) words: &'a str,
}

/// What every family of awards says of an award.
pub(super) trait AwardKind {
    /// The family.
    fn family(&self) -> &'static Family;
    /// The canonical words, which the criterion room reads back as the same award.
    fn reading(&self, measure: &Measure) -> String;
    /// Whether it names more points than there are.
    fn exceeds(&self, weight: Number) -> bool;
    /// The most that it can give; `None` beyond the exact range.
    fn best(&self, weight: Number) -> Option<Number>;
    /// The score's expression.
    fn expr(&self, of: Applying) -> Result<Expr, Refusal>;
    /// What a sentence says of it, where the points depend on the number.
    fn reason(&self, of: Applying) -> Result<Expr, Refusal>;
    /// Whether the points depend on the measured number.
    fn moves(&self) -> bool {
        true
    }
    /// The points, where they depend on nothing but the weight.
    fn fixed(&self, _weight: Number) -> Option<Number> {
        None
    }
    /// The score's expression, where it depends on nothing but the weight.
    fn fixed_expr(&self) -> Option<Expr> {
        None
    }
    /// What a sentence says of it, where the points depend on nothing but the weight. Nothing of one that only takes off.
    fn fixed_reason(&self) -> Expr {
        words("")
    }
    /// Its own words of the criterion, where it has any.
    fn words(&self) -> Option<&Words> {
        None
    }
}

impl Award {
    /// 不得分
    pub const ZERO: Self = Self::Points(Number::ZERO);

    /// Asks the award's family: the one place that knows all of them.
    pub(super) fn ask<R>(&self, ask: impl FnOnce(&dyn AwardKind) -> R) -> R {
        match self {
            Self::Full => ask(&Full),
            Self::Points(n) => ask(&Points(*n)),
            Self::Share(r) => ask(&Share(*r)),
            Self::Less(n) => ask(&Less(*n)),
            Self::LessShare(r) => ask(&LessShare(*r)),
            Self::Rate(proportion) => ask(proportion),
            Self::Steps(steps) => ask(&**steps),
            Self::Line(line) => ask(&**line),
            Self::Judged => ask(&Judged),
        }
    }

    /// The award's family.
    pub fn family(&self) -> &'static Family {
        self.ask(|kind| kind.family())
    }

    /// Whether the points depend on the measured number.
    pub(crate) fn moves(&self) -> bool {
        self.ask(|kind| kind.moves())
    }

    /// The points where they depend on nothing but the weight.
    pub(crate) fn fixed_of(&self, weight: Number) -> Option<Number> {
        self.ask(|kind| kind.fixed(weight))
    }

    /// The points where they depend on nothing but the weight.
    pub(super) fn fixed(&self, weight: Weight) -> Option<Number> {
        self.fixed_of(weight.number())
    }

    /// The score's expression where it depends on nothing but the weight.
    pub(super) fn fixed_expr(&self) -> Option<Expr> {
        self.ask(|kind| kind.fixed_expr())
    }

    /// The most that it can give; `None` beyond the exact range.
    pub(super) fn best(&self, weight: Weight) -> Option<Number> {
        self.ask(|kind| kind.best(weight.number()))
    }

    /// What a sentence says of it where the points depend on nothing but the weight.
    pub(super) fn fixed_reason(&self) -> Expr {
        self.ask(|kind| kind.fixed_reason())
    }

    /// The canonical words.
    pub(super) fn reading(&self, measure: &Measure) -> String {
        self.ask(|kind| kind.reading(measure))
    }
}

/// The best that a rule gives is less than the weight.
pub(super) fn too_few(words: &str, best: Number, weight: Weight) -> Refusal {
    let why = format!("按读到的评分标准最高只能得{}分，与分值{weight}分不符", best.round(2));
    Refusal::new(words, why, "请核对评分标准与分值；评分标准含有几项内容的，请由评审人员打分。")
}
