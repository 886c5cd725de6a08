//! Numbers read from their digits, without the way over a double: the short ones, which nearly all are.

use rust_decimal::Decimal;

use crate::base::{Date, Number};

/// More digits than these may not be what a spreadsheet program shows.
const MAX_SIGNIFICANT: usize = 15;

/// Plain digits of at most 15 significant ones are the decimal that Excel shows; others take the way over the double.
pub(super) fn plain_number(bytes: &[u8]) -> Option<Number> {
    let (negative, digits) = match bytes.strip_prefix(b"-") {
        Some(digits) => (true, digits),
        None => (false, bytes),
    };
    let mut mantissa: i64 = 0;
    let mut point = None;
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa.checked_mul(10)?.checked_add(i64::from(byte.wrapping_sub(b'0')))?;
            }
            b'.' if point.is_none() => point = Some(at),
            _ => return None,
        }
    }
    let seen = digits.len().checked_sub(usize::from(point.is_some()))?;
    if seen == 0 || seen > MAX_SIGNIFICANT {
        return None;
    }
    let places = point.and_then(|at| digits.get(at.saturating_add(1)..)).unwrap_or_default();
    let needless = places.iter().rev().take_while(|byte| **byte == b'0').count();
    for _ in 0..needless {
        mantissa = mantissa.checked_div(10)?;
    }
    let scale = u32::try_from(places.len().checked_sub(needless)?).ok()?;
    let mut number = Decimal::new(mantissa, scale);
    number.set_sign_negative(negative && mantissa != 0);
    Some(Number::new(number))
}

/// The day of a whole day number of the 1900 system. Days before 1900-03-01, where that system counts a day that never
/// was, and fractions take the other way.
pub(super) fn day_of_serial(digits: &[u8]) -> Option<Date> {
    const FIRST_SURE: i32 = 61;
    const LAST: i32 = 2_958_465;
    if digits.len() > 7 {
        return None;
    }
    let serial = digits.iter().try_fold(0_i32, |number, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit <= 9)?;
        number.checked_mul(10)?.checked_add(i32::from(digit))
    })?;
    if !(FIRST_SURE..=LAST).contains(&serial) {
        return None;
    }
    // Years here begin on 1 March, so that a leap day is the last day of its year; the era of 400 years has 146,097
    // days. 1899-12-30 is day 693,899 since 0000-03-01.
    let days = serial.checked_add(693_899)?;
    let (era, day) = (days.checked_div(146_097)?, days.checked_rem(146_097)?);
    let leaps = day
        .checked_div(1_460)?
        .checked_sub(day.checked_div(36_524)?)?
        .checked_add(day.checked_div(146_096)?)?;
    let year = day.checked_sub(leaps)?.checked_div(365)?;
    let begins =
        year.checked_mul(365)?.checked_add(year.checked_div(4)?)?.checked_sub(year.checked_div(100)?)?;
    let day = day.checked_sub(begins)?;
    // Months since March, of 153 days each five.
    let month = day.checked_mul(5)?.checked_add(2)?.checked_div(153)?;
    let day = day.checked_sub(month.checked_mul(153)?.checked_add(2)?.checked_div(5)?)?.checked_add(1)?;
    let (month, next) = if month < 10 { (month.checked_add(3)?, 0) } else { (month.checked_sub(9)?, 1) };
    let year = era.checked_mul(400)?.checked_add(year)?.checked_add(next)?;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_number_is_the_day_that_the_calendar_says() {
        let mut day = Date::new(1900, 3, 1).unwrap();
        for serial in 61..=2_958_465_u32 {
            assert_eq!(day_of_serial(serial.to_string().as_bytes()), Some(day));
            day = day.tomorrow().unwrap_or(day);
        }
        for other in ["60", "0", "", "-5", "44562.5", "2958466", "1e3"] {
            assert_eq!(day_of_serial(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn short_numbers_are_what_the_decimal_parser_reads() {
        for typed in
            ["0", "-0", "0.00", "7", "100", "100.50", "-12.340", "0.000000001", ".5", "5.", "123456789012345"]
        {
            let read = plain_number(typed.as_bytes()).unwrap();
            assert_eq!(read.to_string(), typed.parse::<Number>().unwrap().to_string(), "{typed}");
        }
        for other in ["", "-", ".", "1.2.3", "1e5", "1,000", "1234567890123456", "+1"] {
            assert_eq!(plain_number(other.as_bytes()), None, "{other}");
        }
    }
}
