//! 任选其一考核: which thing is measured, and nothing about its points.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, lit, word};

pub(super) const KIND: Kind = Kind {
    name: "考核对象",
    example: "任选其一考核",
    yields: "不影响得分",
    place: Place::Anywhere,
    parse: chosen,
    before: &[],
};

fn chosen(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    lit("任选").parse_next(input)?;
    word(&["其一", "一项", "其中一项"]).parse_next(input)?;
    word(&["进行考核", "考核", "进行评价", "评价"]).parse_next(input)?;
    if input.is_empty() { Ok(Clause::Nothing) } else { Err(EmptyError) }
}
