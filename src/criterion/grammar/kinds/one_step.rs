//! 发现一处扣1分, 缺一项扣0.5分: a step without 每, which is one only where nothing else counts.

use crate::words::{self, Class, list};
use winnow::error::EmptyError;

use super::{Kind, Place};
use crate::base::Number;
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::condition::{harmful, is_count, is_time};
use crate::criterion::grammar::scan::{Input, Outcome, attempt, denies, is_name, word};
use crate::criterion::grammar::steps::{Counts, StepClause, done, length, noun, verb, worth};
use crate::criterion::grammar::words::{STEP_FOUND, TARGET};

pub(super) const KIND: Kind = Kind {
    name: "一处扣几分",
    example: "发现一处扣1分",
    yields: "按步扣分，或一档",
    place: Place::Anywhere,
    parse: |input, _| one_step(input).map(Clause::Steps),
    before: &[
        ("一档", "whether 发现1处 is a step or a rung, the other clauses say (a pass turns it into a rung)"),
        ("情形得分", "发现一处 is counted, and is no grade word"),
    ],
};

/// 发现一处扣1分, 缺一项扣0.5分, 有一笔未达进度扣0.8分
pub(crate) fn one_step(input: &mut Input<'_>) -> Outcome<StepClause> {
    attempt(input, looked);
    let start = *input;
    let counts = verb(input).ok_or(EmptyError)?;
    // 低于80%扣10分 is a condition with its points.
    let bound = list::BOUNDS_NOT_STEPS.begins(start);
    // 超出核定人数1人扣1分
    let bound = attempt(input, word(TARGET)).is_none() && bound;
    // 接到有效投诉1起
    let before = if counts == Counts::Found { attempt(input, harm_before) } else { None };
    let size = match attempt(input, length) {
        Some(size) => size,
        // 少演1场
        None if counts == Counts::Below => done(input)?,
        None => return Err(EmptyError),
    };
    let one = size.number == Number::ONE;
    let fits = match counts {
        Counts::Late => one && is_time(&size.unit),
        Counts::Found | Counts::Missing => one && is_count(&size.unit),
        // 超支1%扣0.5分: whether that is each is said by 扣完为止, or by nothing.
        _ => one && !bound,
    };
    if !fits {
        return Err(EmptyError);
    }
    let noun = match before {
        Some(noun) => noun,
        None => noun(input)?,
    };
    let (per, adds) = worth(input)?;
    if adds && !matches!(counts, Counts::Late | Counts::Found | Counts::Missing) {
        return Err(EmptyError);
    }
    let subject = None;
    Ok(StepClause {
        counts,
        from: None,
        size,
        per,
        adds,
        partial: None,
        noun,
        base: None,
        subject,
        each: false,
    })
}

/// 抽查 before 发现: how it was found changes nothing.
fn looked(input: &mut Input<'_>) -> Outcome<()> {
    let rest = words::of(Class::Inspected).strip(input).ok_or(EmptyError)?;
    let rest = rest.strip_prefix('中').unwrap_or(rest);
    if !STEP_FOUND.begins(rest) || rest.starts_with('有') {
        return Err(EmptyError);
    }
    *input = rest;
    Ok(())
}

/// What is named before its number is short.
const MAX_NOUN: usize = 6;

/// 有效投诉 before 1起
fn harm_before(input: &mut Input<'_>) -> Outcome<String> {
    // 漏保 before 1户
    let named =
        input.find(|c: char| c.is_ascii_digit() || c == '一').and_then(|at| input.split_at_checked(at));
    if let Some((noun, rest)) = named
        && noun.starts_with(['漏', '错', '迟', '误', '违', '虚'])
        && is_name(noun)
        && !denies(noun)
        && noun.chars().count() <= MAX_NOUN
    {
        *input = rest;
        return Ok(noun.to_owned());
    }
    let noun = harmful(input)?;
    if input.starts_with(|c: char| c.is_ascii_digit() || c == '一') {
        Ok(noun.to_owned())
    } else {
        Err(EmptyError)
    }
}
