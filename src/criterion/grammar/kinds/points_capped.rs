//! 超过6分的按6分计: the score is at most so many points.

use crate::words::list;
use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::limit::Limit;
use crate::criterion::grammar::scan::{Input, Outcome, lit, points, word};

pub(super) const KIND: Kind = Kind {
    name: "超过的按几分计",
    example: "超过6分的按6分计",
    yields: "最高得分",
    place: Place::Anywhere,
    parse: points_capped,
    before: &[("一档", "超过10分按10分计 names points, and nothing that is measured")],
};

fn points_capped(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    opt(word(&["得分", "总分"])).parse_next(input)?;
    word(list::HIGHER).parse_next(input)?;
    let first = points(input)?;
    opt(word(&["的", "时", "者"])).parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    word(&["按照", "均按", "按", "以", "计"]).parse_next(input)?;
    let second = points(input)?;
    opt(word(&["计算", "计分", "计"])).parse_next(input)?;
    if first == second { Ok(Clause::Limit(Limit::Score(first))) } else { Err(EmptyError) }
}
