//! 超额完成不加分, 完成率超过100%的按100%计, 最高不超过本指标分值: points never exceed the weight anyway.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::base::Number;
use crate::criterion::grammar::award::then;
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::limit::{Limit, limit};
use crate::criterion::grammar::scan::{Input, Outcome, amount, attempt, denies, is_name, lit, points, word};
use crate::criterion::grammar::words::{BY, FULL, MET, TARGET, UNTIL_FULL, WEIGHT};
use crate::words::list;

pub(super) const KIND: Kind = Kind {
    name: "不超过满分",
    example: "超额完成不加分",
    yields: "得分本来就不超过满分",
    place: Place::Anywhere,
    parse: no_more_than_full,
    before: &[
        ("一档", "超过100%按100%计 gives nothing that 100% does not give"),
        ("情形得分", "超额完成按6分计 is a bound of the points, and no grade word"),
    ],
};

fn no_more_than_full(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    if let Some(said) = attempt(input, beyond_target) {
        return Ok(said);
    }
    if attempt(input, word(UNTIL_FULL)).is_none() && attempt(input, no_more_than_all).is_none() {
        no_more_than_weight(input)?;
    }
    Ok(Clause::UpToFull)
}

/// 超额完成的按满分计, 超出目标值部分按6分计: what is beyond the target earns no more than that.
fn beyond_target(input: &mut Input<'_>) -> Outcome<Clause> {
    word(list::BEYOND_TARGET).parse_next(input)?;
    if attempt(input, word(TARGET)).is_none() {
        opt(word(MET)).parse_next(input)?;
    }
    attempt(input, word(list::THAT_PART));
    then(input);
    // 超额完成最高得10分
    if let Some(found) = attempt(input, limit).filter(|_| input.is_empty() || input.starts_with('，')) {
        return if matches!(found, Limit::Score(_)) { Ok(Clause::Limit(found)) } else { Err(EmptyError) };
    }
    word(BY).parse_next(input)?;
    let said = match attempt(input, points) {
        Some(most) => {
            word(list::COUNTED_AS_POINTS).parse_next(input)?;
            Clause::Limit(Limit::Score(most))
        }
        None => {
            word(FULL).parse_next(input)?;
            opt(word(list::COUNTED_AS_POINTS)).parse_next(input)?;
            Clause::UpToFull
        }
    };
    if input.is_empty() || input.starts_with('，') { Ok(said) } else { Err(EmptyError) }
}

/// 完成率超过100%的按100%计: a rate earns no more than all points anyway.
fn no_more_than_all(input: &mut Input<'_>) -> Outcome<()> {
    let (at, verb) = list::HIGHER_OR_OVER.find(input).ok_or(EmptyError)?;
    let name = input.get(..at).ok_or(EmptyError)?;
    // 未超过100%的按100%计 says something else.
    if !name.is_empty() && (!is_name(name) || denies(name)) {
        return Err(EmptyError);
    }
    *input = input.get(at.saturating_add(verb.len())..).ok_or(EmptyError)?;
    let first = amount(input)?;
    opt(word(&["的部分", "的", "时", "者"])).parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    word(&["按照", "均按", "按", "以"]).parse_next(input)?;
    // K大于1按1计
    let rate = first.unit.is_ratio() || first.unit.is_bare();
    let whole = first.number.times(first.unit.factor) == Some(Number::ONE) && rate;
    if attempt(input, word(&["满分计", "满分计算", "满分计分"])).is_none() {
        let second = amount(input)?;
        word(&["计算", "计分", "计", "为限"]).parse_next(input)?;
        if first != second {
            return Err(EmptyError);
        }
    }
    if whole { Ok(()) } else { Err(EmptyError) }
}

/// 最高不超过本指标分值, 以分值为限
fn no_more_than_weight(input: &mut Input<'_>) -> Outcome<()> {
    opt(word(&["得分", "累计"])).parse_next(input)?;
    opt(word(&["最高", "最多"])).parse_next(input)?;
    word(list::SCORE_NO_MORE).parse_next(input)?;
    word(WEIGHT).parse_next(input)?;
    if input.is_empty() || input.starts_with(['，', ')']) { Ok(()) } else { Err(EmptyError) }
}
