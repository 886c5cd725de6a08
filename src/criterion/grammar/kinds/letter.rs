//! （x为完成率）: what a letter in the comparisons stands for.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, is_name, lit, word};

pub(super) const KIND: Kind = Kind {
    name: "字母的含义",
    example: "x为完成率",
    yields: "条件里的字母指什么",
    place: Place::Anywhere,
    parse: |input, _| letter(input),
    before: &[],
};

/// x为完成率: what letters stand for, one or several of them.
pub(crate) fn letter(input: &mut Input<'_>) -> Outcome<Clause> {
    opt(word(&["其中", "注:", "式中"])).parse_next(input)?;
    opt(lit(":")).parse_next(input)?;
    let mut found = vec![one(input)?];
    while let Some(next) = attempt(input, |i| {
        word(&["，", "、"]).parse_next(i)?;
        one(i)
    }) {
        found.push(next);
    }
    Ok(Clause::Named(found))
}

/// x为完成率
fn one(input: &mut Input<'_>) -> Outcome<(char, String)> {
    let letter = input.chars().next().filter(char::is_ascii_alphabetic).ok_or(EmptyError)?;
    *input = input.get(letter.len_utf8()..).ok_or(EmptyError)?;
    word(&["代表", "表示", "指", "为", "是", "=", ":"]).parse_next(input)?;
    let end = input.find([')', '，']).unwrap_or(input.len());
    // A为实际支出、B为预算
    let end = input
        .match_indices('、')
        .map(|(at, _)| at)
        .find(|at| input.get(at.saturating_add("、".len())..).is_some_and(begins))
        .map_or(end, |at| at.min(end));
    let name = input.get(..end).filter(|name| is_name(name)).ok_or(EmptyError)?.to_owned();
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok((letter, name))
}

/// Whether a letter and its meaning begin here.
fn begins(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next().is_some_and(|c| matches!(c, '代' | '表' | '指' | '为' | '是' | '=' | ':'))
}
