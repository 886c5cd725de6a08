//! What points are in proportion to: a rate itself, actual over target, a rate over a figure.

use crate::expr::{Expr, Var};

use super::graded::Graded;
use super::measure::{HINT_TARGET, Measurement, Subject};
use super::span::{Amount, Point, Span, When};
use super::{Facts, Proportion, Refusal};
use crate::base::Number;

impl Graded {
    /// What the points are in proportion to: a number and what it is divided by.
    pub(super) fn proportion(
        &self,
        proportion: &Proportion,
        on: &Measurement,
        facts: &Facts,
        words: &str,
    ) -> Result<(Expr, Option<Expr>), Refusal> {
        let refuse = |why: &str| Err(Refusal::new(words, why, HINT_TARGET));
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
            Some(_) if is_rate && whole => Ok((on.x.clone(), None)),
            // 完成率≥90%得满分；完成率<90%的，得分=完成率×8分: the rate that the figures are about.
            Some(name) if is_rate && self.is_about(name) => Ok((on.x.clone(), None)),
            Some(name) if is_rate => {
                let own = facts.indicator.contains(name.as_str());
                match (Subject::is_completion(name), own) {
                    (true, false) if !facts.indicator.is_empty() && !facts.indicator.contains("完成") => {
                        self.over_target(on, facts, words)
                    }
                    (false, true) => Ok((on.x.clone(), None)),
                    _ => refuse("指标值不是100%，无法确定是按实际值本身，还是按实际值与指标值之比得分"),
                }
            }
            Some(name) if !Subject::is_completion(name) => refuse("按比率得分，但实际完成值不是比率"),
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
        facts: &Facts,
        words: &str,
    ) -> Result<(Expr, Option<Expr>), Refusal> {
        let refuse = |why: &str| Err(Refusal::new(words, why, HINT_TARGET));
        let own = match (name, &self.subject) {
            (None, _) => true,
            (Some(name), _) if facts.indicator.contains(name) => true,
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

    /// Actual over target. A full-points threshold that differs from the target leaves open over which.
    fn over_target(
        &self,
        on: &Measurement,
        facts: &Facts,
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
            _ => return refuse("没有单位相同的指标值，无法计算完成比例"),
        };
        if over.value.is_zero() || over.value.is_negative() {
            return refuse("指标值为0，无法计算完成比例");
        }
        Ok((on.x.clone(), Some(over.expr)))
    }
}

/// Whether the form has no numeric target at all.
fn facts_without_target(on: &Measurement) -> bool {
    on.inputs.iter().all(|input| input.var != Var::Target)
}
