//! Amounts of money and rates as cells show them: digits with how exactly they are shown.

use crate::base::Number;
use crate::model::MoneyUnit;
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

impl Shown {
    /// How far the true amount may be from the number. A whole number is taken at its word.
    pub fn slack(&self) -> Number {
        if self.places == 0 { Number::ZERO } else { half(self.places) }
    }
}

/// Half a unit of the last of so many places.
fn half(places: u32) -> Number {
    let tenth = |unit: Number, _| unit.over(Number::from(10)).unwrap_or_default();
    (0..places).fold(Number::ONE, tenth).over(Number::from(2)).unwrap_or_default()
}

/// A typed amount: digits with optional thousands commas and an optional unit behind them, nothing else.
pub fn typed(text: &str) -> Option<Shown> {
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let own = MoneyUnit::ALL.into_iter().find_map(|unit| {
        // 万 alone is how 1,150万 is written.
        let short = ["万", "亿"].into_iter().find(|short| unit.name().starts_with(short));
        let digits = squeezed.strip_suffix(unit.name()).or_else(|| squeezed.strip_suffix(short?))?;
        Some((digits, unit))
    });
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
pub fn rate_agrees(cell: &Cell, spent: Shown, base: Shown) -> Option<bool> {
    let hundred = Number::from(100);
    let lowest = spent.number.minus(spent.slack())?.over(base.number.plus(base.slack())?)?;
    let highest = spent.number.plus(spent.slack())?.over(base.number.minus(base.slack())?)?;
    let near = |percent: Number, places: u32| {
        let (low, high) = (lowest.times(hundred)?, highest.times(hundred)?);
        Some(percent.plus(half(places))? >= low && percent.minus(half(places))? <= high)
    };
    match &cell.value {
        Value::Number(number) => match cell.format {
            NumberFormat::Percent(places) => near(number.times(hundred)?, u32::from(places)),
            NumberFormat::Date => None,
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
