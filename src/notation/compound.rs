//! Numbers that are said in several parts: `1小时30分钟`, `1亿2000万元`, `三分之二`, `九成五`.

use rust_decimal::Decimal;

use super::numeral::{Numeral, scan_number, scan_numeral};
use super::quantity::{Quantity, from, scan_part};
use super::unit::{Dimension, Unit};
use crate::base::Number;
use crate::words::list;

/// An amount that goes on in a smaller unit: hours and minutes, 亿 and 万, kilometres and metres; in the last unit
/// named, and how many bytes it is. `first` ends at byte `at`. `None` where it does not go on, or where the parts do
/// not fit into each other (`1小时90分钟`, `1.5小时30分钟`).
pub(super) fn continued(text: &str, first: &Quantity, at: usize) -> Option<(Quantity, usize)> {
    let goes_on = |at: usize| from(text, at).starts_with(|c: char| c.is_ascii_digit() || is_numeral(c));
    if !goes_on(at) {
        return None;
    }
    let mut sum = first.clone();
    let mut at = at;
    for _ in 0..MAX_PARTS {
        if !goes_on(at) {
            break;
        }
        let (part, taken) = scan_part(from(text, at))?;
        sum = joined(sum, minutes(part, &first.unit))?;
        at = at.checked_add(taken)?;
    }
    // What is counted without a size can be no smaller part: 1万2千 is no number of anything.
    (!sum.unit.is_bare() && !goes_on(at)).then_some((sum, at))
}

/// `1天2小时30分15秒`: nobody says more.
const MAX_PARTS: usize = 3;

fn is_numeral(c: char) -> bool {
    c == '两' || list::DIGITS.has_char(c)
}

/// `1小时30分`, `2分30秒`: beside another time, 分 are minutes.
fn minutes(part: Quantity, beside: &Unit) -> Quantity {
    if part.unit.word == "分" && beside.dimension == Dimension::Time {
        return Quantity { unit: Unit::minutes(), ..part };
    }
    part
}

/// The sum of two parts in the unit of the second, where the second is less than one of the first.
fn joined(first: Quantity, second: Quantity) -> Option<Quantity> {
    let first = minutes(first, &second.unit);
    // 1亿2000万元: the unit is said once, behind the last part.
    let spoken = first.unit.is_bare() && first.multiplier > Number::ONE;
    let unit = if spoken { Unit { factor: Number::ONE, ..second.unit.clone() } } else { first.unit.clone() };
    let sized =
        spoken || !matches!(unit.dimension, Dimension::Count(_) | Dimension::Ratio | Dimension::Per(..));
    let years = unit.dimension == Dimension::Months && first.number > Number::from(MAX_YEARS);
    let whole = first.places == 0 || first.multiplier > Number::ONE;
    if !sized || years || !whole || first.number.get().fract() != Decimal::ZERO || first.fraction.is_some() {
        return None;
    }
    if unit.dimension != second.unit.dimension || second.number.is_negative() || second.fraction.is_some() {
        return None;
    }
    // A day beside hours may be one of work: 1天4小时 of a training.
    let day = Number::from(86_400);
    if unit.dimension == Dimension::Time && unit.factor >= day && second.unit.factor < day {
        return None;
    }
    let one = first.multiplier.times(unit.factor)?;
    let rest = second.in_base()?;
    if rest >= one || second.multiplier.times(second.unit.factor)? >= one {
        return None;
    }
    if spoken && second.multiplier.times(second.unit.factor)? == Number::ONE {
        return None; // 1万5人 may be 15000 or 10005
    }
    let sum = first.number.times(unit.factor)?.plus(rest)?;
    let number = sum.over(second.unit.factor)?;
    (number.times(second.unit.factor)? == sum).then_some(Quantity { number, ..second })
}

/// A longer time is a year of the calendar.
const MAX_YEARS: u32 = 99;

/// A share behind its first numeral, which ends at byte `at`: `三分之二`, `2分之1`, `九成`, `3成`, `九成五`; and how many
/// bytes it is.
pub(super) fn share(text: &str, numeral: Numeral, at: usize) -> Option<(Quantity, usize)> {
    let rest = from(text, at);
    if let Some(after) = rest.strip_prefix("分之") {
        let (part, taken) = scan_number(after).or_else(|| scan_numeral(after))?;
        let plain = numeral.places == 0 && part.places == 0;
        let proper = !numeral.value.is_zero() && !part.value.is_negative() && part.value <= numeral.value;
        if !plain || !proper {
            return None;
        }
        let fraction = Some((part.value, numeral.value));
        let number = part.value.over(numeral.value)?;
        let end = text.len().checked_sub(after.len())?.checked_add(taken)?;
        return Some((Quantity { fraction, places: 0, ..Quantity::new(number, Unit::ratio()) }, end));
    }
    let after = rest.strip_prefix('成')?;
    let ten = Number::from(10);
    if numeral.value > ten || numeral.value.is_negative() {
        return None;
    }
    let end = text.len().checked_sub(after.len())?;
    let half = after.chars().next().filter(|c| *c == '半' || (is_numeral(*c) && *c != '十'));
    let (more, taken) = match half {
        Some('半') => (Number::from(5), '半'.len_utf8()),
        Some(c) => (scan_numeral(c.encode_utf8(&mut [0; 4]))?.0.value, c.len_utf8()),
        None => (Number::ZERO, 0),
    };
    if half.is_some() && numeral.places > 0 {
        return None;
    }
    let percent = numeral.value.times(ten)?.plus(more)?;
    (percent <= Number::from(100))
        .then_some((Quantity::new(percent, Unit::percent()), end.checked_add(taken)?))
}
