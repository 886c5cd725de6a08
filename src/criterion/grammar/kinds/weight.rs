//! 满分10分, 本项分值5分: what the indicator is worth.

use winnow::combinator::opt;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, lit, points, word};

pub(super) const KIND: Kind = Kind {
    name: "满分",
    example: "满分10分",
    yields: "指标的分值",
    place: Place::Anywhere,
    parse: weight,
    before: &[("情形得分", "满分 before points is the weight, no grade word")],
};

fn weight(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    word(&[
        "本项满分",
        "该项满分",
        "该指标满分",
        "本指标满分",
        "本项分值",
        "该项分值",
        "指标分值",
        "满分",
        "分值",
        "权重",
        "总分",
        "共",
    ])
    .parse_next(input)?;
    opt(word(&["为", ":", "是"])).parse_next(input)?;
    let n = points(input)?;
    opt(lit(":")).parse_next(input)?;
    Ok(Clause::Weight(n))
}
