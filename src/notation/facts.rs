//! What is striking about a target or an actual, for the findings of the check room. Each answers one question.

use super::context::Name;
use super::numeral::scan_number;
use super::quantity::{Quantity, scan_quantity};
use super::read::{Notation, Unread, Why};
use super::sign::{Sign, scan_sign};
use super::width::normalise;
use crate::sheet::{Cell, Value};

/// Whether there is no target (`target-missing`) or no actual (`actual-missing`).
pub fn is_missing(notation: &Notation) -> bool {
    matches!(notation, Notation::Blank)
}

/// Whether a number stands without a unit that the cell, its columns or the name would give (`target-unit-missing`).
pub fn is_unit_missing(target: &Notation) -> bool {
    target.unit().is_some_and(super::Unit::is_bare)
}

/// How an indicator's name contradicts its target (`name-and-target-disagree`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameDisagreement {
    /// The name states another number.
    Number(String),
    /// The name's brackets state a unit of another dimension.
    Unit(String),
    /// The name states the opposite sign.
    Sign(Sign),
}

/// Whether the name of an indicator says something else than its target: `…通过率100%` with `≥98%`, `…(万元)` with
/// `30人`, `…(≥**%)` with `≤5%`.
pub fn name_disagrees(indicator: &str, target: &Notation) -> Option<NameDisagreement> {
    let target = target.quantity()?;
    if let Some(unit) = Name::read(indicator).unit
        && !target.unit.is_bare()
        && !target.unit.comparable(&unit.unit)
    {
        return Some(NameDisagreement::Unit(unit.unit.word));
    }
    let plain = normalise(indicator);
    let (sign, stated) = stated_in(plain.as_str())?;
    let opposite = |a: Sign, b: Sign| (a.is_floor() && b.is_cap()) || (a.is_cap() && b.is_floor());
    if let (Some(name), Some(cell)) = (sign, target.sign)
        && opposite(name, cell)
    {
        return Some(NameDisagreement::Sign(name));
    }
    let stated = stated?;
    let same = stated.unit.comparable(&target.unit) && stated.in_base() == target.in_base();
    (stated.unit.comparable(&target.unit) && !same)
        .then(|| NameDisagreement::Number(format!("{}{}", stated.number, stated.unit)))
}

/// The sign in a name, and the number behind it or at the name's end (a percentage, or one with a sign).
fn stated_in(name: &str) -> Option<(Option<Sign>, Option<Quantity>)> {
    let symbol = name.find(['≥', '≤', '>', '<', '=']);
    if let Some(at) = symbol {
        let rest = name.get(at..)?;
        let (sign, _) = scan_sign(rest)?;
        return Some((Some(sign), scan_quantity(rest).map(|(quantity, _)| quantity)));
    }
    // 电子化业务办结率100%: a percentage closes the name.
    let before = name.strip_suffix('%')?;
    let digits = before.bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let number = name.get(before.len().checked_sub(digits)?..)?;
    scan_quantity(number).map(|(quantity, _)| (None, Some(quantity)))
}

/// Whether the actual is a copy of the target (`actual-copies-target`): the same words, where they are no measured
/// value: a bound, a deadline or a sentence.
pub fn copies_target(target_text: &str, actual_text: &str, actual: &Notation) -> bool {
    let plain = |text: &str| normalise(text).as_str().replace(' ', "");
    let unmeasured = match actual {
        Notation::Quantity(quantity) => quantity.sign.is_some_and(|sign| sign != Sign::Equal),
        Notation::Deadline(_) | Notation::Text(_) | Notation::Range { .. } => true,
        _ => false,
    };
    unmeasured && !actual_text.trim().is_empty() && plain(target_text) == plain(actual_text)
}

/// Whether the actual is a status word where a number or a date was promised (`actual-is-status-word`).
pub fn is_status_for_number(target: &Notation, actual: &Notation) -> bool {
    matches!(actual, Notation::Status(_)) && (matches!(target, Notation::Quantity(_)) || target.is_date())
}

/// Whether a rate lies where no such rate can (`rate-out-of-range`): `250%` of satisfaction.
pub fn is_rate_out_of_range(outcome: &Result<Notation, Unread>) -> bool {
    outcome.as_ref().is_err_and(|unread| unread.why == Why::RateOutOfRange)
}

/// Whether a cell holds a plain number or percentage as text (`number-stored-as-text`), which a sum ignores.
pub fn is_number_as_text(cell: &Cell) -> bool {
    let Value::Text(text) = &cell.value else { return false };
    let plain = normalise(text);
    let text = plain.as_str().trim();
    let Some((_, taken)) = scan_number(text) else { return false };
    let rest = text.get(taken..).unwrap_or_default().trim_start();
    rest.is_empty() || rest == "%"
}

/// Whether an amount of money stands as a quantity indicator (`amount-as-quantity-indicator`).
pub fn is_amount_as_quantity(category: &str, indicator: &str, target: &Notation) -> bool {
    let name = Name::read(indicator).words;
    let money = match target {
        Notation::Quantity(quantity) => {
            quantity.unit.is_money()
                || (quantity.unit.is_bare()
                    && ["金额", "资金额", "资金量"].iter().any(|end| name.ends_with(end)))
        }
        _ => false,
    };
    category.contains("数量") && money
}

/// By how many days the actual misses its deadline at least (`date-late`); `None` in time, or where that is not
/// certain.
pub fn days_late(target: &Notation, actual: &Notation) -> Option<i32> {
    let due = match target {
        Notation::Deadline(by) => *by,
        Notation::Date(days) | Notation::Period(days) => days.last,
        _ => return None,
    };
    let done = match actual {
        Notation::Date(days) => days.first,
        Notation::Period(days) => days.last,
        _ => return None,
    };
    Some(due.until(done).ok()?.get_days()).filter(|days| *days > 0)
}
