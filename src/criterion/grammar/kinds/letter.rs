//! （x为完成率）: what a letter in the comparisons stands for.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, is_name, word};

pub(super) const KIND: Kind = Kind {
    name: "字母的含义",
    example: "x为完成率",
    yields: "条件里的字母指什么",
    place: Place::Anywhere,
    parse: |input, _| letter(input),
    before: &[],
};

/// x为完成率: what a letter in the comparisons stands for.
pub(crate) fn letter(input: &mut Input<'_>) -> Outcome<Clause> {
    opt(word(&["其中", "注:", "式中"])).parse_next(input)?;
    let letter = input.chars().next().filter(char::is_ascii_alphabetic).ok_or(EmptyError)?;
    *input = input.get(letter.len_utf8()..).ok_or(EmptyError)?;
    word(&["代表", "表示", "指", "为", "是", "=", ":"]).parse_next(input)?;
    let end = input.find(')').unwrap_or(input.len());
    let name = input.get(..end).filter(|name| is_name(name)).ok_or(EmptyError)?.to_owned();
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok(Clause::Named { letter, name })
}
