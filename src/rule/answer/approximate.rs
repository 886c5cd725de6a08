//! Actuals that are only known to lie above or below a number: 3000余人, 超过95%, 不足80万元.

use crate::base::Number;
use crate::model::Laid;
use crate::notation::{Dimension, Notation, Quantity, Sign};

use super::super::IndicatorFacts;
use super::super::Side;
use super::super::graded::Graded;
use super::super::measure::Measure;
use super::super::span::{Amount, Point};
use super::Answer;

/// Whether the actual is only known to lie somewhere.
pub(super) fn is_so(facts: &IndicatorFacts) -> bool {
    match facts.actual {
        Some(Notation::Range { .. }) => true,
        Some(Notation::Quantity(actual)) => actual.sign.is_some_and(|sign| sign != Sign::Equal),
        _ => false,
    }
}

/// The numbers that such an actual may be, as far as the rule tells them apart: both ends, and both sides of every figure of
/// the rule in between.
pub(super) fn answers(rule: &Graded, facts: &IndicatorFacts) -> Vec<Answer> {
    let found = match facts.actual {
        Some(Notation::Quantity(actual)) if actual.fraction.is_none() && !is_copy(actual, facts) => actual
            .sign
            .filter(|sign| *sign != Sign::Equal)
            .and_then(|sign| Some((actual, ends(actual, sign)?))),
        Some(Notation::Range { low, high }) if low.unit == high.unit && !is_same_range(low, high, facts) => {
            Some((high, (low.number, high.number)))
        }
        _ => None,
    };
    let Some((actual, (from, to))) = found else { return Vec::new() };
    numbers(actual, from, to, rule, facts)
        .unwrap_or_default()
        .into_iter()
        .map(|number| Answer {
            laid: Laid::Approximate,
            ..Answer::of(Notation::Quantity(Quantity { sign: None, number, ..actual.clone() }))
        })
        .collect()
}

/// 800-1000人 beside 800-1000人: the target was copied.
fn is_same_range(low: &Quantity, high: &Quantity, facts: &IndicatorFacts) -> bool {
    matches!(facts.target, Some(Notation::Range { low: a, high: b })
        if a.in_base() == low.in_base() && b.in_base() == high.in_base())
}

/// ≥95% beside ≥95%: the target was copied, nobody measured it.
fn is_copy(actual: &Quantity, facts: &IndicatorFacts) -> bool {
    let symbol = facts.actual_text.trim_start().starts_with(['≥', '≤', '>', '<', '＞', '＜']);
    let target = facts.target.and_then(Notation::quantity);
    symbol
        || target.is_some_and(|target| {
            target.sign == actual.sign
                && target.in_base() == actual.in_base()
                && facts.target_text.trim() == facts.actual_text.trim()
        })
}

/// The least step between two numbers that may be meant.
fn little(actual: &Quantity) -> Option<Number> {
    let counted = matches!(actual.unit.dimension, Dimension::Count(_));
    if counted { Some(Number::ONE) } else { Number::ONE.over(Number::from(10_000)) }
}

/// Between which numbers it lies, the nearer one first.
fn ends(actual: &Quantity, sign: Sign) -> Option<(Number, Number)> {
    let little = little(actual)?;
    let at = actual.number;
    let all = if actual.unit.is_ratio() { Number::ONE.over(actual.unit.factor) } else { None };
    if let Some(most) = below_the_next(actual).filter(|_| sign == Sign::MoreThan) {
        return Some((at.plus(little)?, most.minus(little)?));
    }
    let most = match all {
        Some(all) if at < all => all,
        Some(_) => at.times(Number::from(10))?,
        None => at.times(Number::from(100))?.plus(Number::from(1_000))?,
    };
    Some(match sign {
        Sign::AtLeast => (at, most),
        Sign::MoreThan => (at.plus(little)?, most),
        Sign::AtMost => (at, Number::ZERO),
        Sign::LessThan => (at.minus(little)?, Number::ZERO),
        // Nobody calls 50 or 150 about 100: what they agree on is certain.
        Sign::About => {
            let half = at.over(Number::from(2))?;
            let above = at.plus(half)?;
            (half, if most == all.unwrap_or(above) { above.min(most) } else { above })
        }
        Sign::Equal => return None,
    })
}

/// 20余场 are fewer than 30, 3000余人 fewer than 4000.
fn below_the_next(actual: &Quantity) -> Option<Number> {
    if !actual.source.contains(['余', '多', '几']) || actual.number.round(0) != actual.number {
        return None;
    }
    let ten = Number::from(10);
    let mut place = Number::ONE;
    loop {
        let next = place.times(ten)?;
        let parts = actual.number.over(next)?;
        if parts.round(0) != parts || parts.is_zero() {
            break;
        }
        place = next;
    }
    (place > Number::ONE).then(|| actual.number.plus(place)).flatten()
}

fn numbers(
    actual: &Quantity,
    near: Number,
    far: Number,
    rule: &Graded,
    facts: &IndicatorFacts,
) -> Option<Vec<Number>> {
    let little = little(actual)?;
    let (low, high) = if near <= far { (near, far) } else { (far, near) };
    let mut found = vec![near, far];
    let off = matches!(rule.measure, Measure::Deviation { .. });
    let target = facts.target.and_then(Notation::quantity).and_then(Quantity::in_base);
    let middle = target.filter(|_| off).and_then(|target| target.over(actual.unit.factor));
    let around = rule.points().filter(|_| off).filter_map(|at| around(at, target?, actual));
    let figures = rule.points().filter_map(|point| place(point, actual, facts));
    for at in figures.chain(around.flatten()).chain(middle) {
        for beside in [at.minus(little)?, at, at.plus(little)?] {
            if beside > low && beside < high {
                found.push(beside);
            }
        }
    }
    Some(found)
}

/// So far from the target, either way.
fn around(point: &Point, target: Number, actual: &Quantity) -> Option<[Number; 2]> {
    let Point::Value(by) = point else { return None };
    let by = target.times(by.number.times(by.unit.factor)?)?;
    Some([target.minus(by)?.over(actual.unit.factor)?, target.plus(by)?.over(actual.unit.factor)?])
}

/// Where a figure of the rule lies in the actual's unit.
fn place(point: &Point, actual: &Quantity, facts: &IndicatorFacts) -> Option<Number> {
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
