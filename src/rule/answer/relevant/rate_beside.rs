//! A number with the rate that it is of the target: 完成96场，完成率80%. The two must agree.

use crate::base::Number;
use crate::notation::{Notation, Quantity};
use crate::rule::Measure;
use crate::words::{self, Class};

use super::super::super::Refusal;
use super::super::parts::parts;
use super::{Relevant, Said};

const HINT: &str = "请核对实际完成值，只写实际完成的数。";

pub(super) fn turn(said: &Said) -> Result<Option<Relevant>, Refusal> {
    let target = said.facts.target.and_then(Notation::quantity);
    let Some(target) = target.filter(|t| said.rule.measure == Measure::Value && !t.unit.is_ratio()) else {
        return Ok(None);
    };
    let clauses = said.clauses();
    let [rest @ .., last] = clauses.as_slice() else { return Ok(None) };
    // 304公里(95%): without a name it can be nothing else.
    let bare = said.text.ends_with(')') && last.starts_with(|c: char| c.is_ascii_digit());
    let Some(stated) = rate(last, bare) else { return Ok(None) };
    let done: Option<Vec<Quantity>> = rest.iter().map(|clause| amount(clause, target)).collect();
    let Some(done) = done.filter(|done| !done.is_empty()) else { return Ok(None) };
    if !done.iter().any(|amount| quotient(amount, target, &stated) == Some(stated.number)) {
        let why = format!("写明的完成率{}{}与所列的数算出的不相等", stated.number, stated.unit);
        return said.refuse(why, HINT);
    }
    Ok(Some(Relevant::Text(rest.join("，"))))
}

/// The rate of completion that a clause states.
fn rate(clause: &str, bare: bool) -> Option<Quantity> {
    let found = parts(clause)?;
    let [part] = found.as_slice() else { return None };
    let name = part.before.trim_end_matches(['为', ':', '达', '到']);
    let named = (words::of(Class::RatesDone).has(name) || (bare && name.is_empty())) && part.after.is_empty();
    part.amount.clone().filter(|rate| named && rate.unit.is_ratio() && rate.sign.is_none())
}

/// The number of a clause, in the target's unit.
fn amount(clause: &str, target: &Quantity) -> Option<Quantity> {
    let found = parts(clause)?;
    let [part] = found.as_slice() else { return None };
    part.amount.clone().filter(|amount| amount.unit.comparable(&target.unit) && amount.sign.is_none())
}

/// The rate that an amount is of the target, as exactly as it is stated.
fn quotient(amount: &Quantity, target: &Quantity, stated: &Quantity) -> Option<Number> {
    let rate = amount.in_base()?.over(target.in_base()?)?.over(stated.unit.factor)?;
    Some(rate.round(stated.places))
}
