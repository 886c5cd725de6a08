//! What points are in proportion to: a rate itself, actual over target, a rate over a figure.

use crate::expr::{Expr, Var, join};

use crate::rule::graded::Graded;
use crate::rule::measure::{HINT_TARGET, Measure, Measurement, Subject};
use crate::rule::reason::{against_target, proportion as said, words};
use crate::rule::span::{Amount, Point, Span, When};
use crate::rule::words::amount;
use crate::rule::{IndicatorFacts, Refusal, Rounding};

use super::{Applying, AwardKind, Family};
use crate::base::Number;
use crate::notation::Notation;
use crate::words::list;

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
    /// The points that are earned in any case (但不低于3分).
    pub least: Option<Number>,
    /// 目标值/实际值: the other way round, of what is the better the less there is of it.
    pub turned: bool,
}

/// Points in proportion.
pub(super) static FAMILY: Family = Family {
    name: "proportion",
    samples: &[
        "按完成比例得分",
        "达到目标值得满分，未达到的按完成比例得分",
        "得分=到位率×分值",
        "满意度≥90%得满分，低于90%的，得分=满意度/90%×10分",
        "不高于目标值得满分，高于目标值的，得分=目标值/实际值×分值",
    ],
};

impl AwardKind for Proportion {
    fn family(&self) -> &'static Family {
        &FAMILY
    }

    fn reading(&self, _: &Measure) -> String {
        let least = self.least.map(|n| format!("，最低得{n}分")).unwrap_or_default();
        let rate = match (&self.rate, &self.over) {
            (None, None) if self.turned => "目标值/实际值".to_owned(),
            (None, None) if self.base.is_none() => return format!("按完成比例得分{least}"),
            (Some(rate), None) => rate.clone(),
            (None, None) => "完成比例".to_owned(),
            (rate, Some(over)) => format!("{}/{}", rate.as_deref().unwrap_or("实际完成值"), amount(over)),
        };
        let base = self.base.map_or_else(|| "分值".to_owned(), |n| format!("{n}分"));
        format!("得分={rate}×{base}{least}")
    }

    fn exceeds(&self, weight: Number) -> bool {
        [self.base, self.least].into_iter().flatten().any(|n| n > weight)
    }

    fn best(&self, weight: Number) -> Option<Number> {
        Some(self.base.unwrap_or(weight))
    }

    fn expr(&self, of: Applying) -> Result<Expr, Refusal> {
        let rate = of.rule.proportion(self, of.on, of.facts, of.words)?;
        let base = self.base();
        // Multiply before dividing: x/t·w is x·w/t.
        let points = match rate {
            (x, Some(t)) => x.times(base.clone()).over(t),
            (x, None) => x.times(base.clone()),
        };
        let points = points.min(base).min(Var::Weight);
        let points = match self.least {
            Some(least) => points.max(least),
            None => points.max(0),
        };
        Ok(Rounding::score(of.rule.rounding, points))
    }

    fn reason(&self, of: Applying) -> Result<Expr, Refusal> {
        let (x, over) = of.rule.proportion(self, of.on, of.facts, "")?;
        let by_target = over.is_some() && self.over.is_none() && !self.turned;
        let at = if by_target { against_target(of.on, of.facts) } else { words("") };
        let least = match self.least {
            Some(least) => words(&format!("，最低得{least}分")),
            None => words(""),
        };
        Ok(join([at, said(of.on, x, over, &self.base()), least]))
    }
}

/// Whether a name is of the marks that the indicator is about: 抽查平均分 under 村级抽查得分.
fn is_of_marks(name: &str, indicator: &str) -> bool {
    list::MARKS_GIVEN.strip_end(name).is_some_and(|of| !of.is_empty() && indicator.contains(of))
}

impl Proportion {
    /// The points that rate 1 earns.
    fn base(&self) -> Expr {
        self.base.map_or(Expr::Var(Var::Weight), Expr::from)
    }
}

impl Graded {
    /// What the points are in proportion to: a number and what it is divided by.
    pub(super) fn proportion(
        &self,
        proportion: &Proportion,
        on: &Measurement,
        facts: &IndicatorFacts,
        words: &str,
    ) -> Result<(Expr, Option<Expr>), Refusal> {
        let refuse = |why: &str| Err(Refusal::new(words, why, HINT_TARGET));
        if proportion.turned {
            return self.turned(on, facts, words);
        }
        if on.direction.cap {
            return refuse("指标值是上限（越小越好），与“按完成比例得分”矛盾");
        }
        if let Some(over) = &proportion.over {
            return self.over_figure(proportion.rate.as_deref(), over, on, facts, words);
        }
        if on.is_share {
            return Ok((on.x.clone(), None));
        }
        let is_rate = on.unit.is_ratio();
        let whole = on.target.as_ref().is_none_or(|t| t.value == Number::ONE);
        match &proportion.rate {
            Some(name) if is_rate && on.target.is_none() && Subject::is_completion(name) => {
                self.over_target(on, facts, words)
            }
            Some(_) if is_rate && whole => Ok((on.x.clone(), None)),
            // 完成率≥90%得满分；完成率<90%的，得分=完成率×8分: the rate that the figures are about.
            Some(name) if is_rate && self.is_about(name) => Ok((on.x.clone(), None)),
            Some(name) if is_rate => {
                let own = facts.indicator.contains(name.as_str());
                match (Subject::is_completion(name), own) {
                    (true, false) if !facts.indicator.is_empty() && !facts.indicator.contains("完成") => {
                        refuse("指标值不是100%，“完成率”是实际值本身，还是实际值与指标值之比，无法确定")
                    }
                    (false, true) => Ok((on.x.clone(), None)),
                    _ => refuse("指标值不是100%，无法确定是按实际值本身，还是按实际值与指标值之比得分"),
                }
            }
            Some(name) if !self.forms_share(name, facts) => refuse("按比率得分，但实际完成值不是比率"),
            _ => self.over_target(on, facts, words),
        }
    }

    /// Whether the conditions are about the rate of this name, in figures.
    fn is_about(&self, name: &str) -> bool {
        let figures = self.bands.iter().any(|band| match &band.when {
            When::Within(span) => [&span.lower, &span.upper]
                .into_iter()
                .flatten()
                .any(|bound| matches!(&bound.at, Point::Value(amount) if amount.unit.is_ratio())),
            _ => false,
        });
        figures && self.subject == Subject::Named(name.to_owned())
    }

    /// Actual over a figure that the text names (满意度/90%).
    fn over_figure(
        &self,
        name: Option<&str>,
        over: &Amount,
        on: &Measurement,
        facts: &IndicatorFacts,
        words: &str,
    ) -> Result<(Expr, Option<Expr>), Refusal> {
        let refuse = |why: &str| Err(Refusal::new(words, why, HINT_TARGET));
        let own = match (name, &self.subject) {
            (None, _) => true,
            (Some(name), _) if facts.indicator.contains(name) => true,
            // 第三方年度考核成绩 under 第三方考核成绩
            (Some(name), _) if facts.indicator.contains(&name.replace("年度", "")) => true,
            // 测评得分 under 服务质量测评
            (Some(name), _) if is_of_marks(name, facts.indicator) => true,
            (Some(name), Subject::Named(subject)) => {
                subject.contains(name) || name.contains(subject.as_str())
            }
            (Some(_), Subject::Unnamed) => false,
        };
        if !own {
            return refuse("公式中的比率与指标名称不一致，无法确定实际完成值是否就是它");
        }
        let at = Point::Value(over.clone());
        let by = on.resolve(&at, words)?;
        let full = self.full_from(facts.weight);
        let other_target = full.is_none() && on.target.as_ref().is_some_and(|t| t.value != by.value);
        if by.value.is_zero()
            || other_target
            || full.is_some_and(|n| over.number.times(over.unit.factor) != Some(n))
        {
            return refuse("公式的除数与得满分的标准不一致，无法确定比例以哪个为基数");
        }
        Ok((on.x.clone(), Some(by.expr)))
    }

    /// Target over actual, of what is the better the less there is of it.
    fn turned(
        &self,
        on: &Measurement,
        facts: &IndicatorFacts,
        words: &str,
    ) -> Result<(Expr, Option<Expr>), Refusal> {
        let refuse = |why: &str| Err(Refusal::new(words, why, HINT_TARGET));
        let full = self.bands.iter().find_map(|band| match (&band.award, &band.when) {
            (award, When::Within(Span { lower: None, upper: Some(bound), .. }))
                if award.fixed(facts.weight) == Some(facts.weight.number()) =>
            {
                Some(&bound.at)
            }
            _ => None,
        });
        let full = full.map(|at| on.resolve(at, words)).transpose()?;
        let (true, Some(target)) = (on.direction.cap || full.is_some(), &on.target) else {
            return refuse("指标值不是上限，与“目标值/实际值”矛盾");
        };
        if full.is_some_and(|full| full.value != target.value) {
            return refuse("得满分的标准与指标值不同，无法确定比例以哪个为基数");
        }
        let positive = |n: Number| !n.is_zero() && !n.is_negative();
        if on.is_share || !positive(target.value) || !positive(on.value) {
            return refuse("指标值或实际完成值不大于0，无法计算比例");
        }
        Ok((target.expr.clone(), Some(on.x.clone())))
    }

    /// Actual over target. A full-points threshold that differs from the target leaves open over which.
    fn over_target(
        &self,
        on: &Measurement,
        facts: &IndicatorFacts,
        words: &str,
    ) -> Result<(Expr, Option<Expr>), Refusal> {
        let full = self.bands.iter().find_map(|band| match (&band.award, &band.when) {
            (award, When::Within(Span { lower: Some(bound), .. }))
                if award.fixed(facts.weight) == Some(facts.weight.number()) =>
            {
                Some(&bound.at)
            }
            _ => None,
        });
        let full = full.map(|at| on.resolve(at, words)).transpose()?;
        let refuse = |why: &str| Err(Refusal::new(words, why, HINT_TARGET));
        let over = match (&on.target, full) {
            (Some(target), Some(full)) if target.value != full.value => {
                return refuse("得满分的标准与指标值不同，无法确定比例以哪个为基数");
            }
            (Some(target), _) => target.clone(),
            (None, Some(full)) if facts_without_target(on) => full,
            (None, None)
                if facts_without_target(on)
                    && on.unit.is_ratio()
                    && facts.target.and_then(Notation::quantity).is_none()
                    && is_share_done(on, facts) =>
            {
                return Ok((on.x.clone(), None));
            }
            // A growth rate or a satisfaction of 5% may be more than was promised: what was is not told.
            (None, None) if on.unit.is_ratio() => {
                return refuse("没有写明指标值，实际完成值本身不是完成比例，无法计算完成比例");
            }
            _ => return refuse("没有单位相同的指标值，无法计算完成比例"),
        };
        if over.value.is_zero() || over.value.is_negative() {
            return refuse("指标值为0，无法计算完成比例");
        }
        Ok((on.x.clone(), Some(over.expr)))
    }
}

/// Whether a rate without a target is by itself how much was done of what was to be done: the name says so (任务完成率), or
/// both numbers were told (得分=实际发放人数/应发放人数×10 under 应发尽发).
fn is_share_done(on: &Measurement, facts: &IndicatorFacts) -> bool {
    let both = on.inputs.iter().any(|input| input.var == Var::ActualBase);
    both || facts.indicator.is_empty() || list::SHARES_DONE.within(facts.indicator)
}

/// Whether the form has no numeric target at all.
fn facts_without_target(on: &Measurement) -> bool {
    on.inputs.iter().all(|input| input.var != Var::Target)
}
