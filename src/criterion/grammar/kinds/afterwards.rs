//! 之后完成不得分, 年内未完成不得分: what is earned behind the last of the dates.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, denies, is_name, lit, word};
use crate::criterion::grammar::words::{AFTERWARDS, NONE, WITHIN_YEAR};

pub(super) const KIND: Kind = Kind {
    name: "最后期限以后",
    example: "之后完成不得分",
    yields: "各日期以后的得分",
    place: Place::Anywhere,
    parse: afterwards,
    before: &[("情形得分", "之后完成 is behind the dates before it, and no grade word")],
};

fn afterwards(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    let year = attempt(input, |i| {
        word(WITHIN_YEAR).parse_next(i)?;
        opt(lit("仍")).parse_next(i)?;
        // 全年未出现误诊 is about what was found.
        if NONE.longest(i).is_some() { Err(EmptyError) } else { lit("未").parse_next(i) }
    })
    .is_some();
    if !year {
        word(AFTERWARDS).parse_next(input)?;
    }
    // 完成, 报送: what is done.
    let text = *input;
    for (at, _) in text.char_indices().take(MAX_DONE) {
        let (done, mut rest) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
        if !done.is_empty() && (!is_name(done) || denies(done)) {
            break;
        }
        if let Some(earned) = attempt(&mut rest, |i| award(i, true)) {
            *input = rest;
            return Ok(Clause::Afterwards { award: earned, year });
        }
    }
    Err(EmptyError)
}

/// Words for what is done are short.
const MAX_DONE: usize = 7;
