//! 依完成面积占全省比重排位: what places are given by.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, is_name, word};
use crate::criterion::grammar::words::{BY, SCORE_VERBS};

pub(super) const KIND: Kind = Kind {
    name: "排名依据",
    example: "依完成面积占全省比重排位",
    yields: "不影响得分",
    place: Place::Anywhere,
    parse: ranking_by,
    before: &[],
};

fn ranking_by(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    word(BY).parse_next(input)?;
    let end = ["排位", "排名", "排序"].iter().find_map(|end| input.find(end).map(|at| (at, end.len())));
    let (at, length) = end.ok_or(EmptyError)?;
    if !input.get(..at).is_some_and(is_name) {
        return Err(EmptyError);
    }
    *input = input.get(at.saturating_add(length)..).ok_or(EmptyError)?;
    opt(word(&["情况"])).parse_next(input)?;
    opt(word(SCORE_VERBS)).parse_next(input)?;
    if input.is_empty() { Ok(Clause::Nothing) } else { Err(EmptyError) }
}
