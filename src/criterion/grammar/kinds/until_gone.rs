//! 扣完为止, 直至扣完本项分值, 扣至0分止: in whichever words, nothing goes below 0 anyway.

use crate::words::list;
use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, word};
use crate::criterion::grammar::words::{UNTIL_GONE, WEIGHT};

pub(super) const KIND: Kind = Kind {
    name: "扣完为止",
    example: "扣完为止",
    yields: "可以一直扣到0分",
    place: Place::Anywhere,
    parse: |input, _| until_gone(input).map(|()| Clause::UntilGone),
    before: &[("限额", "what leaves no points is no limit")],
};

/// Whether points go on being taken until none is left.
pub(crate) fn until_gone(input: &mut Input<'_>) -> Outcome<()> {
    if attempt(input, gone_in_words).is_some() {
        return Ok(());
    }
    word(UNTIL_GONE).parse_next(input).map(|_| ())
}

fn gone_in_words(input: &mut Input<'_>) -> Outcome<()> {
    let led = attempt(input, word(&["直至", "直到", "以"])).is_some();
    if attempt(input, word(list::DOWN_TO)).is_some() {
        word(&["零分", "0分", "0"]).parse_next(input)?;
    } else {
        word(&["扣完", "扣光", "减完", "扣分完"]).parse_next(input)?;
        attempt(input, |i| {
            opt(word(&["全部", "所有"])).parse_next(i)?;
            word(WEIGHT).parse_next(i)
        });
    }
    let closed = attempt(input, word(list::ENDS_WHEN_GONE)).is_some();
    let ends = input.is_empty() || input.starts_with(['，', ')', '。', ';']);
    if ends && (led || closed) { Ok(()) } else { Err(EmptyError) }
}
