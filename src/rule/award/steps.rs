//! So many points for every step away from a threshold: 每降低1个百分点扣0.5分, 每超出1%扣1分, 每增加1场加1分.

use std::fmt::Write as _;

use crate::base::{Number, Ratio};
use crate::expr::{Expr, Var, guard, join, whole_steps_down, whole_steps_up};

use crate::notation::Dimension;
use crate::rule::measure::{Measure, Measurement, Resolved};
use crate::rule::reason::{against, apart, earned, figure, limit, place, points, words};
use crate::rule::span::{Amount, Point};
use crate::rule::words::{amount, percent};
use crate::rule::{Partial, Refusal, Rounding, Words};

use super::{Applying, AwardKind, Family};

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

/// What steps come to.
struct Walk {
    /// Where they begin.
    from: Resolved,
    /// How far the number is from there.
    distance: Expr,
    /// What all steps are worth, without a limit.
    points: Expr,
}

impl Steps {
    /// The score's expression over the measured number.
    fn score(&self, on: &Measurement, rounding: Option<Rounding>) -> Result<Expr, Refusal> {
        let Walk { mut points, .. } = self.walk(on)?;
        if let Some(most) = self.most {
            points = points.min(most);
        }
        let base = self.base.map_or(Expr::Var(Var::Weight), Expr::from);
        let mut total = if self.adds { base.plus(points) } else { base.minus(points) };
        if let Some(cap) = self.cap {
            total = total.min(cap);
        }
        Ok(Rounding::score(rounding, total.min(Var::Weight).max(0)))
    }

    fn walk(&self, on: &Measurement) -> Result<Walk, Refusal> {
        let from = on.resolve(&self.from, self.words.as_str())?;
        let x = || on.x.clone();
        let distance = match self.side {
            Side::Below => from.expr.clone().minus(x()),
            Side::Above => x().minus(from.expr.clone()),
            Side::Either => x().minus(from.expr.clone()).max(from.expr.clone().minus(x())),
        };
        // 低于目标值80%的，每低1个百分点: points of the rate of completion, of which 80% is one.
        let points = matches!(self.from, Point::OfTarget(_)) && self.size.unit.word.contains("百分点");
        if self.size.unit.is_ratio()
            && !points
            && !on.unit.is_ratio()
            && on.target.as_ref().map(|t| t.value) != Some(from.value)
        {
            let why = "按百分比扣分的基数不是指标值，无法确定";
            return Err(Refusal::new(self.words.as_str(), why, "请核对评分标准和指标值。"));
        }
        let size = on.length(&self.size, self.words.as_str())?;
        self.whole_steps(on, &from)?;
        let worth = |steps: Expr| match self.per {
            Per::Points(p) => steps.times(p),
            Per::Share(r) => steps.times(r.number()).times(Var::Weight),
        };
        // Multiply before dividing, so that doubles and decimals agree.
        let steps = || distance.clone().over(size.clone());
        let points = match self.partial {
            Partial::Proportional => worth(distance.clone().max(0)).over(size),
            Partial::Up => worth(whole_steps_up(steps()).max(0)),
            Partial::Down => worth(whole_steps_down(steps()).max(0)),
        };
        Ok(Walk { from, distance, points })
    }

    /// 每培训20人得1分 with 90人: whether the last ten count is not said.
    fn whole_steps(&self, on: &Measurement, from: &Resolved) -> Result<(), Refusal> {
        let counted =
            matches!(self.size.unit.dimension, Dimension::Count(_)) && self.size.number > Number::ONE;
        let from_nothing = self.adds && self.base == Some(Number::ZERO) && from.value.is_zero();
        if !counted || !from_nothing || self.partial != Partial::Proportional {
            return Ok(());
        }
        let steps = self
            .size
            .number
            .times(self.size.unit.factor)
            .and_then(|size| on.value.times(on.unit.factor)?.over(size));
        if steps.is_some_and(|steps| steps.round(8) == steps.round(0)) {
            return Ok(());
        }
        let why = format!("不足{}的部分怎样计分，没有写明", amount(&self.size));
        Err(Refusal::new(self.words.as_str(), why, "请由评审人员打分，或在评分标准中写明。"))
    }

    /// What a sentence says of the steps: `，低于指标值95%，相差2.6个百分点，每低1个百分点扣0.5分`.
    fn said(&self, measure: &Measure, on: &Measurement) -> Result<Expr, Refusal> {
        let Walk { from, distance, points: due } = self.walk(on)?;
        let far = self.far(measure, on, &from, &distance);
        let base = match self.base.filter(|base| !base.is_zero()) {
            Some(base) => join([words("，基础分"), points(base)]),
            None => words(""),
        };
        let rule = words(&self.rule(measure, on));
        let end = if self.adds { join([words("，计"), earned()]) } else { limit(due, self.most) };
        Ok(join([far, base, rule, end]))
    }

    /// How far the number is from where steps begin; a fact that is itself a distance has said so.
    fn far(&self, measure: &Measure, on: &Measurement, from: &Resolved, distance: &Expr) -> Expr {
        if *measure != Measure::Value && from.value.is_zero() {
            return words("");
        }
        let at = place(on, &self.from, from.expr.clone());
        let far = || {
            let far = apart(distance.clone(), &on.unit);
            // 每超1%: the distance in percent, too.
            match on.target.as_ref().filter(|_| self.size.unit.is_ratio() && !on.unit.is_ratio()) {
                Some(target) => {
                    let share = distance.clone().times(100).over(target.expr.clone());
                    join([far, words("（"), figure(share), words("%）")])
                }
                None => far,
            }
        };
        let said = match self.side {
            Side::Below => join([against(on, true, at), words("，相差"), far()]),
            Side::Above => join([against(on, false, at), words("，超出"), far()]),
            Side::Either => return join([words("，与"), at, words("相差"), far()]),
        };
        guard(distance.clone()).above(0).choose(said, words(""))
    }

    /// The rule in words: `，每低1个百分点扣0.5分，不足1个百分点的不计`.
    fn rule(&self, measure: &Measure, on: &Measurement) -> String {
        let length = match self.size.number.times(self.size.unit.factor).and_then(|n| n.times(100.into())) {
            Some(percent) if self.size.unit.is_ratio() && on.unit.is_ratio() => format!("{percent}个百分点"),
            _ => amount(&self.size),
        };
        let things = !on.unit.is_ratio() && !self.size.unit.is_ratio();
        let way = match (measure, self.side) {
            (Measure::Lateness(_), _) => "逾期",
            (Measure::Count(_), _) => "发现",
            (Measure::Missing, _) => "缺少",
            (Measure::Deviation { .. }, _) => "偏离",
            (Measure::Value, Side::Below) if things => "少",
            (Measure::Value, Side::Below) => "低",
            (Measure::Value, Side::Above) if self.adds => "增加",
            (Measure::Value, Side::Above) => "超",
            (Measure::Value, Side::Either) => "偏离",
        };
        let sign = if self.adds { "加" } else { "扣" };
        let worth = match self.per {
            Per::Points(n) => format!("{n}分"),
            Per::Share(r) => format!("分值的{}", percent(r.number())),
        };
        let rest = match self.partial {
            Partial::Proportional => String::new(),
            Partial::Up => format!("，不足{length}的按{length}计"),
            Partial::Down => format!("，不足{length}的不计"),
        };
        format!("，每{way}{length}{sign}{worth}{rest}")
    }
}

/// Points by steps.
pub(super) static FAMILY: Family = Family {
    name: "steps",
    samples: &[
        "达到目标值得满分，每降低1个百分点扣0.5分，扣完为止",
        "按时完成得满分，每逾期1天扣1分，最多扣5分",
        "每发现1起投诉扣1分，扣完为止",
        "完成率≥90%得5分，每提高1个百分点加1分，最高得10分",
    ],
};

impl AwardKind for Steps {
    fn family(&self) -> &'static Family {
        &FAMILY
    }

    fn reading(&self, measure: &Measure) -> String {
        let mut text = String::new();

        // 每举办1期得1分 begins at nothing, which is said by what it is counted from.
        if let Some(base) = self.base.filter(|base| !base.is_zero()) {
            let _ = write!(text, "得基础分{base}分，");
        }
        let (side, sign) = match (self.side, self.adds) {
            (Side::Below, _) => ("降低", if self.adds { "加" } else { "扣" }),
            (Side::Above, true) => ("增加", "加"),
            (Side::Above, false) => ("超出", "扣"),
            (Side::Either, _) => ("偏离", if self.adds { "加" } else { "扣" }),
        };
        let length = amount(&self.size);
        let worth = match self.per {
            Per::Points(n) => format!("{n}分"),
            Per::Share(r) => format!("分值的{}", percent(r.number())),
        };
        if let (Measure::Count(_), Point::Value(free)) = (measure, &self.from)
            && let Some(first) = free.number.plus(Number::ONE).filter(|_| !free.number.is_zero())
        {
            let _ = write!(text, "从第{first}{}起", free.unit.word);
        }
        let _ = match measure {
            Measure::Value => write!(text, "比{}每{side}{length}{sign}{worth}", self.from.reading()),
            Measure::Lateness(_) => write!(text, "每逾期{length}{sign}{worth}"),
            Measure::Count(of) => write!(text, "每发现{length}{of}{sign}{worth}"),
            Measure::Missing => write!(text, "每缺少{length}{sign}{worth}"),
            Measure::Deviation { .. } => {
                write!(text, "偏离目标值比{}每{side}{length}{sign}{worth}", self.from.reading())
            }
        };
        match self.partial {
            Partial::Proportional => {}
            Partial::Up => {
                let _ = write!(text, "，不足{length}的按{length}计算");
            }
            Partial::Down => {
                let _ = write!(text, "，不足{length}的不计");
            }
        }
        if let Some(most) = self.most {
            let _ = write!(text, "，最多{sign}{most}分");
        }
        if let Some(cap) = self.cap {
            let _ = write!(text, "，最高得{cap}分");
        }
        if !self.adds && self.most.is_none() {
            text.push_str("，扣完为止");
        }
        text
    }

    fn exceeds(&self, weight: Number) -> bool {
        [self.base, self.cap].into_iter().flatten().any(|n| n > weight)
    }

    fn best(&self, weight: Number) -> Option<Number> {
        if !self.adds {
            return Some(self.base.unwrap_or(weight));
        }
        // Without an end, steps lead up to the weight.
        let end = self.most.map(|most| self.base.unwrap_or(weight).plus(most));
        let end = end.map_or(Some(weight), |end| end)?;
        Some(self.cap.map_or(end, |cap| cap.min(end)).min(weight))
    }

    fn expr(&self, of: Applying) -> Result<Expr, Refusal> {
        self.score(of.on, of.rule.rounding)
    }

    fn reason(&self, of: Applying) -> Result<Expr, Refusal> {
        self.said(&of.rule.measure, of.on)
    }

    fn words(&self) -> Option<&Words> {
        Some(&self.words)
    }
}
