//! 完成期限为2021年12月31日: the day that lateness counts from.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, word};
use crate::notation::scan_date;

pub(super) const KIND: Kind = Kind {
    name: "完成期限",
    example: "完成期限为2021年12月31日",
    yields: "完成的期限",
    place: Place::Anywhere,
    parse: deadline,
    before: &[],
};

fn deadline(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    word(&["完成期限为", "完成时限为", "完成时间为"]).parse_next(input)?;
    let (when, taken) = scan_date(input, false).ok_or(EmptyError)?;
    *input = input.get(taken..).ok_or(EmptyError)?;
    let days = when.days(None).ok_or(EmptyError)?;
    if days.first == days.last { Ok(Clause::Deadline(days.last)) } else { Err(EmptyError) }
}
