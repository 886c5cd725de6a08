//! 评分标准：, 查看资料: headings and remarks that state nothing.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, lit, word};
use crate::criterion::grammar::words::NEUTRAL;

pub(super) const KIND: Kind = Kind {
    name: "标题",
    example: "评分标准:",
    yields: "不影响得分",
    place: Place::Anywhere,
    parse: heading,
    before: &[("情形得分", "按指标值得分 says how points are given, and is no grade word with an award")],
};

fn heading(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    word(NEUTRAL).parse_next(input)?;
    if attempt(input, lit(":")).is_some() || input.is_empty() { Ok(Clause::Nothing) } else { Err(EmptyError) }
}
