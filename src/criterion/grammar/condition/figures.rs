//! Conditions on a figure: 90%以上, 80%（含）-90%, ≥80%且<90%, [80%,90%).

use crate::words::list;
use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::belonging::{belonging, both_ends, named_belonging, named_both};
use super::either_way::about_middle;
use super::{Condition, End, Shape, Stretch, end, from, is_time, up_to, value, within};
use crate::base::Number;
use crate::criterion::grammar::lexicon::longest_of;
use crate::criterion::grammar::scan::{
    Input, Outcome, amount, attempt, figure, lit, signed_amount, word, zero_of,
};
use crate::criterion::grammar::words::{
    AT, BEHIND, BOTH, COMES_TO, EQUAL, LOWER_IN, LOWER_OUT, LOWER_OVER, NEGATIVE, NOT_EQUAL, RANKED, STRAYS,
    UPPER_IN, UPPER_OUT, WITH,
};
use crate::notation::{Unit, scan_rank};
use crate::rule::{Amount, Point, Side};

/// A word behind a figure that makes it an end: 以上, 以下, 以内.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum After {
    Lower { inclusive: bool, firm: bool },
    Upper { inclusive: bool, firm: bool, yields: bool },
}

pub(super) fn after(input: &mut Input<'_>, at: &Amount) -> Outcome<(Option<After>, Option<bool>)> {
    let mut belongs = belonging(input, at)?;
    let found = attempt(input, word(list::AFTER_FIGURES));
    if let Some(late) = belonging(input, at)? {
        if belongs.is_some_and(|b| b != late) {
            return Err(EmptyError);
        }
        belongs = Some(late);
    }
    let inclusive = belongs.unwrap_or(true);
    let firm = belongs.is_some();
    let side = match found {
        Some("以上") => Some(After::Lower { inclusive, firm }),
        Some(w) if list::UP_TO_AND_ABOVE.has(w) && belongs != Some(false) => {
            Some(After::Lower { inclusive: true, firm: true })
        }
        Some(w) if list::BOUNDED_ABOVE.has(w) => {
            Some(After::Upper { inclusive, firm, yields: w == "以下" && !firm })
        }
        Some(w) if list::DOWN_TO_AND_BELOW.has(w) && belongs != Some(false) => {
            Some(After::Upper { inclusive: true, firm: true, yields: false })
        }
        Some(w) if list::LATER_THAN.has(w) && belongs.is_none() && is_time(&at.unit) => {
            Some(After::Lower { inclusive: false, firm: true })
        }
        Some("以外") if belongs.is_none() => Some(After::Lower { inclusive: false, firm: true }),
        Some(_) => return Err(EmptyError),
        None => None,
    };
    Ok((side, belongs))
}

/// Between the two ends of a range.
pub(super) fn to(input: &mut Input<'_>) -> Outcome<()> {
    word(&["-", "~", "至", "到", "与"]).parse_next(input).map(|_| ())
}

/// A range as written.
pub(super) type Range = (Amount, Option<bool>, Amount, Option<bool>);

/// `85%(含)-95%`, `85-95%`, `5至10天`: both ends and what is said of each.
pub(super) fn range(input: &mut Input<'_>) -> Outcome<Range> {
    let start = *input;
    let mut low = signed_amount(input)?;
    let low_belongs = belonging(input, &low)?;
    let and = attempt(input, lit("和")).is_some();
    if !and {
        to(input)?;
    }
    let mut high = if low.number.is_negative() { signed_amount(input)? } else { amount(input)? };
    zero_of(&mut high, &low);
    // 80-90%(含80%): the bracket behind both names the first.
    let unit = if low.unit.is_bare() { high.unit.clone() } else { low.unit.clone() };
    let first = Amount { unit, ..low.clone() };
    let low_belongs = match attempt(input, |i| named_belonging(i, &first)) {
        Some(belongs) if low_belongs.is_none_or(|b| b == belongs) => Some(belongs),
        Some(_) => return Err(EmptyError),
        None => low_belongs,
    };
    // 90%-95%(含90%、95%)
    let both = attempt(input, |i| named_both(i, &first, &high));
    let said = both.map(|(low, _)| low);
    if said.is_some() && low_belongs.is_some_and(|b| Some(b) != said) {
        return Err(EmptyError);
    }
    let low_belongs = said.or(low_belongs);
    let high_belongs = both.map_or_else(|| belonging(input, &high), |(_, high)| Ok(Some(high)))?;
    if and && !input.starts_with("之间") {
        return Err(EmptyError);
    }
    as_the_second(&mut low, &high, start);
    let order = match (low.number.times(low.unit.factor), high.number.times(high.unit.factor)) {
        (Some(a), Some(b)) if low.unit.comparable(&high.unit) => a.cmp(&b),
        _ => core::cmp::Ordering::Equal,
    };
    match order {
        core::cmp::Ordering::Less => Ok((low, low_belongs, high, high_belongs)),
        // 100%-95%: the other way round
        core::cmp::Ordering::Greater => Ok((high, high_belongs, low, low_belongs)),
        core::cmp::Ordering::Equal => Err(EmptyError),
    }
}

/// 3-5万亩: what is said once behind both figures, 万 included, is said of both. `text` begins with the first.
pub(super) fn as_the_second(low: &mut Amount, high: &Amount, text: &str) {
    // 4万-5万人次 says it of both.
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let own = text.trim_start_matches(digits).starts_with(['万', '亿', '千']);
    let times = high.number.over(written(text, high)).filter(|_| !own).unwrap_or(Number::ONE);
    if low.unit.is_bare()
        && let Some(number) = low.number.times(times)
    {
        *low = Amount { number, unit: high.unit.clone() };
    }
}

/// The digits of the second figure, before 万 or its like.
fn written(text: &str, high: &Amount) -> Number {
    let tens = [1_u32, 1_000, 10_000, 100_000_000].into_iter().map(Number::from);
    let of = |times: Number| high.number.over(times);
    let words = |times: Number| match times {
        n if n == Number::from(1_000) => "千",
        n if n == Number::from(10_000) => "万",
        n if n == Number::from(100_000_000) => "亿",
        _ => "",
    };
    tens.rev()
        .find_map(|times| {
            let number = of(times)?;
            let said = format!("{number}{}{}", words(times), high.unit.word);
            (!words(times).is_empty() && text.contains(&said)).then_some(number)
        })
        .unwrap_or(high.number)
}

pub(super) fn stretch(range: Range, place: impl Fn(Amount) -> Point) -> Stretch {
    let (low, low_belongs, high, high_belongs) = range;
    Stretch {
        lower: Some(end(place(low), low_belongs.unwrap_or(true), low_belongs.is_some())),
        upper: Some(end(place(high), high_belongs.unwrap_or(false), high_belongs.is_some())),
        bare: true,
        ..Stretch::default()
    }
}

pub(super) fn range_end(input: &mut Input<'_>) {
    attempt(input, word(&["之间", "区间内", "区间", "范围内", "以内", "内"]));
}

/// `在80%(含)-90%之间`, `≥80%且<90%`, `90%以上`, `100%`
pub(super) fn by_figures(input: &mut Input<'_>) -> Outcome<Condition> {
    if let Some(found) = attempt(input, ranked) {
        return Ok(within(found));
    }
    if attempt(input, word(NEGATIVE)).is_some() {
        let zero = Amount { number: Number::ZERO, unit: Unit::percent() };
        return Ok(within(up_to(Point::Value(zero), false, true)));
    }
    opt(word(AT)).parse_next(input)?;
    if let Some(found) = attempt(input, |i| {
        opt(word(COMES_TO)).parse_next(i)?;
        let mut found = range(i)?;
        let before = attempt(i, both_ends);
        range_end(i);
        if let Some(both) =
            before.or_else(|| attempt(i, both_ends)).or_else(|| attempt(i, word(WITH)).map(|_| true))
        {
            found.1 = found.1.or(Some(both));
            found.3 = found.3.or(Some(both));
        }
        Ok(found)
    }) {
        return Ok(within(stretch(found, Point::Value)));
    }
    // 超出5%-10%: from 5% to 10% of it, or beyond the target by so much.
    if let Some(found) = attempt(input, |i| {
        word(LOWER_OVER).parse_next(i)?;
        let found = range(i)?;
        range_end(i);
        if found.0.unit.is_ratio() { Ok(found) } else { Err(EmptyError) }
    }) {
        return Ok(within(Stretch { perhaps_beyond: true, ..stretch(found, Point::Value) }));
    }
    if let Some(found) = attempt(input, about_middle) {
        return Ok(within(found));
    }
    if let Some(found) = attempt(input, |i| {
        word(NOT_EQUAL).parse_next(i)?;
        let at = amount(i)?;
        let only = end(Point::Value(at), true, true);
        Ok(Stretch { lower: Some(only.clone()), upper: Some(only), ..Stretch::default() })
    }) {
        return Ok(value(Shape::Outside(found)));
    }
    if let Some(found) = attempt(input, |i| {
        word(STRAYS).parse_next(i)?;
        let by = amount(i)?;
        if !by.unit.is_ratio() {
            return Err(EmptyError);
        }
        Ok(Stretch {
            lower: Some(end(Point::Beyond(Side::Below, by.clone()), true, true)),
            upper: Some(end(Point::Beyond(Side::Above, by), true, true)),
            ..Stretch::default()
        })
    }) {
        return Ok(value(Shape::Outside(found)));
    }
    let first = one_sided(input)?;
    let timed = [&first.lower, &first.upper]
        .into_iter()
        .flatten()
        .any(|e| matches!(&e.at, Point::Value(a) if is_time(&a.unit)));
    let second = attempt(input, |i| {
        opt(word(BOTH)).parse_next(i)?;
        let award = i.starts_with('为'); // 80%及以上为10分
        let second = one_sided(i)?;
        if award && second.lower.is_some() && second.upper.is_some() { Err(EmptyError) } else { Ok(second) }
    });
    if timed {
        attempt(input, word(&["办结", "完成", "办理完毕", "到达", "响应", "办理"]));
    }
    match second {
        Some(second) => both(first, second).map(within).ok_or(EmptyError),
        None => Ok(within(first)),
    }
}

/// 前3名, 第5名, 第4-8名, 10名及以后: places in a ranking, of which fewer is better.
fn ranked(input: &mut Input<'_>) -> Outcome<Stretch> {
    let text = *input;
    let rank = |number| Point::Value(Amount { number, unit: Unit::place() });
    if let Some((place, taken)) = scan_rank(text) {
        *input = text.get(taken..).ok_or(EmptyError)?;
        let at = rank(place.number);
        if place.sign.is_some() {
            return Ok(up_to(at, true, true));
        }
        return match attempt(input, word(BEHIND)) {
            Some(behind) => Ok(from(at, behind.starts_with('及'), true)),
            None => {
                let only = end(at, true, true);
                Ok(Stretch { lower: Some(only.clone()), upper: Some(only), ..Stretch::default() })
            }
        };
    }
    opt(word(RANKED)).parse_next(input)?;
    let led = attempt(input, lit("第")).is_some();
    let (low, _) = figure(input)?;
    let high = attempt(input, |i| {
        opt(word(&["名", "位"])).parse_next(i)?;
        to(i)?;
        opt(lit("第")).parse_next(i)?;
        figure(i).map(|(number, _)| number)
    });
    word(&["名", "位"]).parse_next(input)?;
    let behind = attempt(input, word(BEHIND));
    match (high, behind) {
        (Some(high), None) if led && low < high => Ok(Stretch {
            lower: Some(end(rank(low), true, true)),
            upper: Some(end(rank(high), true, true)),
            ..Stretch::default()
        }),
        (None, Some(behind)) => Ok(from(rank(low), behind.starts_with('及'), true)),
        _ => Err(EmptyError),
    }
}

/// Two one-sided conditions that both hold.
pub(crate) fn both(a: Stretch, b: Stretch) -> Option<Stretch> {
    let perhaps_beyond = a.perhaps_beyond || b.perhaps_beyond;
    let perhaps_named = a.perhaps_named || b.perhaps_named;
    match (a, b) {
        (Stretch { lower: Some(l), upper: None, .. }, Stretch { lower: None, upper: Some(u), .. })
        | (Stretch { lower: None, upper: Some(u), .. }, Stretch { lower: Some(l), upper: None, .. }) => {
            Some(Stretch { lower: Some(l), upper: Some(u), bare: false, perhaps_beyond, perhaps_named })
        }
        _ => None,
    }
}

/// What stands before a figure.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Before {
    LowerIn,
    LowerOut,
    LowerOver,
    UpperIn,
    UpperOut,
    Equal,
    Nothing,
}

pub(super) fn before(input: &mut Input<'_>) -> Before {
    let tables = [
        (LOWER_IN, Before::LowerIn),
        (LOWER_OUT, Before::LowerOut),
        (LOWER_OVER, Before::LowerOver),
        (UPPER_IN, Before::UpperIn),
        (UPPER_OUT, Before::UpperOut),
        (EQUAL, Before::Equal),
    ];
    match longest_of(&tables, input) {
        Some((word, kind)) => {
            *input = input.get(word.len()..).unwrap_or_default();
            kind
        }
        None => Before::Nothing,
    }
}

/// One figure with what makes it an end: 不低于90%, 90%以上, 低于60%, 100%.
pub(super) fn one_sided(input: &mut Input<'_>) -> Outcome<Stretch> {
    let first = before(input); // ≥ and its like may follow a verb: 达到≥90%
    let at = if first == Before::Nothing { amount(input)? } else { signed_amount(input)? };
    let (side, belongs) = after(input, &at)?;
    let place = Point::Value(at);
    let firm_or = |default: bool| (belongs.unwrap_or(default), true);
    match (first, side) {
        (Before::LowerIn, None | Some(After::Lower { .. })) => {
            if belongs == Some(false) {
                Err(EmptyError)
            } else {
                Ok(from(place, true, true))
            }
        }
        (Before::LowerOut, None) => {
            let (inclusive, firm) = firm_or(false);
            Ok(from(place, inclusive, firm))
        }
        (Before::LowerOver, None) => {
            let (inclusive, firm) = firm_or(false);
            Ok(Stretch { perhaps_beyond: true, ..from(place, inclusive, firm) })
        }
        (Before::LowerOver, Some(After::Lower { inclusive, firm })) => {
            // 超过10%以上: whether 10% itself belongs is open, so only (含) or (不含) makes it firm.
            let inclusive = inclusive && firm;
            Ok(Stretch { perhaps_beyond: true, ..from(place, inclusive, firm) })
        }
        (Before::LowerOut, Some(After::Lower { inclusive, firm })) => {
            Ok(from(place, inclusive && firm, firm))
        }
        (Before::UpperIn, None | Some(After::Upper { .. })) => {
            if belongs == Some(false) {
                Err(EmptyError)
            } else {
                Ok(up_to(place, true, true))
            }
        }
        (Before::UpperOut, None) => {
            let (inclusive, firm) = firm_or(false);
            Ok(up_to(place, inclusive, firm))
        }
        (Before::UpperOut, Some(After::Upper { inclusive, firm, .. })) => {
            Ok(up_to(place, inclusive && firm, firm))
        }
        (Before::Nothing | Before::Equal, Some(After::Lower { inclusive, firm })) => {
            Ok(from(place, inclusive, firm))
        }
        (Before::Nothing | Before::Equal, Some(After::Upper { inclusive, firm, yields })) => {
            let upper = End { yields, ..end(place, inclusive, firm) };
            Ok(Stretch { upper: Some(upper), ..Stretch::default() })
        }
        (Before::Nothing, None) if matches!(&place, Point::Value(a) if a.unit.word == "分") => {
            Err(EmptyError)
        }
        (Before::Nothing | Before::Equal, None) if belongs.is_none() => {
            let only = end(place, true, first == Before::Equal);
            Ok(Stretch { lower: Some(only.clone()), upper: Some(only), ..Stretch::default() })
        }
        _ => Err(EmptyError),
    }
}
