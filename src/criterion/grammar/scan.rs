//! The smallest parsers: words of a list, figures with units, names.

use winnow::combinator::{alt, opt};
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::{Number, Ratio};
use crate::notation::{Unit, is_numeral, scan_number, scan_numeral, scan_unit};
use crate::rule::Amount;

use crate::criterion::grammar::lexicon::Vocabulary;
use crate::criterion::grammar::words::{GIVE, HALF, HAZARDS, WEIGHT};
use crate::words::list;

/// What is left of the text.
pub(crate) type Input<'s> = &'s str;
/// What a parser gives; it failed without changing anything where it is an error.
pub(crate) type Outcome<T> = core::result::Result<T, EmptyError>;

/// The longest word of the list that begins here.
pub(crate) fn word<'s, V: Vocabulary + ?Sized>(
    list: &'static V,
) -> impl FnMut(&mut Input<'s>) -> Outcome<&'static str> {
    move |input: &mut Input<'s>| {
        let found = list.longest(input).ok_or(EmptyError)?;
        *input = input.get(found.len()..).ok_or(EmptyError)?;
        Ok(found)
    }
}

/// This very word.
pub(crate) fn lit<'s>(text: &'static str) -> impl FnMut(&mut Input<'s>) -> Outcome<()> {
    move |input: &mut Input<'s>| {
        *input = input.strip_prefix(text).ok_or(EmptyError)?;
        Ok(())
    }
}

/// The same parser, giving the input back where it fails.
pub(crate) fn attempt<'s, T>(
    input: &mut Input<'s>,
    parser: impl FnOnce(&mut Input<'s>) -> Outcome<T>,
) -> Option<T> {
    let start = *input;
    let found = parser(input).ok();
    if found.is_none() {
        *input = start;
    }
    found
}

/// A figure: digits, or Chinese numerals, and whether they are digits.
pub(crate) fn figure(input: &mut Input<'_>) -> Outcome<(Number, bool)> {
    if let Some((number, taken)) = scan_number(input) {
        if number.value.is_negative() || input.starts_with(['+', '-']) {
            return Err(EmptyError);
        }
        *input = input.get(taken..).ok_or(EmptyError)?;
        return Ok((number.value, true));
    }
    let (number, taken) = scan_numeral(input).ok_or(EmptyError)?;
    *input = input.get(taken..).ok_or(EmptyError)?;
    Ok((attempt(input, |i| decimals(i, number.value)).unwrap_or(number.value), false))
}

/// 点五 behind 零: the digits of a decimal, one by one.
fn decimals(input: &mut Input<'_>, whole: Number) -> Outcome<Number> {
    lit("点").parse_next(input)?;
    let (mut value, mut place) = (whole, Number::ONE);
    let mut any = false;
    while let Some(c) = input.chars().next() {
        let Some((digit, _)) = scan_numeral(c.encode_utf8(&mut [0; 4])) else { break };
        if digit.value > Number::from(9) {
            return Err(EmptyError);
        }
        *input = input.get(c.len_utf8()..).ok_or(EmptyError)?;
        place = place.over(Number::from(10)).ok_or(EmptyError)?;
        value = digit.value.times(place).and_then(|part| value.plus(part)).ok_or(EmptyError)?;
        any = true;
    }
    if any { Ok(value) } else { Err(EmptyError) }
}

/// Whether a figure may begin here.
pub(crate) fn begins_figure(input: Input<'_>) -> bool {
    input.starts_with(|c: char| c.is_ascii_digit() || is_numeral(c))
}

/// A unit; 个点 is a percentage point, 成 a tenth.
fn unit(input: &mut Input<'_>) -> Outcome<(Unit, Number)> {
    let one = Number::ONE;
    for (text, times) in [("个百分点", 1_u32), ("个点", 1), ("成", 10)] {
        if let Some(rest) = input.strip_prefix(text)
            && !(text == "个点" && rest.starts_with('位'))
        {
            *input = rest;
            let unit =
                Unit { word: if times == 1 { "个百分点".into() } else { "%".into() }, ..Unit::percent() };
            return Ok((unit, Number::from(times)));
        }
    }
    if let Some((unit, taken)) = scan_unit(input) {
        *input = input.get(taken..).ok_or(EmptyError)?;
        return Ok((unit, one));
    }
    for (text, times) in [("万", 10_000_u32), ("亿", 100_000_000), ("千", 1_000)] {
        if let Some(rest) = input.strip_prefix(text)
            && let Some((unit, taken)) = scan_unit(rest)
            && !unit.is_ratio()
        {
            *input = rest.get(taken..).ok_or(EmptyError)?;
            return Ok((unit, Number::from(times)));
        }
    }
    Err(EmptyError)
}

/// A figure with its unit; Chinese numerals only before a unit (一项, not 一般).
pub(crate) fn amount(input: &mut Input<'_>) -> Outcome<Amount> {
    if let Some(found) = attempt(input, per_hundred) {
        return Ok(found);
    }
    let start = *input;
    let (number, digits) = figure(input)?;
    match attempt(input, unit) {
        Some((unit, times)) => {
            let number = number.times(times).ok_or(EmptyError)?;
            Ok(Amount { number, unit })
        }
        // 4万(含)-5万人次: 万 without its unit, which the second figure has.
        None if digits => {
            let times = attempt(input, ten_thousands).unwrap_or(Number::ONE);
            Ok(Amount { number: number.times(times).ok_or(EmptyError)?, unit: Unit::bare() })
        }
        None => {
            *input = start;
            Err(EmptyError)
        }
    }
}

/// 万, 亿 before the end of a range.
fn ten_thousands(input: &mut Input<'_>) -> Outcome<Number> {
    let found = word(&["万", "亿", "千"]).parse_next(input)?;
    let times = match found {
        "亿" => 100_000_000_u32,
        "万" => 10_000,
        _ => 1_000,
    };
    // 流通量≥5万得3分: of what, its name says.
    let ends = list::BEHIND_TEN_THOUSANDS.begins(input);
    if ends { Ok(Number::from(times)) } else { Err(EmptyError) }
}

/// An amount that may lie below zero: -15%, where no figure stands before the sign.
pub(crate) fn signed_amount(input: &mut Input<'_>) -> Outcome<Amount> {
    let Some(mut rest) = input.strip_prefix('-') else { return amount(input) };
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(EmptyError);
    }
    let found = amount(&mut rest)?;
    *input = rest;
    let number = Number::ZERO.minus(found.number).ok_or(EmptyError)?;
    Ok(Amount { number, ..found })
}

/// -10%至0: nothing is nothing in any unit.
pub(crate) fn zero_of(zero: &mut Amount, other: &Amount) {
    if zero.number.is_zero() && zero.unit.is_bare() {
        zero.unit = other.unit.clone();
    }
}

/// 百分之九十
fn per_hundred(input: &mut Input<'_>) -> Outcome<Amount> {
    lit("百分之").parse_next(input)?;
    let (number, _) = if input.starts_with('百') {
        *input = input.get("百".len()..).ok_or(EmptyError)?;
        (Number::from(100), true)
    } else {
        figure(input)?
    };
    Ok(Amount { number, unit: Unit::percent() })
}

/// A percentage as a plain ratio: 80% is 0.8; 一半 is 0.5.
pub(crate) fn percentage(input: &mut Input<'_>) -> Outcome<Ratio> {
    if let Some(found) = attempt(input, fraction) {
        return Ok(found);
    }
    let start = *input;
    let amount = amount(input)?;
    let share = amount.number.times(amount.unit.factor).filter(|_| amount.unit.is_ratio());
    match share {
        Some(share) if share.number() <= Number::from(10) => Ok(Ratio::new(share.get())),
        _ => {
            *input = start;
            Err(EmptyError)
        }
    }
}

/// 一半, 三分之二: a share in words.
pub(crate) fn fraction(input: &mut Input<'_>) -> Outcome<Ratio> {
    if attempt(input, word(HALF)).is_some() {
        return Ok(Ratio::HALF);
    }
    if input.starts_with("百分之") { Err(EmptyError) } else { part(input) }
}

/// 1/3, 三分之一: one part of so many.
fn part(input: &mut Input<'_>) -> Outcome<Ratio> {
    let (first, digits) = figure(input)?;
    word(if digits { &["/"] } else { &["分之"] }).parse_next(input)?;
    let (second, _) = figure(input)?;
    let (above, below) = if digits { (first, second) } else { (second, first) };
    let half_a_point = input.starts_with('分') && WEIGHT.longest(input).is_none();
    if above > below || input.starts_with('%') || half_a_point {
        return Err(EmptyError);
    }
    above.over(below).map(|n| Ratio::new(n.get())).ok_or(EmptyError)
}

/// So many points: `8分`, not `8分钟`.
pub(crate) fn points(input: &mut Input<'_>) -> Outcome<Number> {
    let start = *input;
    let found = attempt(input, |i| {
        let (number, _) = figure(i)?;
        lit("分").parse_next(i)?;
        if ["钟", "之", "米", "贝"].iter().any(|w| i.starts_with(w)) {
            Err(EmptyError)
        } else {
            Ok(number)
        }
    });
    if found.is_none() {
        *input = start;
    }
    found.ok_or(EmptyError)
}

/// A share of the weight: `80%`, `分值的80%`, `80%的分值`, `权重分的80%`, `一半分值`.
pub(crate) fn share(input: &mut Input<'_>) -> Outcome<Ratio> {
    let start = *input;
    let before = opt(word(WEIGHT)).parse_next(input)?;
    if before.is_some() {
        opt(alt((lit("的"), lit("*")))).parse_next(input)?;
    }
    let from = *input;
    let found = percentage(input);
    if found.is_err() {
        *input = start;
        return found;
    }
    // 二分之一分 is half a point, or half of the points.
    let words = from.get(..from.len().saturating_sub(input.len())).unwrap_or_default();
    if words.contains("分之")
        && !words.starts_with("百分之")
        && input.starts_with('分')
        && attempt(&mut { *input }, word(WEIGHT)).is_none()
    {
        *input = start;
        return Err(EmptyError);
    }
    if before.is_none() {
        let after = *input;
        opt(alt((lit("的"), lit("*")))).parse_next(input)?;
        if attempt(input, word(WEIGHT)).is_none() {
            *input = after;
            // 得80%的分 and 得80%分
            attempt(input, |i| {
                opt(lit("的")).parse_next(i)?;
                lit("分").parse_next(i)
            });
        }
    }
    found
}

/// A share that is a decimal: points by thirds are no exact formula.
pub(crate) fn decimal_share(input: &mut Input<'_>) -> Outcome<Ratio> {
    let start = *input;
    let found = share(input)?;
    if found.number().round(8) == found.number() {
        Ok(found)
    } else {
        *input = start;
        Err(EmptyError)
    }
}

/// Whether the text can be a name of a thing: no figures, nothing that changes a condition.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(of_name)
        && text.chars().count() <= MAX_NAME
        && !changes_something(text)
        && !GIVE.has(text)
        && balanced(text)
}

/// Whether a name holds a word that changes a condition, other than in one that only looks so (除险加固, 其他支出).
fn changes_something(text: &str) -> bool {
    HAZARDS.within(text)
        && HAZARDS.within(&list::NO_HAZARDS.iter().fold(text.to_owned(), |text, word| text.replace(word, "")))
}

/// Whether a text denies something (未, 不, 没有), other than by a word that only looks so (非税, 无障碍). What is passed over
/// as a name or an object must not: it would turn round what stands beside it.
pub(crate) fn denies(text: &str) -> bool {
    list::DENIALS.within(&crate::rule::plain_of(text))
}

/// Whether a name can contain the character. The usual ones are told without a look at Unicode's tables.
pub(crate) fn of_name(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '、' | '(' | ')' | '/' | '·') || c.is_alphabetic()
}

/// Names are short; what is longer says more than a name.
const MAX_NAME: usize = 30;

fn balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}
