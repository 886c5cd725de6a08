//! What a cell holds: its value, how it is shown, and the formula behind it.

use crate::base::{Date, Number};

/// The value of a cell, exact.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// Nothing, or a text of nothing but spaces.
    #[default]
    Empty,
    /// A text as typed, not trimmed.
    Text(String),
    /// A number at 15 significant digits, as Excel shows it: 0.1+0.2 is 0.3.
    Number(Number),
    /// A number in a cell formatted as a date.
    Date(Date),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error value such as `#REF!`.
    Error(String),
    /// A number that no exact decimal of this program can hold (kept as it was written).
    Unrepresentable(String),
}

/// How the cell's number format shows a number. The format is part of the value: 1 in a `0%` cell is 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum NumberFormat {
    /// No format, or one that says nothing about the meaning.
    #[default]
    General,
    /// A plain number with this many places after the point (`0.00`, `#,##0.00`).
    Fixed(u8),
    /// A number shown divided by a power of ten (`0!.0,`), with a unit of money behind it (`0"万元"`) or with a sign of the
    /// format's own (`-0.00`, `(0.00)`), or several of them.
    Scaled {
        /// Places after the point.
        places: u8,
        /// The power of ten.
        power: u8,
        /// The unit; empty where there is none.
        unit: &'static str,
        /// Whether what is more than nothing is shown as less.
        negative: bool,
    },
    /// A percentage with this many places after the point (`0.00%`).
    Percent(u8),
    /// A date or time.
    Date,
    /// The text format (`@`).
    Text,
}

impl NumberFormat {
    /// The same for a number whose own sign the format's replaces.
    pub(super) fn without_sign(self) -> Self {
        match self {
            Self::Scaled { places, power: 0, unit: "", .. } => Self::Fixed(places),
            Self::Scaled { places, power, unit, .. } => Self::Scaled { places, power, unit, negative: false },
            other => other,
        }
    }

    /// Whether it shows percentages.
    pub fn is_percent(self) -> bool {
        matches!(self, Self::Percent(_))
    }

    /// The number of which a cell of this format shows the digits.
    pub fn shown_of(self, number: Number) -> Option<Number> {
        let ten = |number: Number, _| number.over(Number::from(10));
        match self {
            // A sign before that of the number itself says nothing certain.
            Self::Scaled { negative: true, .. } if number.is_negative() => None,
            Self::Scaled { power, negative, .. } => {
                let shown = (0..power).try_fold(number, ten)?;
                if negative { Number::ZERO.minus(shown) } else { Some(shown) }
            }
            _ => Some(number),
        }
    }
}

/// A cell as a form's reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The value; for a formula, its cached value.
    pub value: Value,
    /// The number format.
    pub format: NumberFormat,
    /// The formula without its leading `=`, if there is one.
    pub formula: Option<String>,
}

impl Cell {
    /// A cell holding the text and nothing else.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let value = if text.trim().is_empty() { Value::Empty } else { Value::Text(text) };
        Self { value, ..Self::default() }
    }

    /// Whether the cell holds neither a value nor a formula.
    pub fn is_blank(&self) -> bool {
        self.formula.is_none() && self.value == Value::Empty
    }

    /// Whether the cell holds a number or a date (not a text that looks like one).
    pub fn is_numeric(&self) -> bool {
        matches!(self.value, Value::Number(_) | Value::Date(_))
    }

    /// The cell as a person sees it: `100%`, `59.27`, `2022-11-18`, the text as typed.
    pub fn shown(&self) -> String {
        match &self.value {
            Value::Empty => String::new(),
            Value::Text(text) | Value::Error(text) | Value::Unrepresentable(text) => text.clone(),
            Value::Number(number) => match self.format {
                NumberFormat::Percent(places) => match number.times(Number::from(100)) {
                    Some(percent) => {
                        format!("{:.*}%", usize::from(places), percent.round(u32::from(places)).get())
                    }
                    None => number.to_string(),
                },
                NumberFormat::Scaled { places, unit, .. } => match self.format.shown_of(*number) {
                    Some(shown) => {
                        format!("{:.*}{unit}", usize::from(places), shown.round(u32::from(places)).get())
                    }
                    None => number.to_string(),
                },
                NumberFormat::Fixed(places) => {
                    format!("{:.*}", usize::from(places), number.round(u32::from(places)).get())
                }
                NumberFormat::General | NumberFormat::Date | NumberFormat::Text => number.to_string(),
            },
            Value::Date(date) => date.to_string(),
            Value::Bool(true) => "TRUE".to_owned(),
            Value::Bool(false) => "FALSE".to_owned(),
        }
    }
}
