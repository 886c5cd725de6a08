//! When an entry was booked: a date cell, a text, or 月 | 日 with the year elsewhere.

use crate::base::{Date, Number};
use crate::model::YearMonth;
use crate::sheet::Item;

/// Reads a date cell or text: `2022-03-15`, `2022.3.15`, `2022/03/15`, `20220315`, `2022年3月15日`, with or without
/// a time behind it. `known_year` decides about a bare day number (44561), which is taken only when it falls into
/// that year.
pub fn date(item: &Item<'_>, known_year: Option<i16>) -> Option<Date> {
    match item {
        Item::Date(day) => Some(*day),
        Item::Text(text) => text_date(text.trim()),
        Item::Number(number) => {
            let text = number.to_string();
            if text.len() == 8 {
                text_date(&text)
            } else {
                serial(*number).filter(|day| known_year == Some(day.year()))
            }
        }
        Item::Blank | Item::Unreadable(_) | Item::FormulaWithoutValue => None,
    }
}

fn text_date(text: &str) -> Option<Date> {
    let text = text.split([' ', 'T', '\u{3000}']).next()?;
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let (year, rest) = text.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        return civil(year, month, day);
    }
    let mut parts = text.split(['-', '.', '/', '年', '月', '－', '．', '／']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    civil(year, month, day.strip_suffix('日').unwrap_or(day))
}

fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    let short = |part: &str| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !short(month) || !short(day) || !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    if !(1900..=2999).contains(&year) {
        return None;
    }
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The day of a spreadsheet's day number (1900 system), for plausible years only.
fn serial(number: Number) -> Option<Date> {
    let text = number.to_string();
    let days: i64 = text.parse().ok()?;
    if !(20_000..80_000).contains(&days) {
        return None;
    }
    let epoch = Date::new(1899, 12, 30).ok()?;
    epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A whole number of a cell (月, 日): a number, or a text such as `03` or `3月`.
pub fn whole(item: &Item<'_>, suffix: char) -> Option<u32> {
    match item {
        Item::Number(number) => number.to_string().parse().ok(),
        Item::Text(text) => {
            let text = text.trim();
            let digits = text.strip_suffix(suffix).unwrap_or(text).trim();
            if digits.is_empty() || digits.len() > 2 { None } else { digits.parse().ok() }
        }
        _ => None,
    }
}

/// An accounting period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// 0: the opening balances.
    Opening,
    /// 1 to 12, with the year where the cell says it.
    Month(i8, Option<i16>),
    /// 20, 21: not posted yet.
    Pending,
    /// Anything else.
    Unknown,
}

/// Reads 会计期间: `3`, `3.00000`, `03`, `3月`, `第3期`, `202103`, `2021-03`, `2021.03` (as a text), `2021年3月`.
pub fn period(item: &Item<'_>) -> Option<Period> {
    let text = match item {
        Item::Blank => return None,
        Item::Number(number) => number.to_string(),
        Item::Text(text) => text.trim().to_owned(),
        Item::Date(day) => return Some(Period::Month(day.month(), Some(day.year()))),
        Item::Unreadable(_) | Item::FormulaWithoutValue => return Some(Period::Unknown),
    };
    let bare = text.strip_prefix('第').unwrap_or(&text);
    let bare = bare.strip_suffix('期').or_else(|| bare.strip_suffix('月')).unwrap_or(bare);
    let bare = bare.strip_suffix("月份").unwrap_or(bare);
    if let Some((whole, zeros)) = bare.split_once('.')
        && whole.len() <= 2
    {
        // A decimal such as 3.00000, as one package exports it.
        return Some(if zeros.bytes().all(|b| b == b'0') { small(whole, None) } else { Period::Unknown });
    }
    if bare.len() <= 2 {
        return Some(small(bare, None));
    }
    let split = if bare.len() == 6 && bare.bytes().all(|b| b.is_ascii_digit()) {
        bare.split_at_checked(4)
    } else {
        // A number 2021.1 may be January or October; only a text with two digits says which.
        let found = bare.split_once(['-', '.', '/', '年']);
        found.filter(|(_, month)| matches!(item, Item::Text(_)) && (month.len() == 2 || !bare.contains('.')))
    };
    let Some((year, month)) = split else { return Some(Period::Unknown) };
    let year = year.parse::<i16>().ok().filter(|y| (1900..=2999).contains(y));
    Some(if year.is_some() { small(month, year) } else { Period::Unknown })
}

fn small(digits: &str, year: Option<i16>) -> Period {
    match digits.parse::<i8>() {
        Ok(0) => Period::Opening,
        Ok(month @ 1..=12) => Period::Month(month, year),
        Ok(20 | 21) => Period::Pending,
        _ => Period::Unknown,
    }
}

/// The month of a date, a period or a 月 column, whichever the row has.
pub fn month(year: Option<i16>, month: Option<u32>) -> Option<YearMonth> {
    let month = i8::try_from(month?).ok().filter(|m| (1..=12).contains(m))?;
    Some(YearMonth { year: year?, month })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn text(text: &str) -> Item<'_> {
        Item::Text(Cow::Borrowed(text))
    }

    #[test]
    fn dates_as_typed() {
        let march = Date::new(2022, 3, 15).unwrap();
        for typed in [
            "2022-03-15",
            "2022.3.15",
            "2022/03/15",
            "20220315",
            "2022年3月15日",
            "2022-03-15 00:00:00",
            " 2022.03.15 ",
        ] {
            assert_eq!(date(&text(typed), None), Some(march), "{typed}");
        }
        assert_eq!(date(&Item::Number(Number::from(20_220_315)), None), Some(march));
        assert_eq!(date(&Item::Number(Number::from(44_635)), Some(2022)), Some(march));
        for typed in ["03/15/2022", "15.03.2022", "2022-13-01", "2022.2.30", "3月15日", "202203", "22-3-15"]
        {
            assert_eq!(date(&text(typed), None), None, "{typed}");
        }
        assert_eq!(
            date(&Item::Number(Number::from(44_635)), None),
            None,
            "a bare number is no date by itself"
        );
    }

    #[test]
    fn periods() {
        assert_eq!(period(&text("3.00000")), Some(Period::Month(3, None)));
        assert_eq!(period(&text("202103")), Some(Period::Month(3, Some(2021))));
        assert_eq!(period(&text("2021年3月")), Some(Period::Month(3, Some(2021))));
        assert_eq!(period(&text("2021.03")), Some(Period::Month(3, Some(2021))));
        assert_eq!(period(&Item::Number(Number::from(0))), Some(Period::Opening));
        assert_eq!(period(&Item::Number(Number::from(21))), Some(Period::Pending));
        assert_eq!(period(&Item::Number("2021.1".parse().unwrap())), Some(Period::Unknown));
        assert_eq!(period(&text("13")), Some(Period::Unknown));
        assert_eq!(period(&Item::Blank), None);
    }
}
