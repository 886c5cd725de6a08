//! 首次不扣分, 前2次不扣分: so many cost nothing.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::base::Number;
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::condition::{About, Condition, Shape, Stretch, end};
use crate::criterion::grammar::scan::{Input, Outcome, amount, attempt, lit, word};
use crate::notation::scan_unit;
use crate::rule::{Amount, Award, Point};

pub(super) const KIND: Kind = Kind {
    name: "免扣次数",
    example: "首次不扣分",
    yields: "不扣分的条件",
    place: Place::Anywhere,
    parse: forgiven,
    before: &[],
};

fn forgiven(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    let first = attempt(input, word(&["首次", "第一次", "第1次", "初次"])).is_some();
    let at = if first {
        Amount { number: Number::ONE, unit: scan_unit("次").map(|(unit, _)| unit).ok_or(EmptyError)? }
    } else {
        lit("前").parse_next(input)?;
        amount(input)?
    };
    opt(word(&["发生", "发现", "出现"])).parse_next(input)?;
    opt(word(&["的", "，"])).parse_next(input)?;
    word(&["不予扣分", "不扣分"]).parse_next(input)?;
    let most = end(Point::Value(at), true, true);
    let stretch = Stretch { upper: Some(most), ..Stretch::default() };
    let (about, shape) = (About::Count(String::new()), Shape::Within(stretch));
    Ok(Clause::Graded {
        subject: None,
        condition: Condition { about, shape, subject: None },
        award: Award::Full,
    })
}
