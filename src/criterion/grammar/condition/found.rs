//! Conditions on what was found: 无有效投诉, 发生安全事故, 出现2次及以上.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::figures::{by_figures, one_sided, range, stretch};
use super::{About, Condition, Shape, Stretch, from, up_to};
use crate::base::Number;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, denies, is_name, lit, word};
use crate::criterion::grammar::words::{
    FAULTS_FOUND, HARM, LACKING, NONE, NONE_ALONE, NOT_HAPPENED, SOME, SOME_ALONE,
};
use crate::notation::Unit;
use crate::rule::{Amount, Point};
use crate::words::list;

pub(super) fn counted(noun: &str, stretch: Stretch) -> Condition {
    Condition { about: About::Count(noun.to_owned()), shape: Shape::Within(stretch), subject: None }
}

pub(super) fn none_of() -> Point {
    Point::Value(Amount { number: Number::ZERO, unit: Unit::bare() })
}

/// 缺2项, 缺3项及以上, 缺少项数不低于3项
pub(super) fn lacking(input: &mut Input<'_>) -> Outcome<Condition> {
    word(LACKING).parse_next(input)?;
    let mut found = match attempt(input, range) {
        Some(found) => stretch(found, Point::Value),
        None => one_sided(input)?,
    };
    let counts = [&found.lower, &found.upper]
        .into_iter()
        .flatten()
        .all(|e| matches!(&e.at, Point::Value(a) if is_count(&a.unit)));
    if !counts {
        return Err(EmptyError);
    }
    found.perhaps_beyond = false;
    Ok(Condition { about: About::Missing, shape: Shape::Within(found), subject: None })
}

/// 无有效投诉, 未发现问题, 发生安全事故, 出现2次及以上, 发现问题数等于0
pub(super) fn found(input: &mut Input<'_>) -> Outcome<Condition> {
    if let Some(found) = attempt(input, |i| {
        word(FAULTS_FOUND).parse_next(i)?;
        let noun = attempt(i, in_brackets).unwrap_or_default();
        Ok((noun, by_figures(i)?))
    }) {
        let (noun, found) = found;
        return Ok(Condition { about: About::Count(noun.to_owned()), ..found });
    }
    if let Some(noun) = attempt(input, |i| {
        word(NONE).parse_next(i)?;
        harmful(i)
    }) {
        return Ok(counted(noun, up_to(none_of(), true, true)));
    }
    if let Some(stretch) = attempt(input, alone) {
        return Ok(counted("", stretch));
    }
    if let Some(noun) = attempt(input, avoided) {
        return Ok(counted(noun, up_to(none_of(), true, true)));
    }
    if input.starts_with("有效") {
        return Err(EmptyError); // 有效投诉 is a name
    }
    word(SOME).parse_next(input)?;
    let figures = attempt(input, |i| {
        let found = match attempt(i, range) {
            Some(found) => stretch(found, Point::Value),
            None => one_sided(i)?,
        };
        let counts = [&found.lower, &found.upper]
            .iter()
            .any(|end| end.as_ref().is_some_and(|e| matches!(&e.at, Point::Value(a) if is_count(&a.unit))));
        if counts { Ok(found) } else { Err(EmptyError) }
    });
    if let Some(mut found) = figures {
        found.perhaps_beyond = false;
        let noun = attempt(input, |i| harmful(i)).unwrap_or_default();
        return Ok(counted(noun, found));
    }
    let noun = match attempt(input, |i| harmful(i)) {
        Some(noun) => noun,
        None => harm(input)?,
    };
    // 发现问题2处以上
    let figures = attempt(input, |i| match attempt(i, range) {
        Some(found) => Ok(stretch(found, Point::Value)),
        None => one_sided(i),
    });
    let mut found = figures.unwrap_or_else(|| from(none_of(), false, true));
    found.perhaps_beyond = false;
    Ok(counted(noun, found))
}

/// (重大安全事故): what of it is counted.
fn in_brackets<'s>(input: &mut Input<'s>) -> Outcome<&'s str> {
    lit("(").parse_next(input)?;
    let end = input.find(')').ok_or(EmptyError)?;
    let noun = input.get(..end).ok_or(EmptyError)?;
    *input = input.get(end.saturating_add(1)..).ok_or(EmptyError)?;
    Ok(noun)
}

/// 较大及以上, 省级以上: a rank and those above it, before the name of a harm; what follows it.
fn ranked_and_above(text: &str) -> Option<&str> {
    let rest = list::RANKS_OF_HARM.strip(text)?;
    let rest = rest.strip_prefix("(含)").unwrap_or(rest);
    list::AND_ABOVE.strip(rest).filter(|rest| !rest.is_empty())
}

pub(crate) fn is_count(unit: &Unit) -> bool {
    matches!(unit.dimension, crate::notation::Dimension::Count(_)) && unit.word != "分"
}

/// 未发生的得满分, 发生的不得分: what happened is the indicator's own.
fn alone(input: &mut Input<'_>) -> Outcome<Stretch> {
    let none = attempt(input, word(NONE_ALONE)).is_some();
    if !none {
        word(SOME_ALONE).parse_next(input)?;
    }
    let ended = ["的", "得", "计", "记", "扣", "不得", "不计", "，", "则", "者"];
    if input.is_empty() || ended.iter().any(|w| input.starts_with(w)) {
        Ok(if none { up_to(none_of(), true, true) } else { from(none_of(), false, true) })
    } else {
        Err(EmptyError)
    }
}

/// 未发生返贫: what earns points by not happening is a harm, whatever it is called.
fn avoided<'s>(input: &mut Input<'s>) -> Outcome<&'s str> {
    word(NOT_HAPPENED).parse_next(input)?;
    let end = input.find(['的', '扣', '减', '得', '，', '(', '计', '每']).ok_or(EmptyError)?;
    let noun = input.get(..end).ok_or(EmptyError)?;
    if noun.chars().count() > MAX_HARM || !is_name(noun) || denies(noun) || noun.contains(['全', '且', '并'])
    {
        return Err(EmptyError);
    }
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok(noun)
}

/// A harm's whole name: 违规使用资金 as well as 违规, up to the award.
pub(crate) fn harmful<'s>(input: &mut Input<'s>) -> Outcome<&'s str> {
    let whole = *input;
    if let Some(mut rest) = ranked_and_above(whole) {
        let before = whole.len().saturating_sub(rest.len());
        let noun = harmful(&mut rest)?;
        *input = rest;
        return whole.get(..before.saturating_add(noun.len())).ok_or(EmptyError);
    }
    let ends = |rest: &str| {
        rest.is_empty()
            || rest.starts_with([
                '的', '扣', '减', '得', '不', '，', '(', '计', '记', '每', '即', '则', '时', '加', '零', '者',
            ])
            || rest.starts_with(|c: char| c.is_ascii_digit())
            || ["情况", "一票", "均", "一"].iter().any(|w| rest.starts_with(w))
    };
    if let Some(noun) = attempt(input, |i| {
        let noun = harm(i)?;
        if ends(i) && !noun.contains("全部") { Ok(noun) } else { Err(EmptyError) }
    }) {
        return Ok(noun);
    }
    let end = input.find(['的', '扣', '减', '得', '，', '(', '计', '每']).ok_or(EmptyError)?;
    let noun = input.get(..end).ok_or(EmptyError)?;
    // 问题全部整改到位 is no harm.
    let short = noun.chars().count() <= MAX_HARM && !noun.contains("全部");
    let denied = list::DENIALS.ends(noun) || denies_harm(noun);
    if !short || !is_name(noun) || !HARM.within(noun) || denied {
        return Err(EmptyError);
    }
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok(noun)
}

/// Whether a denial stands right before a word of harm: 不投诉 is none, and 不合格 is one word.
pub(crate) fn denies_harm(text: &str) -> bool {
    // 不发生投诉
    let denied = list::DENIALS.strip(text).is_some_and(|rest| SOME.begins(rest));
    let mut places = text.char_indices().map(|(at, _)| text.split_at(at));
    denied || places.any(|(before, rest)| HARM.begins(rest) && list::DENIALS.ends(before))
}

/// A harm's name: up to its last word, before the award.
fn harm<'s>(input: &mut Input<'s>) -> Outcome<&'s str> {
    let mut best = None;
    for (at, _) in input.char_indices().take(MAX_HARM) {
        let rest = input.get(at..).unwrap_or_default();
        let Some(name) = HARM.longest(rest) else {
            continue;
        };
        let end = at.saturating_add(name.len());
        let noun = input.get(..end).unwrap_or_default();
        if is_name(noun) && !denies_harm(noun) {
            best = Some(end);
        }
    }
    let end = best.ok_or(EmptyError)?;
    let noun = input.get(..end).ok_or(EmptyError)?;
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok(noun)
}

/// Characters in which the name of a harm ends.
pub(crate) const MAX_HARM: usize = 16;
