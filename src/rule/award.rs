//! What a condition earns.

use crate::base::{Number, Ratio, Weight};
use crate::expr::{Expr, Var, score};

use super::{Amount, Line, Refusal, Steps};

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
}

/// Points in proportion to a rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Proportion {
    /// The points that rate 1 earns; `None` for the weight.
    pub base: Option<Number>,
    /// The rate's own name (完成率, 到位率), where the text multiplies a rate by points; `None` for 按(完成)比例,
    /// which is actual over target.
    pub rate: Option<String>,
    /// The figure the rate is divided by (满意度/90%), where the text names one.
    pub over: Option<Amount>,
}

impl Award {
    /// 不得分
    pub const ZERO: Self = Self::Points(Number::ZERO);

    /// Whether the points depend on the measured number.
    pub(crate) fn moves(&self) -> bool {
        matches!(self, Self::Rate(_) | Self::Steps(_) | Self::Line(_))
    }

    /// The points where they depend on nothing but the weight.
    pub(super) fn fixed(&self, weight: Weight) -> Option<Number> {
        let weight = weight.number();
        match self {
            Self::Full => Some(weight),
            Self::Points(n) => Some(*n),
            Self::Share(r) => weight.times(r.number()),
            Self::Less(n) => weight.minus(*n),
            Self::LessShare(r) => weight.times(Number::ONE.minus(r.number())?),
            Self::Rate(_) | Self::Steps(_) | Self::Line(_) => None,
        }
    }

    /// The most that it can give; `None` beyond the exact range.
    pub(super) fn best(&self, weight: Weight) -> Option<Number> {
        let all = weight.number();
        match self {
            Self::Rate(proportion) => Some(proportion.base.unwrap_or(all)),
            Self::Line(line) => {
                [&line.from, &line.to].into_iter().map(|knot| knot.points.unwrap_or(all)).max()
            }
            Self::Steps(steps) if steps.adds => {
                // Without an end, steps lead up to the weight.
                let end = steps.most.map(|most| steps.base.unwrap_or(all).plus(most));
                let end = end.map_or(Some(all), |end| end)?;
                Some(steps.cap.map_or(end, |cap| cap.min(end)).min(all))
            }
            Self::Steps(steps) => Some(steps.base.unwrap_or(all)),
            fixed => fixed.fixed(weight),
        }
    }

    /// The score's expression where it depends on nothing but the weight.
    pub(super) fn fixed_expr(&self) -> Option<Expr> {
        let weight = Expr::Var(Var::Weight);
        let points = match self {
            Self::Full => weight,
            Self::Points(n) => return Some((*n).into()),
            Self::Share(r) => weight.times(r.number()),
            Self::Less(n) => weight.minus(*n).max(0),
            Self::LessShare(r) => weight.times(Number::ONE.minus(r.number())?),
            Self::Rate(_) | Self::Steps(_) | Self::Line(_) => return None,
        };
        Some(score(points))
    }
}

/// The best that a rule gives is less than the weight.
pub(super) fn too_few(words: &str, best: Number, weight: Weight) -> Refusal {
    let why = format!("按读到的评分标准最高只能得{}分，与分值{weight}分不符", best.round(2));
    Refusal::new(words, why, "请核对评分标准与分值；评分标准含有几项内容的，请由评审人员打分。")
}
