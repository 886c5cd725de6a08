//! What one figure over another comes to: a rate, or so much for each.

use crate::base::Number;
use crate::notation::{Dimension, Notation, Quantity, Unit, scan_unit};

use super::super::formula::{Formula, Term, sum};
use super::super::{IndicatorFacts, Refusal};
use super::amounts::{HINT, Labelled, all_used};

/// Figures without a unit of which the one is so many times the other are of two units.
const FAR_APART: u32 = 1_000;

/// The quotient of the named amounts.
pub(super) fn quotient(
    formula: &Formula,
    amounts: &[Labelled],
    facts: &IndicatorFacts,
    stated: bool,
) -> Result<Quantity, Refusal> {
    let refuse = |why: String| Err(Refusal::new(facts.actual_text, why, HINT));
    let bound = all_used(formula, amounts, facts, stated)?;
    let unit_of = |terms: &[Term]| {
        let units: Vec<&Unit> = bound
            .iter()
            .filter(|(term, _)| terms.iter().any(|other| other.name == term.name))
            .map(|(_, l)| &l.amount.unit)
            .collect();
        let one = units.windows(2).all(|pair| matches!(pair, [a, b] if a.comparable(b)));
        units.first().filter(|_| one).map(|unit| (*unit).clone())
    };
    let value = |name: &str| bound.iter().find(|(term, _)| term.name == name)?.1.amount.in_base();
    let (Some(above), Some(below)) = (unit_of(&formula.above), unit_of(&formula.below)) else {
        return refuse("所列的数单位不同，无法计算".to_owned());
    };
    let (Some(a), Some(b)) = (sum(&formula.above, value), sum(&formula.below, value)) else {
        return refuse("所列的数超出可计算的范围".to_owned());
    };
    if b.is_zero() {
        return refuse("分母为零，无法计算".to_owned());
    }
    let number = a.over(b);
    let Some(number) = number else { return refuse("所列的数超出可计算的范围".to_owned()) };
    let plain = formula.above.len() == 1 && formula.below.len() == 1 && !a.is_negative() && !b.is_negative();
    // 350 beside 3150000: the one may be in 万元, the other in 元.
    let far = |a: Number, b: Number| b.times(Number::from(FAR_APART)).is_some_and(|b| a > b && !b.is_zero());
    if above.is_bare() && below.is_bare() && (far(a, b) || far(b, a)) {
        return refuse("两个数都没有写单位，大小又相差悬殊，无法确定单位是否相同".to_owned());
    }
    if above.comparable(&below) {
        let fraction = plain.then_some((a, b));
        return Ok(Quantity { fraction, ..Quantity::new(number, Unit::ratio()) });
    }
    // 培训支出9.36万元，参训人数180人: money for each of them.
    let per = match (&above.dimension, &below.dimension) {
        (Dimension::Money, Dimension::Count(of)) => {
            // 人均成本≤800元: for whom is left out.
            let own = facts.target.and_then(Notation::unit);
            let own = own.filter(|unit| is_money_for_each(unit) || unit.is_money());
            own.cloned().or_else(|| scan_unit(&format!("元/{of}")).map(|(unit, _)| unit))
        }
        // 支出1744.2万元，维修面积11400平方米 under ≤1500元/平方米
        (Dimension::Money, _) => {
            return match for_each_of(a, b, &below, facts) {
                Some(found) => Ok(found),
                None => refuse("所列的数单位不同，无法计算".to_owned()),
            };
        }
        // 1080学时 of 30人 under 人均≥40学时
        _ => facts.target.and_then(Notation::unit).filter(|unit| unit.comparable(&above)).cloned(),
    };
    match per {
        Some(unit) => match number.over(unit.factor) {
            Some(number) => Ok(Quantity::new(number, unit)),
            None => refuse("所列的数超出可计算的范围".to_owned()),
        },
        None => refuse("所列的数单位不同，无法计算".to_owned()),
    }
}

/// 元/人: money for each of them.
pub(super) fn is_money_for_each(unit: &Unit) -> bool {
    matches!(&unit.dimension, Dimension::Per(above, below) if **above == Dimension::Money && below.len() == 1)
}

/// Money for each 亩 or 平方米, as the target asks for it: `a` of so much of what `of` measures.
fn for_each_of(a: Number, b: Number, of: &Unit, facts: &IndicatorFacts) -> Option<Quantity> {
    let unit = facts.target.and_then(Notation::unit).filter(|unit| is_money_for_each(unit))?;
    let Dimension::Per(_, below) = &unit.dimension else { return None };
    let (one, _) = scan_unit(below.first()?)?;
    let number = a.over(b.over(one.factor)?)?.over(unit.factor).filter(|_| one.comparable(of))?;
    Some(Quantity::new(number, unit.clone()))
}
