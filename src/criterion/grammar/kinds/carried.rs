//! 无结余得3分, 有结余但不超过上年结转得2分: how what is left stands to what was left the year before.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, lit, word};
use crate::criterion::grammar::words::{
    CARRIED, LEFT_OVER, LOWER_OUT, LOWER_OVER, NONE_LEFT, SOME_LEFT, UPPER_IN,
};
use crate::rule::CARRIED_OVER;

pub(super) const KIND: Kind = Kind {
    name: "与上年结转比较",
    example: "有结余但不超过上年结转得2分",
    yields: "情形的得分",
    place: Place::Anywhere,
    parse: carried,
    before: &[("情形得分", "however it is worded, it is one of three states")],
};

fn carried(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    opt(lit("实际为")).parse_next(input)?;
    let [none, within, beyond] = CARRIED_OVER;
    let label = if attempt(input, word(NONE_LEFT)).is_some() {
        attempt(input, word(&["的单位", "的部门"]));
        none
    } else {
        attempt(input, word(SOME_LEFT)).or_else(|| attempt(input, word(LEFT_OVER)));
        attempt(input, lit("，"));
        attempt(input, word(&["但是", "但", "且", "并"]));
        let more = attempt(input, word(UPPER_IN)).is_none();
        if more && attempt(input, word(LOWER_OVER)).is_none() {
            word(LOWER_OUT).parse_next(input)?;
        }
        word(CARRIED).parse_next(input)?;
        if more { beyond } else { within }
    };
    if let Some(earned) = attempt(input, |i| award(i, true)) {
        return Ok(Clause::States(vec![(label.to_owned(), earned)]));
    }
    attempt(input, word(&["的", "时", "者"]));
    if input.is_empty() { Ok(Clause::Labelled(label.to_owned())) } else { Err(EmptyError) }
}
