//! A number with its sign and unit, exactly as far as it was written.

use std::fmt;

use rust_decimal::Decimal;

use super::compound;
use super::numeral::{Numeral, scan_number, scan_numeral};
use super::sign::{Sign, scan_sign, scan_sign_after};
use super::unit::{Unit, scan_multiplier, scan_unit};
use crate::base::{Number, Ratio};
use crate::words::{Lexicon, Senses, list};

/// A number with its sign and unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The sign before it (or word behind it), if one is written.
    pub sign: Option<Sign>,
    /// The number in `unit`; multipliers of counts are folded in (`1.2万人` is 12000 人). For a fraction, the
    /// quotient as far as a decimal holds it: use [`Quantity::fraction`] where it must be exact.
    pub number: Number,
    /// Both parts of `59.27/61.2`, `18人中16人`, exactly.
    pub fraction: Option<(Number, Number)>,
    /// The unit; bare when none is written.
    pub unit: Unit,
    /// Digits shown after the point, before any multiplier.
    pub places: u32,
    /// What was folded into the number: 10000 for `1.2万人`, else 1.
    pub multiplier: Number,
    /// Whether the multiplier was taken from the target, because the number can only be meant so: `3.1` beside
    /// `≥1.2万人`.
    pub inferred: bool,
    /// The words it was read from, as typed. Empty for a number that no text stands behind.
    pub source: String,
}

impl Quantity {
    /// A number with a unit, without sign.
    pub fn new(number: Number, unit: Unit) -> Self {
        let places = number.get().normalize().scale();
        Self {
            sign: None,
            number,
            fraction: None,
            unit,
            places,
            multiplier: Number::ONE,
            inferred: false,
            source: String::new(),
        }
    }

    /// The number in the base of its dimension: 95% is 0.95, 61.2万元 is 612000. For a fraction, the quotient at
    /// 28 digits. `None` when it leaves the exact range.
    pub fn in_base(&self) -> Option<Number> {
        self.number.times(self.unit.factor)
    }

    /// The rate, for a quantity that is one.
    pub fn ratio(&self) -> Option<Ratio> {
        if self.unit.is_ratio() { self.in_base().map(|n| Ratio::new(n.get())) } else { None }
    }

    /// What one in the last digit written is worth, in `unit`: 0.01 for `96.84%`, 1000 for `1.2万人`.
    pub fn last_place(&self) -> Option<Number> {
        let place = Number::new(Decimal::try_new(1, self.places).ok()?);
        place.times(self.multiplier)
    }
}

impl fmt::Display for Quantity {
    /// Sign, number and unit in plain form; reading it again gives the same quantity. A fraction prints its parts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sign) = self.sign {
            write!(f, "{sign}")?;
        }
        match self.fraction {
            Some((a, b)) => write!(f, "{a}/{b}"),
            None => write!(f, "{}{}", self.number, self.unit),
        }
    }
}

/// Two units that do not convert into each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{from}”不能换算成“{to}”")]
pub struct UnitMismatch {
    /// The unit of the number.
    pub from: String,
    /// The unit that was asked for.
    pub to: String,
}

/// The same quantity in another unit of its dimension, exactly; refused across dimensions, and where no decimal
/// holds the result exactly.
pub fn convert(quantity: &Quantity, unit: &Unit) -> Result<Quantity, UnitMismatch> {
    let mismatch = || UnitMismatch { from: quantity.unit.word.clone(), to: unit.word.clone() };
    if !quantity.unit.comparable(unit) {
        return Err(mismatch());
    }
    if quantity.unit.factor == unit.factor {
        return Ok(Quantity { unit: unit.clone(), ..quantity.clone() });
    }
    let base = quantity.in_base().ok_or_else(mismatch)?;
    let number = base.over(unit.factor).ok_or_else(mismatch)?;
    if number.times(unit.factor) != Some(base) {
        return Err(mismatch());
    }
    let multiplier = quantity
        .multiplier
        .times(quantity.unit.factor)
        .and_then(|m| m.over(unit.factor))
        .ok_or_else(mismatch)?;
    Ok(Quantity { number, unit: unit.clone(), multiplier, ..quantity.clone() })
}

/// A quantity at the start of a plain text, and how many bytes it is: an optional sign, a number (digits, or
/// Chinese numerals before a unit), an optional multiplier and unit, an optional word behind (以上, 以内).
/// Fractions and ranges are read by [`read_text`](super::read_text).
pub fn scan_quantity(text: &str) -> Option<(Quantity, usize)> {
    let mut at = spaces(text, 0);
    let (before, taken) = match scan_sign(from(text, at)) {
        Some((sign, taken)) => (Some(sign), taken),
        None => (None, 0),
    };
    at = spaces(text, at.checked_add(taken)?);
    let (mut quantity, taken) = scan_amount(from(text, at))?;
    at = at.checked_add(taken)?;
    quantity.sign = before;
    if let Some((after, taken)) = scan_sign_after(from(text, spaces(text, at))) {
        match before {
            Some(sign) if sign != after => return None,
            _ => {
                quantity.sign = Some(after);
                at = spaces(text, at).checked_add(taken)?;
            }
        }
    }
    text.get(..at)?.trim().clone_into(&mut quantity.source);
    Some((quantity, at))
}

/// What a place in a ranking begins with: 全省第3名, 第5名, 前3名.
pub const RANK_WORDS: [&Lexicon; 3] = [list::RANK_LEADS, list::NTH, list::RANKED_AMONG];

/// `第5名`, `前3名`, `排名第5`, `全省并列第3`: a place in a ranking, of which fewer is better.
pub fn scan_rank(text: &str) -> Option<(Quantity, usize)> {
    let mut rest = text;
    let mut led = false;
    while let Some(after) = list::RANK_LEADS.strip(rest) {
        rest = after;
        led = true;
    }
    let (sign, rest) = match list::NTH.strip(rest) {
        Some(rest) => (None, rest),
        None => (Some(Sign::AtMost), list::RANKED_AMONG.strip(rest)?),
    };
    let (numeral, taken) = scan_number(rest).or_else(|| scan_numeral(rest))?;
    let whole = numeral.places == 0 && !numeral.value.is_negative() && !numeral.value.is_zero();
    let after = from(rest, taken);
    let behind = match list::RANK_UNITS.strip(after) {
        Some(behind) => behind,
        // 排名第一得5分; but 第3次 counts something else
        None if sign.is_none()
            && (after.is_empty()
                || (led && (after.starts_with(['，', ',']) || list::BEHIND_BARE_RANKS.begins(after)))) =>
        {
            after
        }
        None => return None,
    };
    if !whole {
        return None;
    }
    let at = text.len().checked_sub(behind.len())?;
    let source = text.get(..at)?.trim().to_owned();
    Some((Quantity { sign, source, ..Quantity::new(numeral.value, Unit::place()) }, at))
}

/// A number with multiplier and unit, no sign; also one said in several parts (`1小时30分钟`).
pub(super) fn scan_amount(text: &str) -> Option<(Quantity, usize)> {
    let (first, at) = scan_part(text)?;
    compound::continued(text, &first, at).or(Some((first, at)))
}

/// A number with multiplier and unit, in one part.
pub(super) fn scan_part(text: &str) -> Option<(Quantity, usize)> {
    if let Some(found) = scan_per_hundred(text) {
        return Some(found);
    }
    let digits = scan_number(text);
    let written = digits.is_some();
    let (numeral, mut at) = digits.or_else(|| scan_numeral(text))?;
    if let Some(found) = compound::share(text, numeral, at) {
        return Some(found);
    }
    let unit_at = spaces(text, at);
    let mut multiplier = Number::ONE;
    let mut unit = Unit::bare();
    if let Some((found, taken)) = scan_unit(from(text, unit_at)) {
        unit = found;
        at = unit_at.checked_add(taken)?;
    } else if let Some((times, taken)) = scan_multiplier(from(text, unit_at)) {
        multiplier = times;
        at = unit_at.checked_add(taken)?;
        if let Some((found, taken)) = scan_unit(from(text, at)) {
            unit = found;
            at = at.checked_add(taken)?;
        }
    }
    if !written && unit.is_bare() {
        return None; // 一般, 三公: a numeral is a number only before a unit
    }
    let number = numeral.value.times(multiplier)?;
    let source = text.get(..at)?.to_owned();
    Some((Quantity { places: numeral.places, multiplier, source, ..Quantity::new(number, unit) }, at))
}

/// 九十六点八: a numeral with the digits behind its point, one by one.
fn with_decimals(text: &str, (numeral, taken): (Numeral, usize)) -> (Numeral, usize) {
    let mut found = (numeral, taken);
    let Some(digits) = from(text, taken).strip_prefix('点') else { return found };
    let (mut value, mut place, mut places) = (numeral.value, Number::ONE, 0_u32);
    let mut at = text.len().saturating_sub(digits.len());
    for c in digits.chars() {
        let digit = scan_numeral(c.encode_utf8(&mut [0; 4])).filter(|(d, _)| d.value < Number::from(10));
        let tenth = place.over(Number::from(10));
        let next = digit.zip(tenth).and_then(|((digit, _), tenth)| value.plus(digit.value.times(tenth)?));
        let (Some(next), Some(tenth)) = (next, tenth) else { break };
        (value, place, places) = (next, tenth, places.saturating_add(1));
        at = at.saturating_add(c.len_utf8());
        found = (Numeral { value, places }, at);
    }
    found
}

/// `百分之九十五`, `千分之3`, `百分百`.
fn scan_per_hundred(text: &str) -> Option<(Quantity, usize)> {
    const PARTS: Senses<&str> = Senses::new(&[
        (list::PER_HUNDRED, "%"),
        (list::PER_THOUSAND, "‰"),
        (list::PER_TEN_THOUSAND, "‱"),
        (list::HUNDRED_PERCENT, "%"),
    ]);
    let (unit, before) = PARTS.longest(text)?;
    let rest = from(text, before);
    let (numeral, taken) = if list::HUNDRED_PERCENT.begins(text) {
        (Numeral { value: Number::from(100), places: 0 }, 0)
    } else if rest.starts_with('百') {
        (Numeral { value: Number::from(100), places: 0 }, "百".len())
    } else {
        scan_number(rest).or_else(|| scan_numeral(rest).map(|found| with_decimals(rest, found)))?
    };
    let (unit, _) = scan_unit(unit)?;
    let at = before.checked_add(taken)?;
    let source = text.get(..at)?.to_owned();
    let (number, places) = (numeral.value, numeral.places);
    Some((Quantity { places, source, ..Quantity::new(number, unit) }, at))
}

/// The text from a byte on; nothing when that is no place in it.
pub(super) fn from(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

/// The first byte at or after `at` that is no space.
pub(super) fn spaces(text: &str, at: usize) -> usize {
    let rest = from(text, at);
    at.saturating_add(rest.len().saturating_sub(rest.trim_start_matches(' ').len()))
}
