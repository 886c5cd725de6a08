//! 每引进1个得1分: what is done is named, one by one, and earns points from the first on.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Kind, Place};
use crate::criterion::grammar::award::then;
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, denies, is_name, lit, points, word};
use crate::criterion::grammar::steps::{Counts, StepClause, events, length, noun};
use crate::criterion::grammar::words::{GIVE, HARM};
use crate::rule::{Amount, Per};

pub(super) const KIND: Kind = Kind {
    name: "每做一件得分",
    example: "每引进1个得1分",
    yields: "按件加分",
    place: Place::Anywhere,
    parse: |input, _| event_earned(input).map(Clause::Steps),
    before: &[(
        "每一步扣分或加分",
        "what is named before 每 is done one by one, and is no distance from a bound",
    )],
};

/// 每引进1个得1分, 每完成一项任务得2分
pub(crate) fn event_earned(input: &mut Input<'_>) -> Outcome<StepClause> {
    // 到位资金每完成1亿元得0.5分: what is done is named before it.
    let before = input.split_once('每').map(|(before, _)| before).ok_or(EmptyError)?;
    let named = before.is_empty()
        || (is_name(before) && before.chars().count() <= MAX_NAME && !denies(before) && !HARM.within(before));
    if !named {
        return Err(EmptyError);
    }
    let subject = (!before.is_empty()).then(|| before.to_owned());
    *input = input.get(before.len()..).ok_or(EmptyError)?;
    lit("每").parse_next(input)?;
    let size = activity(input)?;
    let noun = noun(input)?;
    then(input);
    word(GIVE).parse_next(input)?;
    let per = points(input)?;
    if per.is_zero() {
        return Err(EmptyError);
    }
    Ok(StepClause {
        counts: Counts::Open,
        from: None,
        size,
        per: Per::Points(per),
        adds: true,
        partial: None,
        noun,
        base: None,
        subject,
        each: true,
    })
}

/// 引进1个: what is done, and no fault.
fn activity(input: &mut Input<'_>) -> Outcome<Amount> {
    const NOT: [char; 14] =
        ['未', '不', '无', '没', '缺', '少', '低', '高', '超', '逾', '迟', '降', '扣', '差'];
    let text = *input;
    let size = match attempt(input, events) {
        Some(size) => size,
        None => several(input)?,
    };
    let name = text.get(..text.len().saturating_sub(input.len())).ok_or(EmptyError)?;
    if name.contains(NOT) { Err(EmptyError) } else { Ok(size) }
}

/// 新增2000册, 输出100人: so many at once.
fn several(input: &mut Input<'_>) -> Outcome<Amount> {
    let text = *input;
    for (at, _) in text.char_indices().skip(1).take(MAX_VERB) {
        let (verb, mut rest) = text.split_at_checked(at).ok_or(EmptyError)?;
        if !is_name(verb) || denies(verb) {
            break;
        }
        let Some(size) = attempt(&mut rest, length) else { continue };
        if !size.unit.is_ratio() && rest.starts_with(['得', '计', '加', '给', '记']) {
            *input = rest;
            return Ok(size);
        }
    }
    Err(EmptyError)
}

/// Verbs of what is done are short.
const MAX_VERB: usize = 4;

/// Names of what is done are short.
const MAX_NAME: usize = 8;
