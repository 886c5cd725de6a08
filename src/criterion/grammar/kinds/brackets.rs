//! （扣完为止）, （最多扣3分）: a limit in brackets.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::definition::definition;
use super::letter::letter;
use super::until_gone::until_gone;
use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::formula::formula;
use crate::criterion::grammar::limit::limit;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, denies, is_name, lit, word};
use crate::criterion::grammar::steps::remainder;
use crate::criterion::grammar::words::ON_TIME;
use crate::rule::Award;
use crate::words::list;

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
    } else if let Some(award) = attempt(input, scored) {
        Clause::Award(award)
    } else if attempt(input, on_the_day).is_some() {
        Clause::Nothing
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

/// 签约人数/目标人数*6: how the points before it are found, up to the bracket that closes all of it.
fn scored(input: &mut Input<'_>) -> Outcome<Award> {
    let end = input.rfind(')').ok_or(EmptyError)?;
    let mut inside = input.get(..end).ok_or(EmptyError)?;
    opt(lit("即")).parse_next(&mut inside)?;
    let found = formula(&mut inside)?;
    if !inside.is_empty() {
        return Err(EmptyError);
    }
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok(found)
}

/// 截止日当天完成视为按时: lateness counts from the day after anyway.
fn on_the_day(input: &mut Input<'_>) -> Outcome<()> {
    word(list::ON_LAST_DAY).parse_next(input)?;
    let end = list::TAKEN_AS.find(input).map(|(at, _)| at).ok_or(EmptyError)?;
    let act = input.get(..end).ok_or(EmptyError)?.trim_end_matches('的');
    if !(act.is_empty() || is_name(act)) || denies(act) || act.chars().count() > MAX_ACT {
        return Err(EmptyError);
    }
    *input = input.get(end..).ok_or(EmptyError)?;
    word(list::TAKEN_AS).parse_next(input)?;
    word(ON_TIME).parse_next(input).map(|_| ())
}

/// Acts are named shortly.
const MAX_ACT: usize = 6;

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
