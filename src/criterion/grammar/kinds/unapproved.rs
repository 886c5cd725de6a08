//! 未经批准每延期1个月扣1分: what follows is about what was put off without leave.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, lit, word};
use crate::criterion::grammar::words::{LATE, UNAPPROVED};

pub(super) const KIND: Kind = Kind {
    name: "未经批准",
    example: "未经批准",
    yields: "后面说的是未经批准的延期",
    place: Place::Anywhere,
    parse: unapproved,
    before: &[],
};

fn unapproved(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    word(UNAPPROVED).parse_next(input)?;
    attempt(input, lit("的"));
    attempt(input, lit("，"));
    if input.is_empty() || input.starts_with('每') || LATE.longest(input).is_some() {
        Ok(Clause::Unapproved)
    } else {
        Err(EmptyError)
    }
}
