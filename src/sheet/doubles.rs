//! The adapter to calamine, which reads other formats: the only place where its doubles become exact numbers.

use calamine::DataRef;

use super::value::Value;
use crate::base::limits::MAX_CELL_CHARS;
use crate::base::{Date, Number};

/// The exact value of what calamine read.
pub fn value(data: &DataRef<'_>) -> Value {
    match data {
        DataRef::Empty => Value::Empty,
        DataRef::Int(number) => number.to_string().parse().map_or_else(|_| Value::Empty, Value::Number),
        DataRef::Float(number) => exact(*number),
        DataRef::String(text) | DataRef::DurationIso(text) => text_value(text),
        DataRef::SharedString(text) => text_value(text),
        DataRef::Bool(flag) => Value::Bool(*flag),
        DataRef::DateTime(stamp) => {
            let (year, month, day, ..) = stamp.to_ymd_hms_milli();
            let day_of_calendar = i16::try_from(year)
                .ok()
                .zip(i8::try_from(month).ok())
                .zip(i8::try_from(day).ok())
                .and_then(|((year, month), day)| Date::new(year, month, day).ok());
            // A duration ([h]:mm) or a serial before 1900 is no day: it stays the number that it is.
            day_of_calendar.filter(|_| stamp.is_datetime()).map_or_else(|| exact(stamp.as_f64()), Value::Date)
        }
        DataRef::DateTimeIso(text) => {
            text.get(..10).and_then(|day| day.parse().ok()).map_or_else(|| text_value(text), Value::Date)
        }
        DataRef::Error(error) => Value::Error(error.to_string()),
    }
}

pub(super) fn text_value(text: &str) -> Value {
    if text.trim().is_empty() {
        Value::Empty
    } else {
        Value::Text(text.chars().take(MAX_CELL_CHARS).collect())
    }
}

/// A double at 15 significant digits, as Excel shows it.
#[expect(clippy::disallowed_types, reason = "the adapter to calamine: doubles end here")]
pub(super) fn exact(number: f64) -> Value {
    let shown = format!("{number:.14e}");
    shown
        .parse::<Number>()
        .map_or_else(|_| Value::Unrepresentable(shown), |number| Value::Number(number.normalize()))
}
