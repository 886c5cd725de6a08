//! 以90%为满分: what earns all points.

use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::condition::{About, Condition, Shape, Stretch, end};
use crate::criterion::grammar::scan::{Input, Outcome, amount, lit, word};
use crate::rule::{Award, Point};

pub(super) const KIND: Kind = Kind {
    name: "满分标准",
    example: "以90%为满分",
    yields: "得满分的条件",
    place: Place::Anywhere,
    parse: full_at,
    before: &[("一档", "以 leads to a standard, and is no name of what is measured")],
};

fn full_at(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    lit("以").parse_next(input)?;
    let at = amount(input)?;
    word(&["为满分标准", "为满分", "得满分"]).parse_next(input)?;
    let only = end(Point::Value(at), true, false);
    let stretch = Stretch { lower: Some(only.clone()), upper: Some(only), ..Stretch::default() };
    let condition = Condition { about: About::Value, shape: Shape::Within(stretch), subject: None };
    Ok(Clause::Graded { subject: None, condition, award: Award::Full })
}
