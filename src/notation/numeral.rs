//! Numbers as digits (`1,234.5`) and as Chinese numerals (`三`, `十二`, `一百二十`, `两`).

use rust_decimal::Decimal;

use crate::base::Number;
use crate::base::decimal::MAX_DIGITS;

/// A number as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    /// The exact value.
    pub value: Number,
    /// Digits shown after the point.
    pub places: u32,
}

/// Digits with an optional sign, point and thousands commas at the start of a plain text, and how many bytes they
/// are. Refuses (`None`) more digits than are exact, and a number that runs on in a way no number does
/// (`1.2.3`, `12,34`, `1,2345`).
pub fn scan_number(text: &str) -> Option<(Numeral, usize)> {
    let bytes = text.as_bytes();
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    let mut i = 0_usize;
    let negative = at(0) == b'-';
    if matches!(at(0), b'-' | b'+') {
        i = 1;
    }
    let start = i;
    let mut mantissa: i128 = 0;
    let mut significant = 0_usize;
    let mut push = |digit: u8| -> Option<()> {
        if mantissa != 0 || digit != b'0' {
            significant = significant.checked_add(1)?;
        }
        if significant > MAX_DIGITS {
            return None;
        }
        mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit.checked_sub(b'0')?))?;
        Some(())
    };
    let mut grouped = false;
    let mut run = 0_usize;
    loop {
        match at(i) {
            digit @ b'0'..=b'9' => {
                push(digit)?;
                run = run.checked_add(1)?;
                i = i.checked_add(1)?;
                if grouped && run > 3 {
                    return None;
                }
            }
            b',' if at(i.checked_add(1)?).is_ascii_digit() => {
                if run == 0 || run > 3 || (grouped && run != 3) {
                    return None;
                }
                grouped = true;
                run = 0;
                i = i.checked_add(1)?;
            }
            _ => break,
        }
    }
    if i == start || (grouped && run != 3) {
        return None;
    }
    let mut places = 0_u32;
    if at(i) == b'.' && at(i.checked_add(1)?).is_ascii_digit() {
        i = i.checked_add(1)?;
        while let digit @ b'0'..=b'9' = at(i) {
            push(digit)?;
            places = places.checked_add(1)?;
            i = i.checked_add(1)?;
        }
        if matches!(at(i), b'.' | b',') && at(i.checked_add(1)?).is_ascii_digit() {
            return None;
        }
    }
    if places > 28 {
        return None;
    }
    let signed = if negative { mantissa.checked_neg()? } else { mantissa };
    let value = Decimal::try_from_i128_with_scale(signed, places).ok()?.normalize();
    let value = if significant > DOUBLE_DIGITS { without_tail(value)? } else { value };
    let places = if significant > DOUBLE_DIGITS { places.min(value.scale()) } else { places };
    Some((Numeral { value: Number::new(value), places }, i))
}

/// Digits that a spreadsheet's double holds exactly.
const DOUBLE_DIGITS: usize = 15;
/// A number that at 15 digits is as short as this had the tail of a double (`96.840000000000003`).
const SHORT_DIGITS: u32 = 12;

/// The number at 15 digits where that is what was typed before a program printed its double in full; the number
/// itself where it really has so many digits.
fn without_tail(value: Decimal) -> Option<Decimal> {
    let rounded = value.round_sf(15)?.normalize();
    let digits = rounded.mantissa().unsigned_abs().checked_ilog10().unwrap_or(0);
    Some(if value.scale() > 0 && digits < SHORT_DIGITS { rounded } else { value })
}

/// Whether the character is a Chinese numeral.
pub fn is_numeral(c: char) -> bool {
    part(c).is_some()
}

/// A whole number in Chinese numerals at the start of a text, and how many bytes it is: `三`, `两`, `十二`,
/// `一百零五`, `三千`, `一万二千`, `二十万`; formal numerals (`叁拾`) as well. A row of digits (`二〇二二`) is a
/// number read digit by digit, from four digits on. Anything that is no well-formed numeral is refused.
pub fn scan_numeral(text: &str) -> Option<(Numeral, usize)> {
    let mut length = 0_usize;
    let mut parts = Vec::new();
    let mut two = false;
    for c in text.chars() {
        let Some(part) = part(c) else { break };
        two |= c == '两';
        parts.push(part);
        length = length.saturating_add(c.len_utf8());
        if parts.len() > MAX_NUMERAL_CHARS {
            return None;
        }
    }
    if parts.len() > 1 && parts.iter().all(|p| matches!(p, NumeralPart::Digit(_))) && (parts.len() < 4 || two)
    {
        return None; // 两三人 is two or three
    }
    let value = if parts.len() > 1 && parts.iter().all(|p| matches!(p, NumeralPart::Digit(_))) {
        parts.iter().try_fold(0_u64, |sum, part| match part {
            NumeralPart::Digit(d) => sum.checked_mul(10)?.checked_add(*d),
            NumeralPart::Unit(_) => None,
        })?
    } else {
        well_formed(&parts)?
    };
    Some((Numeral { value: Number::new(Decimal::from(value)), places: 0 }, length))
}

/// Longer numerals are no counts that anybody writes out.
const MAX_NUMERAL_CHARS: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NumeralPart {
    Digit(u64),
    Unit(u64),
}

fn part(c: char) -> Option<NumeralPart> {
    Some(match c {
        '零' | '〇' => NumeralPart::Digit(0),
        '一' | '壹' => NumeralPart::Digit(1),
        '二' | '两' | '贰' => NumeralPart::Digit(2),
        '三' | '叁' => NumeralPart::Digit(3),
        '四' | '肆' => NumeralPart::Digit(4),
        '五' | '伍' => NumeralPart::Digit(5),
        '六' | '陆' => NumeralPart::Digit(6),
        '七' | '柒' => NumeralPart::Digit(7),
        '八' | '捌' => NumeralPart::Digit(8),
        '九' | '玖' => NumeralPart::Digit(9),
        '十' | '拾' => NumeralPart::Unit(10),
        '百' | '佰' => NumeralPart::Unit(100),
        '千' | '仟' => NumeralPart::Unit(1_000),
        '万' => NumeralPart::Unit(10_000),
        '亿' => NumeralPart::Unit(100_000_000),
        _ => return None,
    })
}

/// The value of digits and units in falling order (`三千零五`). Spoken short forms (`一百二` for 120) are refused:
/// written, they are as often a slip.
fn well_formed(parts: &[NumeralPart]) -> Option<u64> {
    let mut total = 0_u64; // closed by 亿
    let mut section = 0_u64; // closed by 万
    let mut low = 0_u64; // below 10000
    let mut digit: Option<u64> = None;
    let mut limit = u64::MAX; // the unit last used; the next within the section must be smaller
    let mut zero = false;
    for (i, part) in parts.iter().enumerate() {
        match *part {
            NumeralPart::Digit(0) => {
                if digit.is_some() || zero || (i == 0 && parts.len() > 1) {
                    return None;
                }
                zero = true;
            }
            NumeralPart::Digit(d) => {
                if digit.is_some() {
                    return None;
                }
                digit = Some(d);
            }
            NumeralPart::Unit(unit @ (10 | 100 | 1_000)) => {
                if unit >= limit {
                    return None;
                }
                let count = match digit.take() {
                    Some(d) => d,
                    None if unit == 10 && low == 0 && !zero => 1,
                    None => return None,
                };
                low = low.checked_add(count.checked_mul(unit)?)?;
                limit = unit;
                zero = false;
            }
            NumeralPart::Unit(unit) => {
                low = low.checked_add(digit.take().unwrap_or(0))?;
                if low == 0 || (unit == 10_000 && section != 0) || (unit != 10_000 && total != 0) {
                    return None;
                }
                if unit == 10_000 {
                    section = low.checked_mul(unit)?;
                } else {
                    total = section.checked_add(low)?.checked_mul(unit)?;
                    section = 0;
                }
                low = 0;
                limit = u64::MAX;
                zero = false;
            }
        }
    }
    if let Some(d) = digit {
        let after_unit = matches!(parts.iter().rev().nth(1), Some(NumeralPart::Unit(unit)) if *unit > 10);
        if after_unit {
            return None; // 一百二
        }
        low = low.checked_add(d)?;
    } else if zero && parts.len() > 1 {
        return None; // 一百零
    }
    if parts.is_empty() { None } else { total.checked_add(section)?.checked_add(low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<(String, u32, usize)> {
        scan_number(text).map(|(n, len)| (n.value.to_string(), n.places, len))
    }

    fn numeral(text: &str) -> Option<String> {
        scan_numeral(text).filter(|(_, len)| *len == text.len()).map(|(n, _)| n.value.to_string())
    }

    #[test]
    fn digits() {
        assert_eq!(number("61.20万元"), Some(("61.2".into(), 2, 5)));
        assert_eq!(number("1,234,567.8"), Some(("1234567.8".into(), 1, 11)));
        assert_eq!(number("-0%"), Some(("0".into(), 0, 2)));
        assert_eq!(number("7.月"), Some(("7".into(), 0, 1)));
        for broken in
            ["", ".5", "1.2.3", "12,34", "1,2345", "1234,567", "1,3,4", "12345678901234567890123456789"]
        {
            assert_eq!(number(broken), None, "{broken}");
        }
    }

    #[test]
    fn chinese_numerals() {
        for (text, value) in [
            ("三", "3"),
            ("两", "2"),
            ("十", "10"),
            ("十二", "12"),
            ("二十", "20"),
            ("九十五", "95"),
            ("一百", "100"),
            ("一百零五", "105"),
            ("一百二十", "120"),
            ("三千零五", "3005"),
            ("一万二千", "12000"),
            ("二十万", "200000"),
            ("一亿零五百万", "105000000"),
            ("叁拾", "30"),
            ("二〇二二", "2022"),
            ("零", "0"),
        ] {
            assert_eq!(numeral(text).as_deref(), Some(value), "{text}");
        }
        for broken in [
            "百",
            "一百二",
            "万",
            "十十",
            "一百零",
            "零五十",
            "百十",
            "一十百",
            "两三",
            "三五",
            "一二三",
            "两〇二二",
        ] {
            assert_eq!(numeral(broken), None, "{broken}");
        }
    }
}
