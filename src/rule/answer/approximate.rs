//! Actuals that are only known to lie above or below a number: 3000余人, 超过95%, 不足80万元.

use crate::base::Number;
use crate::model::Laid;
use crate::notation::{Dimension, Notation, Quantity, Sign};

use super::super::Facts;
use super::super::Side;
use super::super::graded::Graded;
use super::super::span::{Amount, Point};
use super::Answer;

/// The numbers that such an actual may be, as far as the rule tells them apart: its end, far beyond it, and both sides of
/// every figure of the rule in between.
pub(super) fn answers(rule: &Graded, facts: &Facts) -> Vec<Answer> {
    let Some(Notation::Quantity(actual)) = facts.actual else { return Vec::new() };
    let Some(sign) = actual.sign.filter(|sign| !matches!(sign, Sign::Equal | Sign::About)) else {
        return Vec::new();
    };
    if actual.fraction.is_some() || is_copy(actual, facts) {
        return Vec::new();
    }
    numbers(actual, sign, rule, facts)
        .unwrap_or_default()
        .into_iter()
        .map(|number| Answer {
            laid: Laid::Approximate,
            ..Answer::of(Notation::Quantity(Quantity { sign: None, number, ..actual.clone() }))
        })
        .collect()
}

/// ≥95% beside ≥95%: the target was copied, nobody measured it.
fn is_copy(actual: &Quantity, facts: &Facts) -> bool {
    let symbol = facts.actual_text.trim_start().starts_with(['≥', '≤', '>', '<', '＞', '＜']);
    let target = facts.target.and_then(Notation::quantity);
    symbol
        || target.is_some_and(|target| {
            target.sign == actual.sign
                && target.in_base() == actual.in_base()
                && facts.target_text.trim() == facts.actual_text.trim()
        })
}

fn numbers(actual: &Quantity, sign: Sign, rule: &Graded, facts: &Facts) -> Option<Vec<Number>> {
    let counted = matches!(actual.unit.dimension, Dimension::Count(_));
    let little = if counted { Number::ONE } else { Number::ONE.over(Number::from(10_000))? };
    let at = actual.number;
    let rate = actual.unit.is_ratio();
    let far = match sign {
        Sign::AtLeast | Sign::MoreThan if rate => {
            let all = Number::ONE.over(actual.unit.factor)?;
            if at < all { all } else { at.times(Number::from(10))? }
        }
        Sign::AtLeast | Sign::MoreThan => at.times(Number::from(100))?.plus(Number::from(1_000))?,
        _ => Number::ZERO,
    };
    let near = match sign {
        Sign::MoreThan => at.plus(little)?,
        Sign::LessThan => at.minus(little)?,
        _ => at,
    };
    let (low, high) = if near <= far { (near, far) } else { (far, near) };
    let mut found = vec![near, far];
    for point in rule.points() {
        let Some(at) = place(point, actual, facts) else { continue };
        for beside in [at.minus(little)?, at, at.plus(little)?] {
            if beside > low && beside < high {
                found.push(beside);
            }
        }
    }
    Some(found)
}

/// Where a figure of the rule lies in the actual's unit.
fn place(point: &Point, actual: &Quantity, facts: &Facts) -> Option<Number> {
    let target = facts.target.and_then(Notation::quantity).and_then(Quantity::in_base);
    let share = |amount: &Amount| amount.number.times(amount.unit.factor);
    let base = match point {
        Point::Value(amount) if amount.unit.is_ratio() && !actual.unit.is_ratio() => {
            target?.times(share(amount)?)?
        }
        Point::Value(amount) => share(amount)?,
        Point::Target => target?,
        Point::OfTarget(of) => target?.times(*of)?,
        Point::Beyond(side, amount) => {
            let by = if amount.unit.is_ratio() && !actual.unit.is_ratio() {
                target?.times(share(amount)?)?
            } else {
                share(amount)?
            };
            if *side == Side::Below { target?.minus(by)? } else { target?.plus(by)? }
        }
    };
    base.over(actual.unit.factor)
}
