//! So many points for every step away from a threshold: 每降低1个百分点扣0.5分, 每超出1%扣1分, 每增加1场加1分.

use crate::base::{Number, Ratio};
use crate::expr::{Expr, Var, score, whole_steps_down, whole_steps_up};

use super::measure::Measurement;
use super::span::{Amount, Point};
use super::{Partial, Refusal, Words};

/// On which side of the threshold the steps are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// 每降低…
    Below,
    /// 每超出…
    Above,
    /// 每偏离…, either way.
    Either,
}

/// What one step is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// So many points.
    Points(Number),
    /// So much of the weight.
    Share(Ratio),
}

/// Points by steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    /// The threshold.
    pub from: Point,
    /// Which side of it.
    pub side: Side,
    /// The length of one step.
    pub size: Amount,
    /// What one step is worth.
    pub per: Per,
    /// Whether steps add points (a bonus) instead of taking them.
    pub adds: bool,
    /// The points at the threshold; `None` for the weight.
    pub base: Option<Number>,
    /// The most that all steps together can take or add.
    pub most: Option<Number>,
    /// The highest score with all bonuses.
    pub cap: Option<Number>,
    /// What happens to a step that is not whole.
    pub partial: Partial,
    /// The criterion's words.
    pub words: Words,
}

impl Steps {
    /// The score's expression over the measured number.
    pub(super) fn expr(&self, on: &Measurement) -> Result<Expr, Refusal> {
        let from = on.resolve(&self.from, self.words.as_str())?;
        let x = || on.x.clone();
        let distance = match self.side {
            Side::Below => from.expr.minus(x()),
            Side::Above => x().minus(from.expr),
            Side::Either => x().minus(from.expr.clone()).max(from.expr.minus(x())),
        };
        if self.size.unit.is_ratio()
            && !on.unit.is_ratio()
            && on.target.as_ref().map(|t| t.value) != Some(from.value)
        {
            let why = "按百分比扣分的基数不是指标值，无法确定";
            return Err(Refusal::new(self.words.as_str(), why, "请核对评分标准和指标值。"));
        }
        let size = on.length(&self.size, self.words.as_str())?;
        let worth = |steps: Expr| match self.per {
            Per::Points(p) => steps.times(p),
            Per::Share(r) => steps.times(r.number()).times(Var::Weight),
        };
        // Multiply before dividing, so that doubles and decimals agree.
        let mut points = match self.partial {
            Partial::Proportional => worth(distance.max(0)).over(size),
            Partial::Up => worth(whole_steps_up(distance.over(size)).max(0)),
            Partial::Down => worth(whole_steps_down(distance.over(size)).max(0)),
        };
        if let Some(most) = self.most {
            points = points.min(most);
        }
        let base = self.base.map_or(Expr::Var(Var::Weight), Expr::from);
        let mut total = if self.adds { base.plus(points) } else { base.minus(points) };
        if let Some(cap) = self.cap {
            total = total.min(cap);
        }
        Ok(score(total.min(Var::Weight).max(0)))
    }
}
