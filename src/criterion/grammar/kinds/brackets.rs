//! （扣完为止）, （最多扣3分）: a limit in brackets.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::definition::definition;
use super::letter::letter;
use super::until_gone::until_gone;
use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::limit::limit;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, lit};
use crate::criterion::grammar::steps::remainder;

pub(super) const KIND: Kind = Kind {
    name: "括注",
    example: "(最多扣3分)",
    yields: "限额",
    place: Place::Anywhere,
    parse: brackets,
    before: &[],
};

fn brackets(input: &mut Input<'_>, given: Given) -> Outcome<Clause> {
    lit("(").parse_next(input)?;
    let found = if attempt(input, until_gone).is_some() {
        Clause::UntilGone
    } else if let Some(named) = attempt(input, letter) {
        named
    } else if let Some((partial, size)) = attempt(input, remainder) {
        Clause::Remainder(partial, size)
    } else if let Some(defined) = attempt(input, |i| defined(i, given)) {
        defined
    } else {
        Clause::Limit(limit(input)?)
    };
    lit(")").parse_next(input)?;
    Ok(found)
}

/// (A为实际支出，B为预算): what the letters of a formula before it stand for.
pub(super) fn told_letters(input: &mut Input<'_>) -> Outcome<()> {
    lit("(").parse_next(input)?;
    letter(input)?;
    lit(")").parse_next(input)
}

/// 完成率=实际完成数/计划完成数*100%, up to the bracket that closes all of it.
fn defined(input: &mut Input<'_>, given: Given) -> Outcome<Clause> {
    let end = input.rfind(')').ok_or(EmptyError)?;
    let mut inside = input.get(..end).ok_or(EmptyError)?;
    let found = definition(&mut inside, given)?;
    if !inside.is_empty() {
        return Err(EmptyError);
    }
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok(found)
}
