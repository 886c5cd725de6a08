//! （扣完为止）, （最多扣3分）: a limit in brackets.

use winnow::prelude::*;

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

fn brackets(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    lit("(").parse_next(input)?;
    let found = if attempt(input, until_gone).is_some() {
        Clause::UntilGone
    } else if let Some(named) = attempt(input, letter) {
        named
    } else if let Some((partial, size)) = attempt(input, remainder) {
        Clause::Remainder(partial, size)
    } else {
        Clause::Limit(limit(input)?)
    };
    lit(")").parse_next(input)?;
    Ok(found)
}
