//! 目标值为90%, 年度任务数100个, 共5个子项目: the target once more, and nothing about it.

use crate::criterion::grammar::words::STATED;
use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::condition::is_count;
use crate::criterion::grammar::scan::{Input, Outcome, amount, attempt, is_name, word};

pub(super) const KIND: Kind = Kind {
    name: "重写的指标值",
    example: "目标值为90%",
    yields: "与指标值核对",
    place: Place::Anywhere,
    parse: stated_target,
    before: &[("一档", "the target said once more earns nothing")],
};

fn stated_target(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    // 共5个子项目
    if let Some(all) = attempt(input, |i| {
        word(&["总共", "一共", "共"]).parse_next(i)?;
        let all = amount(i)?;
        if is_count(&all.unit) && (i.is_empty() || is_name(i)) { Ok(all) } else { Err(EmptyError) }
    }) {
        *input = "";
        return Ok(Clause::Stated(all));
    }
    let (at, word_of_it) = STATED.find(input).ok_or(EmptyError)?;
    let name = input.get(..at).ok_or(EmptyError)?;
    if !name.is_empty() && !is_name(name) {
        return Err(EmptyError);
    }
    *input = input.get(at.saturating_add(word_of_it.len())..).ok_or(EmptyError)?;
    opt(word(&["为", "是", ":", "="])).parse_next(input)?;
    let target = amount(input)?;
    if input.is_empty() { Ok(Clause::Stated(target)) } else { Err(EmptyError) }
}
