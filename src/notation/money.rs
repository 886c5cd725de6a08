//! Amounts of money and rates as cells show them: digits with how exactly they are shown.

use crate::base::Number;
use crate::model::{BudgetBlock, Entry, MoneyUnit};
use crate::sheet::{Cell, NumberFormat, Value};

/// A number as it is shown, which stands for everything that is rounded to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The number.
    pub number: Number,
    /// Places after the point that are shown.
    pub places: u32,
    /// The unit behind the digits.
    pub unit: Option<MoneyUnit>,
}

/// An amount in a unit that is understood, with how far the true one may be from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The number.
    pub number: Number,
    /// How far the true amount may be from it.
    pub slack: Number,
}

impl Span {
    /// All of them together; `None` beyond the exact range.
    pub fn sum(spans: &[Self]) -> Option<Self> {
        let number = Number::sum(spans.iter().map(|span| span.number))?;
        Some(Self { number, slack: Number::sum(spans.iter().map(|span| span.slack))? })
    }

    /// Whether two amounts lie so far apart that they are rather of different units than so different.
    pub fn is_far_from(&self, other: &Self) -> bool {
        are_far_apart(self.number, other.number)
    }
}

/// Whether of two numbers other than zero one is a thousand times the other, or more.
pub(super) fn are_far_apart(one: Number, other: Number) -> bool {
    let (one, other) = (one.abs(), other.abs());
    let beyond = |a: Number, b: Number| b.times(Number::from(1_000)).is_none_or(|limit| a >= limit);
    !one.is_zero() && !other.is_zero() && (beyond(one, other) || beyond(other, one))
}

impl Shown {
    /// In this unit: converted where the amount has another of its own, as it stands where neither is known. `None` where
    /// only one is.
    fn in_unit(&self, unit: Option<MoneyUnit>) -> Option<Span> {
        // A whole number is taken at its word.
        let slack = if self.places == 0 { Number::ZERO } else { half(self.places) };
        let span = Span { number: self.number, slack };
        if self.unit == unit {
            return Some(span);
        }
        let (own, unit) = (self.unit?.factor(), unit?.factor());
        let convert = |number: Number| number.times(Number::from(own))?.over(Number::from(unit));
        Some(Span { number: convert(span.number)?, slack: convert(span.slack)? })
    }
}

/// The amount of a cell in a budget block's row, in this unit: in its own unit where it has one, else in that of its row.
pub fn in_row(row: &BudgetBlock, entry: &Entry, unit: Option<MoneyUnit>) -> Option<Span> {
    let shown = amount(&entry.cell)?;
    Shown { unit: shown.unit.or(row.unit), ..shown }.in_unit(unit)
}

/// What a row has spent and what its rate is of, in one unit.
#[derive(Debug, Clone, Copy)]
pub struct Execution {
    /// What was spent.
    pub spent: Span,
    /// What it is spent of.
    pub base: Span,
    /// Whether they lie so far apart that one of them is rather of another unit, which nobody wrote.
    pub far: bool,
}

/// What a row has spent of this budget; `None` where that cannot be told.
pub fn execution(row: &BudgetBlock, base: &Entry) -> Option<Execution> {
    let spent = row.spent.as_ref()?;
    let own = |entry: &Entry| amount(&entry.cell).and_then(|shown| shown.unit);
    // Where all of a row's amounts have units of their own, any of them does.
    let unit = row.unit.or_else(|| own(base).filter(|_| own(spent).is_some()));
    let (out, of) = (in_row(row, spent, unit)?, in_row(row, base, unit)?);
    let unsaid = own(spent).is_none() || own(base).is_none();
    Some(Execution { spent: out, base: of, far: unsaid && out.is_far_from(&of) })
}

/// Half a unit of the last of so many places.
fn half(places: u32) -> Number {
    let tenth = |unit: Number, _| unit.over(Number::from(10)).unwrap_or_default();
    (0..places).fold(Number::ONE, tenth).over(Number::from(2)).unwrap_or_default()
}

/// A typed amount: digits with optional thousands commas and an optional unit behind them, nothing else.
pub fn typed(text: &str) -> Option<Shown> {
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // 万 alone is how 1,150万 is written.
    let behind = squeezed.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '，' | '-')));
    let own = behind.and_then(|at| squeezed.split_at_checked(at));
    let own = own.and_then(|(digits, word)| Some((digits, MoneyUnit::of_word(word)?)));
    let digits = own.map_or(squeezed.as_str(), |(digits, _)| digits).replace([',', '，'], "");
    let number: Number = digits.parse().ok()?;
    Some(Shown { number, places: places_of(&digits), unit: own.map(|(_, unit)| unit) })
}

/// The amount that a cell holds and nothing else.
pub fn amount(cell: &Cell) -> Option<Shown> {
    match &cell.value {
        Value::Number(number) => {
            let places = match cell.format {
                NumberFormat::Fixed(places) => u32::from(places),
                NumberFormat::General | NumberFormat::Text => places_of(&number.to_string()),
                NumberFormat::Scaled { places, unit, .. } => {
                    let (number, unit) = (cell.format.shown_of(*number)?, MoneyUnit::of_word(unit));
                    return Some(Shown { number, places: u32::from(places), unit });
                }
                NumberFormat::Percent(_) | NumberFormat::Date => return None,
            };
            Some(Shown { number: *number, places, unit: None })
        }
        Value::Text(text) => typed(text),
        _ => None,
    }
}

/// Whether a cell that shows a rate can be right: `spent` ÷ `base`, each only as exact as it is shown. A bare number may
/// be the rate or its percentage (95 or 0.95). `None` where that cannot be told.
pub fn rate_agrees(cell: &Cell, spent: Span, base: Span) -> Option<bool> {
    let hundred = Number::from(100);
    let lowest = spent.number.minus(spent.slack)?.over(base.number.plus(base.slack)?)?;
    let highest = spent.number.plus(spent.slack)?.over(base.number.minus(base.slack)?)?;
    let near = |percent: Number, places: u32| {
        let (low, high) = (lowest.times(hundred)?, highest.times(hundred)?);
        Some(percent.plus(half(places))? >= low && percent.minus(half(places))? <= high)
    };
    match &cell.value {
        Value::Number(number) => match cell.format {
            NumberFormat::Percent(places) => near(number.times(hundred)?, u32::from(places)),
            NumberFormat::Date | NumberFormat::Scaled { .. } => None,
            NumberFormat::General | NumberFormat::Fixed(_) | NumberFormat::Text => {
                let shown = amount(cell)?;
                let as_share = near(number.times(hundred)?, shown.places.saturating_sub(2))?;
                Some(near(*number, shown.places)? || as_share)
            }
        },
        Value::Text(text) => {
            let digits = text.trim().strip_suffix(['%', '％'])?.trim();
            near(digits.parse().ok()?, places_of(digits))
        }
        _ => None,
    }
}

fn places_of(digits: &str) -> u32 {
    digits.split_once('.').map_or(0, |(_, fraction)| u32::try_from(fraction.len()).unwrap_or(0))
}
