//! The number that conditions are about: the actual itself, its share of the target, or days after a deadline.

use crate::base::{Date, Number};
use crate::expr::Expr;
use crate::notation::direction::Undecided;
use crate::notation::{Dimension, Unit};

use super::award::Side;
use super::reason::Tells;
use super::span::{Amount, Point};
use super::{Input, Refusal};

/// What a criterion measures.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Measure {
    /// The actual, or its share of the target where the criterion speaks of rates and the actual is an amount.
    #[default]
    Value,
    /// Days after the deadline: the one the criterion names, or the target.
    Lateness(Option<Date>),
    /// Faults found, of this name where the criterion counts only such (重大隐患); nothing found is 0.
    Count(String),
    /// Things missing: said as such, or target less actual.
    Missing,
    /// How far the actual is from the target, whichever way, as a share of it.
    Deviation {
        /// Whether the criterion gives the formula, so that of rates, too, a share is meant and no points.
        defined: bool,
    },
}

/// What the criterion calls the thing it measures.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Subject {
    /// Nothing: it is the indicator's actual.
    #[default]
    Unnamed,
    /// A name (满意度, 完成率).
    Named(String),
}

/// Names that mean actual over target, whatever the indicator.
const COMPLETION: &[&str] = &[
    "完成率",
    "实际完成率",
    "完成比例",
    "实际完成比例",
    "任务完成率",
    "目标完成率",
    "指标完成率",
    "计划完成率",
    "指标值完成率",
    "目标值完成率",
    "年度目标完成率",
    "完成程度",
    "完成情况",
    "完成度",
    "目标任务完成率",
    "完成系数",
];

impl Subject {
    /// Whether the name means actual over target.
    pub(super) fn is_completion(name: &str) -> bool {
        COMPLETION.contains(&name)
    }
}

/// An expression with the value it has here.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    pub(super) expr: Expr,
    pub(super) value: Number,
}

/// Which way is better, and whether the form says so itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Direction {
    pub(super) cap: bool,
    pub(super) explicit: bool,
    /// Why it may as well be the other way.
    pub(super) open: Option<Undecided>,
}

/// The measured number, its target in the same unit, and the inputs both refer to.
#[derive(Debug, Clone)]
pub(super) struct Measurement {
    pub(super) x: Expr,
    pub(super) value: Number,
    pub(super) target: Option<Resolved>,
    pub(super) unit: Unit,
    pub(super) inputs: Vec<Input>,
    pub(super) direction: Direction,
    pub(super) shown: String,
    /// Whether `x` is already actual over target.
    pub(super) is_share: bool,
    /// What a sentence about it says it is.
    pub(super) tells: Tells,
}

pub(super) const HINT_ACTUAL: &str = "请只写评分标准所问的数和单位，或由评审人员打分。";
pub(super) const HINT_TARGET: &str = "请核对指标值，或由评审人员打分。";

impl Measurement {
    /// A point of a condition as an expression and a value in the measured unit.
    pub(super) fn resolve(&self, point: &Point, words: &str) -> Result<Resolved, Refusal> {
        let beyond_range = || Refusal::new(words, "数值超出可精确计算的范围", HINT_TARGET);
        let target = || {
            self.target.clone().ok_or_else(|| {
                Refusal::new(words, "评分标准以指标值为准，但指标值为空、无法识别或单位不一致", HINT_TARGET)
            })
        };
        match point {
            Point::Value(amount) => {
                let value = self.in_unit(amount, words)?;
                Ok(Resolved { expr: value.into(), value })
            }
            Point::Target => target(),
            Point::OfTarget(share) => {
                let t = target()?;
                let value = t.value.times(*share).ok_or_else(beyond_range)?;
                let is_unit = self.is_share;
                Ok(Resolved { expr: if is_unit { value.into() } else { t.expr.times(*share) }, value })
            }
            Point::Beyond(side, amount) => {
                let t = target()?;
                let by_share = amount.unit.is_ratio() && !self.unit.is_ratio();
                let (by, expr) = if by_share {
                    let share = base_of(amount).ok_or_else(beyond_range)?;
                    (t.value.times(share).ok_or_else(beyond_range)?, t.expr.clone().times(share))
                } else {
                    let by = self.in_unit(amount, words)?;
                    (by, by.into())
                };
                let below = *side == Side::Below;
                let value = if below { t.value.minus(by) } else { t.value.plus(by) };
                let value = value.ok_or_else(beyond_range)?;
                Ok(Resolved { expr: if below { t.expr.minus(expr) } else { t.expr.plus(expr) }, value })
            }
        }
    }

    /// A step's length in the measured unit: percentage points on a rate, a percentage of the target on an
    /// amount, else converted.
    pub(super) fn length(&self, size: &Amount, words: &str) -> Result<Expr, Refusal> {
        if size.unit.is_ratio() && !self.unit.is_ratio() {
            let share =
                base_of(size).ok_or_else(|| Refusal::new(words, "数值超出可精确计算的范围", HINT_TARGET))?;
            let target = self.resolve(&Point::Target, words)?;
            return Ok(target.expr.times(share));
        }
        // 每增加10元 on 元/人: the step is that of the numerator.
        if let Dimension::Per(above, _) = &self.unit.dimension
            && size.unit.dimension == **above
            && let Some(length) = base_of(size).and_then(|n| n.over(self.unit.factor))
            && length.times(self.unit.factor) == base_of(size)
        {
            return Ok(length.into());
        }
        self.in_unit(size, words).map(Expr::from)
    }

    /// 人均成本不超过400元 beside a target of 400元/人: the criterion leaves out what it is for. A total would be far from it.
    fn is_for_each(&self, amount: &Amount) -> bool {
        let Dimension::Per(above, _) = &self.unit.dimension else { return false };
        let target = self.target.as_ref().and_then(|target| target.value.times(self.unit.factor));
        let two = Number::from(2);
        let near = |a: Number, b: Number| a.times(two).is_some_and(|twice| b <= twice);
        let figure = base_of(amount).filter(|_| amount.unit.dimension == **above);
        figure.zip(target).is_some_and(|(figure, target)| near(figure, target) && near(target, figure))
    }

    /// A figure of the criterion in the measured unit.
    fn in_unit(&self, amount: &Amount, words: &str) -> Result<Number, Refusal> {
        let mismatch = || {
            let (a, b) = (unit_name(&amount.unit), unit_name(&self.unit));
            Refusal::new(words, format!("评分标准的单位是{a}，实际完成值的单位是{b}，无法比较"), HINT_ACTUAL)
        };
        let number = if amount.number.is_zero() && (amount.unit.is_bare() || self.unit.is_bare()) {
            Some(Number::ZERO)
        } else if self.unit.is_ratio() {
            if !amount.unit.is_ratio() {
                return Err(mismatch());
            }
            base_of(amount)
        } else if same_kind(&self.unit, &amount.unit) {
            amount.number.times(amount.unit.factor).and_then(|n| {
                let converted = n.over(self.unit.factor)?;
                (converted.times(self.unit.factor)? == n).then_some(converted)
            })
        } else if self.is_for_each(amount) {
            base_of(amount).and_then(|n| {
                let converted = n.over(self.unit.factor)?;
                (converted.times(self.unit.factor)? == n).then_some(converted)
            })
        } else {
            return Err(mismatch());
        };
        number.ok_or_else(mismatch)
    }
}

/// A figure in the base of its dimension: 95% is 0.95.
fn base_of(amount: &Amount) -> Option<Number> {
    amount.number.times(amount.unit.factor)
}

fn unit_name(unit: &Unit) -> String {
    if unit.is_ratio() {
        "百分比".to_owned()
    } else if unit.word.is_empty() {
        "无单位的数".to_owned()
    } else {
        format!("“{}”", unit.word)
    }
}

/// Whether figures of two units may be compared: one dimension, or a bare figure beside counted things.
pub(super) fn same_kind(a: &Unit, b: &Unit) -> bool {
    let counts = |unit: &Unit| matches!(unit.dimension, Dimension::Count(_));
    a.comparable(b) || (a.is_bare() && counts(b)) || (b.is_bare() && counts(a))
}
