//! How far the actual is from the target, whichever way, as a share of the target.

use crate::base::Number;
use crate::expr::{Expr, Var};
use crate::notation::{Notation, Quantity, Sign, Unit};

use super::convert::scaled;
use super::doubt::{checked_actual, checked_unit};
use super::graded::Graded;
use super::measure::{Direction, HINT_TARGET, Measurement};
use super::reason::Tells;
use super::reckon::{target_in, unreadable, with_target};
use super::{IndicatorFacts, Input, Point, Refusal};
use crate::words::list;

impl Graded {
    /// |actual − target| ÷ target; where the indicator is itself such a deviation, the actual without its sign.
    pub(super) fn deviation(
        &self,
        actual: &Quantity,
        defined: bool,
        facts: &IndicatorFacts,
    ) -> Result<Measurement, Refusal> {
        let own = is_deviation_name(facts.indicator) && !self.is_aimed_at(facts);
        if actual.fraction.is_some() {
            return Err(unreadable(facts));
        }
        let (x, value, inputs) = if own && actual.unit.is_ratio() {
            if actual.sign.is_some() {
                checked_actual(actual, facts)?;
            }
            let value = actual.in_base().ok_or_else(|| unreadable(facts))?;
            let x = Expr::Var(Var::Actual).max(Expr::from(0).minus(Var::Actual));
            (x, value.abs(), vec![Input { var: Var::Actual, value: value.into() }])
        } else {
            checked_actual(actual, facts)?;
            checked_unit(actual, facts)?;
            self.off_target(actual, defined, facts)?
        };
        Ok(Measurement {
            x,
            value,
            target: None,
            unit: Unit::ratio(),
            inputs,
            direction: Direction { cap: true, explicit: true, open: None },
            shown: format!("实际{}{}", actual.number, actual.unit),
            is_share: false,
            tells: Tells::Deviation,
        })
    }

    /// 85% where 10% is the furthest that anything is said of: what was to be reached, not how far it may be off.
    fn is_aimed_at(&self, facts: &IndicatorFacts) -> bool {
        let share =
            |unit: &Unit, number: Number| unit.is_ratio().then(|| number.times(unit.factor)).flatten();
        let furthest = self.points().filter_map(|at| match at {
            Point::Value(bound) => share(&bound.unit, bound.number),
            _ => None,
        });
        let target = facts.target.and_then(Notation::quantity).filter(|target| target.unit.is_ratio());
        let target = target.and_then(Quantity::in_base);
        furthest.max().zip(target).is_some_and(|(furthest, target)| target > furthest)
    }

    fn off_target(
        &self,
        actual: &Quantity,
        defined: bool,
        facts: &IndicatorFacts,
    ) -> Result<(Expr, Number, Vec<Input>), Refusal> {
        let refuse = |why: &str| Err(Refusal::new(facts.target_text, why, HINT_TARGET));
        let unit = if actual.unit.is_ratio() { Unit::ratio() } else { self.unit_of(actual, facts) };
        let Some(target) = target_in(facts, &unit) else {
            return refuse("没有单位相同的指标值，无法计算偏离的幅度");
        };
        // ≤10% is how far it may be, not what was to be.
        let bound = facts.target.and_then(Notation::quantity).and_then(|t| t.sign).is_some_and(Sign::is_cap);
        if unit.is_ratio() && bound {
            return refuse("指标值是偏离的限度还是目标本身，无法确定");
        }
        if target.value.is_zero() || target.value.is_negative() {
            return refuse("指标值不大于0，无法计算偏离的幅度");
        }
        if unit.is_ratio() && !defined && target.value != Number::ONE {
            return refuse("偏离多少是百分点，还是指标值的百分之几，无法确定");
        }
        let (x, number) = if unit.is_ratio() {
            (Expr::Var(Var::Actual), actual.in_base())
        } else {
            let (x, factor) = scaled(Expr::Var(Var::Actual), &actual.unit, &unit, facts)?;
            (x, factor.times(actual.number))
        };
        let number = number.ok_or_else(|| unreadable(facts))?;
        let input = if unit.is_ratio() { number } else { actual.number };
        let far = x.clone().minus(target.expr.clone()).max(target.expr.clone().minus(x));
        let value = number.minus(target.value).and_then(|far| far.abs().over(target.value));
        Ok((
            far.over(target.expr),
            value.ok_or_else(|| unreadable(facts))?,
            with_target(vec![Input { var: Var::Actual, value: input.into() }], facts),
        ))
    }
}

/// Whether the indicator is itself how far something is from what it was to be: 收入预算偏差率.
fn is_deviation_name(name: &str) -> bool {
    let plain = name.trim_end_matches(['）', ')', '%', '（', '(']);
    list::DEVIATION_ENDINGS.ends(plain)
}
