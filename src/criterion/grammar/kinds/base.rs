//! 基准为100%, 以90%为基准: what the rest counts from.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, amount, attempt, lit, word};

pub(super) const KIND: Kind = Kind {
    name: "基准",
    example: "以90%为基准",
    yields: "从多少开始算",
    place: Place::Anywhere,
    parse: base,
    before: &[("一档", "基准 names a base, not what is measured")],
};

fn base(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    if let Some(at) = attempt(input, |i| {
        lit("以").parse_next(i)?;
        let at = amount(i)?;
        word(&["为标准", "为基准", "为基础"]).parse_next(i)?;
        if i.is_empty() { Ok(at) } else { Err(EmptyError) }
    }) {
        return Ok(Clause::Base(at));
    }
    word(&["基准值为", "基准为", "基准值", "基准"]).parse_next(input)?;
    amount(input).map(Clause::Base)
}
