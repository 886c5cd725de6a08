//! By how much more or less was spent than was allowed: 超支2% under 不超支得5分，超支3%以内得3分.

use crate::base::Number;
use crate::notation::{Notation, Quantity, Unit, scan_quantity};
use crate::rule::{Measure, Point};
use crate::words::{self, Class};

use super::{Relevant, Said};

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    let more = words::of(Class::OverspentBy).strip(&said.text).map(|rest| (rest, true));
    let less = || words::of(Class::Spared).strip(&said.text).map(|rest| (rest, false));
    let (rest, more) = more.or_else(less)?;
    let rest = rest.strip_prefix('了').unwrap_or(rest);
    let (by, taken) = scan_quantity(rest)?;
    let plain = taken == rest.len() && by.sign.is_none() && by.fraction.is_none() && by.unit.is_ratio();
    // Shares of what was allowed, and nothing else, decide the points.
    let relative = said.rule.measure == Measure::Value
        && said.rule.states.is_empty()
        && said.rule.points().all(|at| matches!(at, Point::Target | Point::Beyond(..) | Point::OfTarget(_)))
        && said.rule.all_words().contains("超");
    if !plain || !relative {
        return None;
    }
    let of = by.in_base()?;
    let rate = if more { Number::ONE.plus(of)? } else { Number::ONE.minus(of)? };
    let whole = match said.facts.target.and_then(Notation::quantity) {
        Some(target) if target.unit.is_money() && target.fraction.is_none() => target.clone(),
        Some(_) => return None,
        // 不超支: all that was allowed, however much it is.
        None => {
            words::of(Class::NotOverspent).has(said.facts.target_text.trim()).then_some(())?;
            Quantity::new(Number::from(100), Unit::percent())
        }
    };
    let number = whole.number.times(rate)?;
    let actual = Quantity { number, sign: None, ..whole.clone() };
    Some(Relevant::Against { actual: Box::new(actual), target: Box::new(whole) })
}
