//! 是否按规定公示: a question whose answers follow.

use winnow::error::EmptyError;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, is_name};

pub(super) const KIND: Kind = Kind {
    name: "是否",
    example: "是否按规定公示",
    yields: "后面写是、否各得几分",
    place: Place::Anywhere,
    parse: asked,
    before: &[],
};

fn asked(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    let rest = input.strip_prefix("是否").ok_or(EmptyError)?;
    let question = rest.trim_end_matches([':', '?']);
    if !is_name(question) {
        return Err(EmptyError);
    }
    *input = "";
    Ok(Clause::Asked)
}
