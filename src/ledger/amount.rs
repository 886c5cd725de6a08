//! The amount of a cell, exact, in 元 — or that it cannot be read with certainty.

use crate::base::{Number, Yuan};
use crate::model::MoneyUnit;
use crate::sheet::{Item, NumberFormat};
use crate::words::list;

/// What an amount cell gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// Nothing, or a dash that stands for nothing.
    Blank,
    /// An amount in 元.
    Of(Yuan),
    /// Something that is no amount, or not for certain.
    Unreadable,
}

/// Reads an amount cell of a ledger in the given unit.
pub fn amount(item: &Item<'_>, format: NumberFormat, unit: MoneyUnit) -> Amount {
    match item {
        Item::Blank => Amount::Blank,
        Item::Number(number) => match format {
            NumberFormat::Percent(_) | NumberFormat::Date => Amount::Unreadable,
            NumberFormat::General | NumberFormat::Fixed(_) | NumberFormat::Text => in_yuan(*number, unit),
            // A unit behind the digits is the cell's own, as in a text; digits that a format divides without saying by how
            // much are in the ledger's only where it divides by as much.
            NumberFormat::Scaled { power, unit: own, .. } => {
                let unit = match MoneyUnit::of_word(own) {
                    None if !own.is_empty() => None,
                    None => Some(unit).filter(|unit| {
                        power == 0 || 10_u32.checked_pow(u32::from(power)) == Some(unit.factor())
                    }),
                    own => own,
                };
                let shown = format.shown_of(*number).zip(unit);
                shown.map_or(Amount::Unreadable, |(shown, unit)| in_yuan(shown, unit))
            }
        },
        Item::Text(text) => text_amount(text, unit),
        Item::Date(_) | Item::Unreadable(_) | Item::FormulaWithoutValue => Amount::Unreadable,
    }
}

fn in_yuan(number: Number, unit: MoneyUnit) -> Amount {
    let yuan = match unit {
        MoneyUnit::Yuan => Some(number),
        _ => number.times(Number::from(unit.factor())),
    };
    yuan.map_or(Amount::Unreadable, |yuan| Amount::Of(Yuan::new(yuan.get())))
}

/// Reads a text such as `1,234.56`, `（1,234.56）`, `-1234.56`, `1234.56-`, `¥1 234.56`, `12.5万元`.
fn text_amount(text: &str, unit: MoneyUnit) -> Amount {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if c.is_whitespace() || is_unseen(c) => {}
            '０'..='９' => {
                let digit = u32::from(c).saturating_sub(u32::from('０'));
                plain.push(char::from_digit(digit, 10).unwrap_or('0'));
            }
            '．' => plain.push('.'),
            '，' => plain.push(','),
            '－' | '−' | '—' | '–' => plain.push('-'),
            '（' => plain.push('('),
            '）' => plain.push(')'),
            _ => plain.push(c),
        }
    }
    if plain.chars().all(|c| c == '-') {
        return Amount::Blank;
    }
    let mut rest = plain.as_str();
    let mut negative = false;
    if let Some(inside) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        negative = true;
        rest = inside;
    }
    rest = without_currency(rest);
    if let Some(after) = rest.strip_prefix('-').or_else(|| rest.strip_suffix('-')) {
        if negative {
            return Amount::Unreadable;
        }
        negative = true;
        rest = after;
    } else if let Some(after) = rest.strip_prefix('+') {
        rest = after;
    }
    rest = without_currency(rest);
    // A unit after the digits is nearer to them than that of the ledger.
    let own = MoneyUnit::ALL.into_iter().find_map(|its| Some((rest.strip_suffix(its.name())?, its)));
    let (rest, unit) = own.unwrap_or((rest, unit));
    let Some(digits) = ungroup(rest) else { return Amount::Unreadable };
    let Ok(number) = digits.parse::<Number>() else { return Amount::Unreadable };
    match in_yuan(number, unit) {
        Amount::Of(yuan) if negative => Yuan::ZERO.minus(yuan).map_or(Amount::Unreadable, Amount::Of),
        other => other,
    }
}

/// What stands behind a sign of our currency.
fn without_currency(text: &str) -> &str {
    list::YUAN_BEFORE.strip(text).unwrap_or(text)
}

/// Signs that no reader sees: they say at most which way to write.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\'')
}

/// Digits with an optional point and thousands in groups of three; `None` for anything else.
fn ungroup(text: &str) -> Option<String> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || fraction.is_some_and(|f| !digits(f)) {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    for (index, group) in whole.split(',').enumerate() {
        let first = index == 0;
        let fits = if first { !group.is_empty() } else { group.len() == 3 };
        let too_long = first && whole.contains(',') && group.len() > 3;
        if !fits || too_long || !digits(group) {
            return None;
        }
        plain.push_str(group);
    }
    if let Some(fraction) = fraction.filter(|f| !f.is_empty()) {
        plain.push('.');
        plain.push_str(fraction);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn read(text: &str, unit: MoneyUnit) -> Amount {
        amount(&Item::Text(Cow::Borrowed(text)), NumberFormat::General, unit)
    }

    #[test]
    fn amounts_as_text() {
        let of = |text: &str| Amount::Of(text.parse().unwrap());
        for (text, value) in [
            ("1,234.56", "1234.56"),
            (" 1234.5 ", "1234.5"),
            ("(1,234.56)", "-1234.56"),
            ("（1，234．56）", "-1234.56"),
            ("-1,234.56", "-1234.56"),
            ("1234.56-", "-1234.56"),
            ("¥1,234", "1234"),
            ("-¥5", "-5"),
            ("RMB 1,234.50", "1234.5"),
            ("人民币-5元", "-5"),
            ("１２３", "123"),
            ("12元", "12"),
            ("0.00", "0"),
        ] {
            assert_eq!(read(text, MoneyUnit::Yuan), of(value), "{text}");
        }
        assert_eq!(read("12.5万元", MoneyUnit::TenThousand), of("125000"));
        assert_eq!(read("12.5万元", MoneyUnit::Yuan), of("125000"));
        assert_eq!(read("-480.00千元", MoneyUnit::Yuan), of("-480000"));
        assert_eq!(read("480元", MoneyUnit::TenThousand), of("480"));
        assert_eq!(read("-", MoneyUnit::Yuan), Amount::Blank);
        assert_eq!(read("——", MoneyUnit::Yuan), Amount::Blank);
        for text in [
            "USD 5",
            "RMB",
            "RMB RMB RMB 5",
            "1.234,56",
            "12,34",
            "1,23,456",
            "abc",
            "1234,567",
            "(-5)",
            "1.2.3",
            ".5x",
            "12%",
            "=1",
            "()",
        ] {
            assert_eq!(read(text, MoneyUnit::Yuan), Amount::Unreadable, "{text}");
        }
    }
}
