//! 介于两者之间的按插值法计算, 按直线内插法得分（75%得0分，95%得5分）: points along a line between two places.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Kind, Place};
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, amount, attempt, is_name, lit, word};
use crate::criterion::grammar::words::{INTERPOLATED, SCORE_VERBS, TARGET};
use crate::rule::{Award, Knot, Line, Point, Words};

pub(super) const KIND: Kind = Kind {
    name: "内插",
    example: "按直线内插法计分",
    yields: "两数之间的得分",
    place: Place::Anywhere,
    parse: |input, _| interpolation(input),
    before: &[("情形得分", "按内插法 is a way to find points, no grade word")],
};

/// 介于两者之间的按插值法计算, 之间按直线内插法计分, 按直线内插法得分（75%得0分，95%得5分）
pub(crate) fn interpolation(input: &mut Input<'_>) -> Outcome<Clause> {
    if !input.contains('插') {
        return Err(EmptyError); // seen at once, before words are tried
    }
    let by = ["按照", "按", "采用", "用"]
        .iter()
        .filter_map(|by| input.find(by).map(|at| (at, *by)))
        .find(|(at, by)| {
            input.get(at.saturating_add(by.len())..).is_some_and(|i| INTERPOLATED.longest(i).is_some())
        })
        .ok_or(EmptyError)?;
    let mut subject = input.get(..by.0).ok_or(EmptyError)?;
    attempt(&mut subject, |i| {
        word(&[
            "介于两者之间的部分",
            "介于两者之间的",
            "介于两者之间",
            "处于两者之间的",
            "两者之间的",
            "两者之间",
            "介于二者之间的",
            "二者之间的",
            "二者之间",
            "介于之间的",
            "中间部分",
            "中间值",
            "中间",
            "其间的",
            "其间",
            "中间值",
            "中间的",
            "之间的",
            "之间",
            "区间内",
            "区间",
            "其余",
            "其他",
        ])
        .parse_next(i)?;
        opt(lit("，")).parse_next(i)?;
        if i.is_empty() { Ok(()) } else { Err(EmptyError) }
    });
    if !(subject.is_empty() || is_name(subject)) {
        return Err(EmptyError);
    }
    *input = input.get(by.0.saturating_add(by.1.len())..).ok_or(EmptyError)?;
    word(INTERPOLATED).parse_next(input)?;
    word(SCORE_VERBS).parse_next(input)?;
    let line = attempt(input, |i| {
        lit("(").parse_next(i)?;
        let from = knot(i)?;
        lit("，").parse_next(i)?;
        let to = knot(i)?;
        lit(")").parse_next(i)?;
        Ok(Line { from, to, words: Words::empty() })
    });
    if !(input.is_empty() || input.starts_with(['，', '('])) {
        return Err(EmptyError);
    }
    Ok(Clause::Line { subject: (!subject.is_empty()).then(|| subject.to_owned()), line })
}

/// 75%得0分
fn knot(input: &mut Input<'_>) -> Outcome<Knot> {
    let at = place(input)?;
    let points = match award(input, true)? {
        Award::Full => None,
        Award::Points(n) => Some(n),
        _ => return Err(EmptyError),
    };
    Ok(Knot { at, points })
}

pub(crate) fn place(input: &mut Input<'_>) -> Outcome<Point> {
    if attempt(input, word(TARGET)).is_some() { Ok(Point::Target) } else { amount(input).map(Point::Value) }
}
