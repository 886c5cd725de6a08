//! Points along a straight line: （完成率-60%）/（1-60%）×分值, 按直线内插法计分.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::{Number, Ratio};
use crate::notation::Unit;
use crate::rule::{Amount, Award, Knot, Line, Point, Words};

use crate::criterion::grammar::award::award;
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::condition::{Shape, Stretch, end};
use crate::criterion::grammar::formula::{base_points, times};
use crate::criterion::grammar::lexicon::{Lexicon, Vocabulary};
use crate::criterion::grammar::scan::{
    Input, Outcome, amount, attempt, figure as figure_of, is_name, lit, percentage, word,
};
use crate::criterion::grammar::words::{BY, SCORE_NAMES, SCORE_VERBS, TARGET};
use crate::criterion::meaning::collect::{Heard, Read, refuse};
use crate::criterion::meaning::ladder::Rung;
use crate::criterion::meaning::settle::figure;

/// A line as written: what it is over, and where its ends are, unless the rest of the criterion says so.
pub(crate) fn line(input: &mut Input<'_>) -> Outcome<Clause> {
    attempt(input, interpolated).or_else(|| attempt(input, equation)).ok_or(EmptyError)
}

/// How points between two places are found.
const INTERPOLATED: &Lexicon = &Lexicon::new(&[
    "直线内插法",
    "线性内插法",
    "比例内插法",
    "内插法",
    "直线插值法",
    "线性插值法",
    "插值法",
    "直线插值",
    "线性插值",
    "直线内插",
    "线性内插",
    "内插",
    "插值",
]);

/// 介于两者之间的按插值法计算, 之间按直线内插法计分, 按直线内插法得分（75%得0分，95%得5分）
fn interpolated(input: &mut Input<'_>) -> Outcome<Clause> {
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

fn place(input: &mut Input<'_>) -> Outcome<Point> {
    if attempt(input, word(TARGET)).is_some() { Ok(Point::Target) } else { amount(input).map(Point::Value) }
}

/// A product of a line from nothing to all, and the points it leads to.
fn equation(input: &mut Input<'_>) -> Outcome<Clause> {
    if !input.contains(['-', '－']) {
        return Err(EmptyError);
    }
    let by = attempt(input, word(BY)).is_some();
    attempt(input, |i| {
        word(SCORE_NAMES).parse_next(i)?;
        word(&["=", "为", ":"]).parse_next(i)
    });
    let mut base = None;
    let mut over = None;
    loop {
        if base.is_none()
            && let Some(found) = attempt(input, base_points)
        {
            base = Some(found);
        } else if base.is_none()
            && let Some(found) = attempt(input, bare)
        {
            base = Some(Some(found));
        } else if over.is_none() {
            over = Some(attempt(input, rising).or_else(|| attempt(input, falling)).ok_or(EmptyError)?);
        } else {
            // ×100%, which changes nothing
            let share = percentage(input)?;
            if share != Ratio::ONE {
                return Err(EmptyError);
            }
        }
        if attempt(input, times).is_none() {
            break;
        }
    }
    let verb = attempt(input, word(SCORE_VERBS)).is_some();
    if (by && !verb) || !(input.is_empty() || input.starts_with('，')) {
        return Err(EmptyError);
    }
    let (Some(points), Some((name, from, to, falls))) = (base, over) else { return Err(EmptyError) };
    let (nothing, all) = (Some(Number::ZERO), points);
    let (first, last) = if falls { (all, nothing) } else { (nothing, all) };
    let line = Line {
        from: Knot { at: from, points: first },
        to: Knot { at: to, points: last },
        words: Words::empty(),
    };
    Ok(Clause::Line { subject: name, line: Some(line) })
}

/// ×5: a figure that can only be the weight, which is judged with the rest.
fn bare(input: &mut Input<'_>) -> Outcome<Number> {
    let (n, digits) = figure_of(input)?;
    let ends = input.is_empty() || input.starts_with(['，', '*']);
    if digits && ends { Ok(n) } else { Err(EmptyError) }
}

/// What a line is over, its two places, and whether it falls.
type Over = (Option<String>, Point, Point, bool);

/// (完成率-60%)/(100%-60%)
fn rising(input: &mut Input<'_>) -> Outcome<Over> {
    lit("(").parse_next(input)?;
    let name = measured(input)?;
    lit("-").parse_next(input)?;
    let low = amount(input)?;
    lit(")").parse_next(input)?;
    lit("/").parse_next(input)?;
    let low = whole(low);
    let (high, again) = if attempt(input, lit("(")).is_some() {
        let high = place(input)?;
        lit("-").parse_next(input)?;
        let again = whole(amount(input)?);
        lit(")").parse_next(input)?;
        (high, again)
    } else {
        // (x-60%)/40%
        let length = whole(amount(input)?);
        let sum = low.number.plus(length.number).filter(|_| length.unit == low.unit).ok_or(EmptyError)?;
        (Point::Value(Amount { number: sum, unit: low.unit.clone() }), low.clone())
    };
    let high = match high {
        Point::Value(amount) => Point::Value(whole(amount)),
        other => other,
    };
    let low = Point::Value(low);
    let upward = match (figure(&low), figure(&high)) {
        (Some(a), Some(b)) => a < b,
        _ => high == Point::Target,
    };
    if Point::Value(again) == low && upward { Ok((name, low, high, false)) } else { Err(EmptyError) }
}

/// (1-不合格率)
fn falling(input: &mut Input<'_>) -> Outcome<Over> {
    lit("(").parse_next(input)?;
    let one = whole(amount(input)?);
    lit("-").parse_next(input)?;
    let name = measured(input)?;
    lit(")").parse_next(input)?;
    let share = |n: Number| Point::Value(Amount { number: n, unit: Unit::percent() });
    let hundred = share(Number::from(100));
    let rate = name.as_deref().is_some_and(|name| name.ends_with('率'));
    if Point::Value(one) == hundred && rate {
        Ok((name, share(Number::ZERO), hundred, true))
    } else {
        Err(EmptyError)
    }
}

/// A name, or a letter that stands for what is measured.
fn measured(input: &mut Input<'_>) -> Outcome<Option<String>> {
    let end = input.find(['-', ')']).ok_or(EmptyError)?;
    let name = input.get(..end).ok_or(EmptyError)?;
    let letter = name.len() == 1 && name.chars().all(|c| c.is_ascii_alphabetic());
    if !letter && !is_name(name) {
        return Err(EmptyError);
    }
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok((!letter).then(|| name.to_owned()))
}

/// 1 and 0.6 beside rates are 100% and 60%.
fn whole(amount: Amount) -> Amount {
    match amount.number.times(Number::from(100)) {
        Some(number) if amount.unit.is_bare() && amount.number <= Number::ONE => {
            Amount { number, unit: Unit::percent() }
        }
        _ => amount,
    }
}

/// Points between two rungs that leave a gap, where the criterion says that they are found along a line.
pub(crate) fn interpolate(heard: &mut Heard) -> Read<()> {
    let Some((gap, words)) = heard.between.take() else { return Ok(()) };
    let ends = match heard.rungs.as_slice() {
        [a, b] => [(a, b), (b, a)].into_iter().find_map(|(low, high)| {
            let (Shape::Within(below), Shape::Within(above)) = (&low.shape, &high.shape) else { return None };
            // ≤60%, or 60% itself
            let (Some(from), Some(to)) = (&below.upper, &above.lower) else { return None };
            let point = |s: &Stretch| s.lower.as_ref().map(|e| &e.at) == s.upper.as_ref().map(|e| &e.at);
            if !(below.lower.is_none() || point(below)) || !(above.upper.is_none() || point(above)) {
                return None;
            }
            let fixed = |award: &Award| match award {
                Award::Full => Some(None),
                Award::Points(n) => Some(Some(*n)),
                _ => None,
            };
            let knot = |at: &Point, points| Knot { at: at.clone(), points };
            Some((knot(&from.at, fixed(&low.award)?), knot(&to.at, fixed(&high.award)?)))
        }),
        _ => None,
    };
    let Some((from, to)) = ends.filter(|(a, b)| figure(&a.at).is_some() && figure(&a.at) < figure(&b.at))
    else {
        return refuse(&words, "没有写明在哪两个数之间内插");
    };
    let same = gap.is_none_or(|gap| {
        let at = |end: &Option<crate::criterion::grammar::condition::End>| {
            end.as_ref().and_then(|e| figure(&e.at))
        };
        at(&gap.lower) == figure(&from.at) && at(&gap.upper) == figure(&to.at)
    });
    if !same {
        return refuse(&words, "内插的区间与前后两档的界限不一致");
    }
    // Only the gap: below 60%得6分 nothing is said.
    let end = |at: &Point| Some(end(at.clone(), false, true));
    let stretch = Stretch { lower: end(&from.at), upper: end(&to.at), ..Stretch::default() };
    let line = Line { from, to, words: Words::new(words.clone()) };
    heard.rungs.push(Rung { shape: Shape::Within(stretch), award: Award::Line(Box::new(line)), words });
    Ok(())
}
