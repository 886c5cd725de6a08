//! 其余不得分, 否则不得分: what is earned where nothing else applies.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::award::{award, then};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, lit, word};
use crate::criterion::grammar::words::ELSE;

pub(super) const KIND: Kind = Kind {
    name: "其余情况",
    example: "其余不得分",
    yields: "其余情况的得分",
    place: Place::Anywhere,
    parse: otherwise,
    before: &[("情形得分", "否则 is no grade word")],
};

fn otherwise(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    word(ELSE).parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    if let Some(found) = attempt(input, |i| award(i, true)) {
        return Ok(Clause::Else(Some(found)));
    }
    then(input);
    if input.is_empty() || input.starts_with('每') || input.starts_with('比') {
        Ok(Clause::Else(None))
    } else {
        Err(EmptyError)
    }
}
