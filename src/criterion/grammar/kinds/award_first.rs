//! 得2分:完成率60%-80%: the award before its condition.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::graded::graded;
use crate::criterion::grammar::scan::{Input, Outcome, lit};

pub(super) const KIND: Kind = Kind {
    name: "先写得分的一档",
    example: "得2分:完成率60%-80%",
    yields: "条件和得分",
    place: Place::Anywhere,
    parse: award_first,
    before: &[],
};

fn award_first(input: &mut Input<'_>, given: Given) -> Outcome<Clause> {
    if !input.contains(':') {
        return Err(EmptyError);
    }
    let earned = award(input, true)?;
    lit(":").parse_next(input)?;
    match graded(input, given)? {
        Clause::When { subject, condition } if input.is_empty() => {
            Ok(Clause::Graded { subject, condition, award: earned })
        }
        _ => Err(EmptyError),
    }
}
