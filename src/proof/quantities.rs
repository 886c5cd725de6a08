//! The figures of a text with their units, in values that can be compared: 万元 and 元 are one unit.

use rust_decimal::Decimal;

use super::figures::{Figure, figures};
use crate::base::Number;
use crate::notation::{Dimension, is_numeral, scan_numeral, scan_unit};
use crate::words::{self, Class};

/// A figure with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quantity {
    pub(super) figure: Figure,
    /// What it counts, without the thousands before it: 元, 人次.
    pub(super) unit: String,
    /// The unit as it is written: 万元.
    pub(super) written: String,
    /// How many of the unit.
    pub(super) value: Number,
    /// What half of its last place is worth.
    pub(super) half: Number,
    /// Behind the unit.
    pub(super) to: usize,
}

impl Quantity {
    /// One of nothing, where no figure is known.
    pub(super) fn one() -> Self {
        let figure = Figure { value: Number::ONE, places: 0, from: 0, to: 0 };
        let (unit, written) = (String::new(), String::new());
        Self { figure, unit, written, value: Number::ONE, half: Number::ZERO, to: 0 }
    }

    pub(super) fn is_money(&self) -> bool {
        self.unit == "元"
    }

    pub(super) fn is_percent(&self) -> bool {
        self.unit == "%"
    }

    /// Whether a value is this one as far as it is written; `off` is by what the value may be off itself.
    pub(super) fn is(&self, value: Number, off: Number) -> bool {
        let away = self.value.minus(value).map(Number::abs);
        away.zip(self.half.plus(off)).is_some_and(|(away, allowed)| away <= allowed)
    }

    /// Whether both are the same as far as they are written.
    pub(super) fn is_as(&self, other: &Self) -> bool {
        self.unit == other.unit && self.is(other.value, other.half)
    }

    /// As it is written.
    pub(super) fn shown(&self) -> String {
        format!("{}{}", self.figure.value, self.written)
    }
}

/// How much of a whole a part is, in percent; nothing is of none.
pub(super) fn percent(part: Number, whole: Number) -> Option<Number> {
    if whole.is_zero() { None } else { part.times(Number::from(100))?.over(whole) }
}

/// Half of the last place of a figure.
pub(super) fn half(figure: &Figure) -> Option<Number> {
    Number::new(Decimal::try_new(1, figure.places).ok()?).over(Number::from(2))
}

/// The quantities of a text in order: no years, no days of a calendar, no numbers of documents.
pub(super) fn quantities(text: &str) -> Vec<Quantity> {
    let read = |figure: Figure| {
        let rest = text.get(figure.to..)?;
        if rest.starts_with(['年', '月', '日', '号', ']', '〕', '-', '~', '/', ':']) {
            return None;
        }
        let before = text.get(..figure.from).unwrap_or_default();
        if before.ends_with(|c: char| "〔[-~/:第".contains(c)) || is_name(before, rest) {
            return None;
        }
        let (unit, factor, len) = unit(rest)?;
        let written = rest.get(..len)?.to_owned();
        let value = figure.value.times(factor)?;
        let half = half(&figure)?.times(factor)?;
        Some(Quantity { figure, unit, written, value, half, to: figure.to.saturating_add(len) })
    };
    let mut all: Vec<Quantity> = figures(text).into_iter().chain(spelled(text)).filter_map(read).collect();
    all.extend(percents(text));
    all.sort_by_key(|one| one.figure.from);
    all
}

/// Characters of a number in Chinese numerals that is no part of a name or a saying.
const MIN_NUMERAL: usize = 3;
/// What stands before a rate in Chinese numerals.
const OF_A_HUNDRED: &str = "百分之";

/// Numbers in Chinese numerals with more than one place: 一百二十.
fn spelled(text: &str) -> Vec<Figure> {
    let begins = text.char_indices().filter(|(at, c)| {
        let head = text.get(..*at).unwrap_or_default();
        let free = !head.ends_with(|c: char| is_numeral(c) || c.is_ascii_digit() || "第之点〔[".contains(c));
        is_numeral(*c) && free
    });
    let read = |(at, _): (usize, char)| {
        let (number, len) = scan_numeral(text.get(at..)?)?;
        let to = at.saturating_add(len);
        let long = text.get(at..to)?.chars().count() >= MIN_NUMERAL;
        long.then_some(Figure { value: number.value, places: 0, from: at, to })
    };
    begins.filter_map(read).collect()
}

/// Rates in Chinese numerals: 百分之九十五.
fn percents(text: &str) -> Vec<Quantity> {
    let read = |(at, sign): (usize, &str)| {
        let from = at.saturating_add(sign.len());
        let (number, len) = scan_numeral(text.get(from..)?)?;
        let to = from.saturating_add(len);
        // 百分之九十五点三 is left to a person.
        let whole = !text.get(to..)?.starts_with('点');
        let figure = Figure { value: number.value, places: 0, from: at, to };
        let (half, unit) = (half(&figure)?, "%".to_owned());
        let written = unit.clone();
        whole.then_some(Quantity { figure, unit, written, value: number.value, half, to })
    };
    text.match_indices(OF_A_HUNDRED).filter_map(read).collect()
}

/// Whether letters before a figure make it a part of a name (GB18466): those of a word by itself may be what is counted (DR9台).
fn is_name(before: &str, behind: &str) -> bool {
    let letters = before.chars().rev().take_while(char::is_ascii_alphabetic).count();
    let counted = || scan_unit(behind).is_some_and(|(unit, _)| matches!(unit.dimension, Dimension::Count(_)));
    letters == 1 || letters > 1 && !counted()
}

/// The unit at the beginning of a text, how many of the plain unit it is, and its bytes.
fn unit(text: &str) -> Option<(String, Number, usize)> {
    let thousands = |c: char| match c {
        '千' => Some(1_000_u32),
        '万' => Some(10_000),
        '亿' => Some(100_000_000),
        _ => None,
    };
    let first = text.chars().next()?;
    let (factor, skipped) = thousands(first).map_or((1, 0), |factor| (factor, first.len_utf8()));
    let rest = text.get(skipped..)?;
    if rest.starts_with('元') {
        return Some(("元".to_owned(), Number::from(factor), skipped.saturating_add("元".len())));
    }
    if let Some((unit, len)) = scan_unit(rest) {
        let plain = match unit.dimension {
            // 86台(套) counts as 9台 does.
            Dimension::Count(_) => unit.word.split('(').next().unwrap_or(&unit.word).to_owned(),
            Dimension::Ratio => unit.word,
            _ => rest.get(..len)?.to_owned(),
        };
        return Some((plain, Number::from(factor), skipped.saturating_add(len)));
    }
    let next = rest.chars().next().filter(|c| words::of(Class::CalculationUnits).has_char(*c))?;
    Some((next.to_string(), Number::from(factor), skipped.saturating_add(next.len_utf8())))
}
