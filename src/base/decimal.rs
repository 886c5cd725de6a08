//! Exact numbers. No bare `Decimal` crosses a room's border: a weight is not a score is not money.
//!
//! All arithmetic is checked. `Decimal::MAX * Decimal::MAX` panics, so the operators are never used.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer};

/// A text that is no decimal number of at most 28 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an exact decimal number")]
pub struct NotANumber;

/// Digits that a number may have in all; more is a finding, never a rounded guess.
pub const MAX_DIGITS: usize = 28;

macro_rules! exact {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Decimal);

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(Decimal::ZERO);
            /// One.
            pub const ONE: Self = Self(Decimal::ONE);

            /// Wraps an exact decimal.
            pub const fn new(value: Decimal) -> Self {
                Self(value)
            }

            /// The exact decimal inside.
            pub const fn get(self) -> Decimal {
                self.0
            }

            /// The same amount as a plain number.
            #[must_use]
            pub const fn number(self) -> Number {
                Number(self.0)
            }

            /// Sum, or `None` when it leaves the exact range.
            #[must_use]
            pub fn plus(self, other: Self) -> Option<Self> {
                self.0.checked_add(other.0).map(Self)
            }

            /// Difference, or `None` when it leaves the exact range.
            #[must_use]
            pub fn minus(self, other: Self) -> Option<Self> {
                self.0.checked_sub(other.0).map(Self)
            }

            /// The same amount without trailing zeros, which leaves products more room.
            #[must_use]
            pub fn normalize(self) -> Self {
                Self(self.0.normalize())
            }

            /// Below zero.
            pub fn is_negative(self) -> bool {
                self.0.is_sign_negative() && !self.0.is_zero()
            }

            /// Exactly zero.
            pub fn is_zero(self) -> bool {
                self.0.is_zero()
            }

            /// Rounded half away from zero, the way Excel's ROUND does.
            #[must_use]
            pub fn round(self, places: u32) -> Self {
                Self(self.0.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
            }

            /// As amounts of money are written: `6128.90`, `100`, `0.005`.
            pub fn in_cents(self) -> String {
                let digits = self.to_string();
                let tenths = digits.split_once('.').is_some_and(|(_, behind)| behind.len() == 1);
                if tenths { digits + "0" } else { digits }
            }

            /// The sum of all, or `None` when it leaves the exact range.
            #[must_use]
            pub fn sum(values: impl IntoIterator<Item = Self>) -> Option<Self> {
                values.into_iter().try_fold(Self::ZERO, Self::plus)
            }
        }

        impl fmt::Display for $name {
            /// Plain digits without needless zeros: `7.5`, `100`, `0.05`.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0.normalize(), f)
            }
        }

        impl FromStr for $name {
            type Err = NotANumber;

            /// Reads plain digits with an optional sign, point and exponent; never rounds silently.
            fn from_str(text: &str) -> Result<Self, NotANumber> {
                parse_exact(text).map(Self)
            }
        }

        impl Serialize for $name {
            /// A string of plain digits, as [`fmt::Display`] gives it.
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                "Decimal".into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "string",
                    "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
                    "description": "An exact decimal number."
                })
            }
        }

        impl From<u32> for $name {
            fn from(value: u32) -> Self {
                Self(Decimal::from(value))
            }
        }
    };
}

exact! {
    /// Any exact number that has no narrower meaning: a target, an actual, a step, a count.
    Number
}
exact! {
    /// The points an indicator can earn (分值, 权重).
    Weight
}
exact! {
    /// Points earned (得分). Rounded once, at the indicator.
    Score
}
exact! {
    /// A dimensionless rate: 1 is 100 %.
    Ratio
}
exact! {
    /// Money in 元.
    Yuan
}

impl Ratio {
    /// One half.
    pub const HALF: Self = Self(Decimal::from_parts(5, 0, 0, false, 1));
}

impl Number {
    /// Product, or `None` when it leaves the exact range.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        self.0.checked_mul(other.0).map(Self)
    }

    /// Quotient, or `None` for a zero divisor or when it leaves the exact range.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        self.0.checked_div(other.0).map(Self)
    }

    /// Whether it is a whole number of these.
    #[must_use]
    pub fn is_multiple_of(self, whole: u32) -> bool {
        // Most amounts have cents, which costs no division.
        self.0.is_integer() && self.0.checked_rem(Decimal::from(whole)).is_some_and(|rest| rest.is_zero())
    }

    /// The whole number below or equal, the way Excel's INT does.
    #[must_use]
    pub fn floor(self) -> Self {
        Self(self.0.floor())
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }
}

fn parse_exact(text: &str) -> Result<Decimal, NotANumber> {
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let significant =
        mantissa.trim_start_matches(['+', '-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    let plain = !mantissa.is_empty()
        && mantissa.bytes().any(|b| b.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
    if !plain || significant > MAX_DIGITS {
        return Err(NotANumber);
    }
    if text.contains(['e', 'E']) {
        Decimal::from_scientific(text).map_err(|_| NotANumber)
    } else {
        Decimal::from_str_exact(text).map_err(|_| NotANumber)
    }
}
