//! 每降低1个百分点扣0.5分, 比90%每超1%加1分: so many points for every step.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Kind, Place};
use crate::base::Number;
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::condition::is_count;
use crate::criterion::grammar::scan::{
    Input, Outcome, amount, attempt, begins_figure, figure, is_name, lit, word,
};
use crate::criterion::grammar::steps::{
    Counts, StepClause, agreed, compared, done, length, noun, on_base, remainder, verb, worth,
};
use crate::criterion::grammar::words::{FALLS, HARM, RISES, STEP_ABOVE, STEP_EITHER, TARGET};
use crate::notation::Unit;
use crate::rule::{Amount, Partial, Point};
use crate::words::list;

pub(super) const KIND: Kind = Kind {
    name: "每一步扣分或加分",
    example: "每降低1个百分点扣0.5分",
    yields: "按步扣分或加分",
    place: Place::Anywhere,
    parse: |input, _| each_step(input).map(Clause::Steps),
    before: &[],
};

pub(crate) fn each_step(input: &mut Input<'_>) -> Outcome<StepClause> {
    let free = attempt(input, free);
    let led = lead(input);
    let mut from = attempt(input, compared);
    let each_at = input.find('每').ok_or(EmptyError)?;
    let before = input.get(..each_at).ok_or(EmptyError)?;
    let (before, than) = match before.split_once(['比', '较']) {
        Some((name, _)) if from.is_none() && !name.is_empty() => {
            let mut rest = input.get(name.len()..).ok_or(EmptyError)?;
            (name, Some((compared(&mut rest)?, rest)))
        }
        _ => (before, None),
    };
    let subject = match before {
        "" => None,
        name if is_name(name)
            && name.chars().count() <= MAX_SUBJECT
            && !list::DENIALS.ends(name)
            && (HARM.within(name) || !name.contains(['不', '未', '没', '无', '的', '逾', '延'])) =>
        {
            Some(name.to_owned())
        }
        _ => return Err(EmptyError),
    };
    let rest = match than {
        Some((point, rest)) => {
            from = Some(point);
            rest
        }
        None => input.get(each_at..).ok_or(EmptyError)?,
    };
    *input = rest.strip_prefix('每').ok_or(EmptyError)?;
    let mut whole = attempt(input, lit("满")).is_some();
    opt(lit("再")).parse_next(input)?;
    let said = attempt(input, either).or_else(|| verb(input));
    // 超出或低于该区间每偏离1个百分点: how far beyond it.
    let counts = if led == Some(Counts::Outside) { led } else { said.or(led) };
    if from.is_none() {
        from = attempt(input, |i| {
            opt(lit("于")).parse_next(i)?;
            if attempt(i, word(TARGET)).is_some() {
                attempt(i, lit("的")); // 每低于目标值的1%
                return Ok(Point::Target);
            }
            // 每低于90%1个百分点
            let at = amount(i)?;
            let mut ahead = *i;
            let figure = begins_figure(ahead);
            if figure && attempt(&mut ahead, length).is_some() {
                Ok(Point::Value(at))
            } else {
                Err(EmptyError)
            }
        });
    }
    whole = whole || attempt(input, lit("满")).is_some();
    let mut size = match attempt(input, length) {
        Some(size) => size,
        // 每少建1公里, 每多创建1个
        None if matches!(counts, Some(Counts::Below | Counts::Above)) => done(input)?,
        None => return Err(EmptyError),
    };
    let size_partial = attempt(input, in_brackets);
    let base = attempt(input, on_base);
    let noun = noun(input)?;
    let counts = agreed(counts, &size.unit, &noun)?;
    if counts == Counts::Found && !is_count(&size.unit) {
        size.unit = Unit::count(&size.unit.word);
    }
    // 迟报、漏报每次扣1分: what goes wrong is named before it.
    let harm = subject.as_deref().is_some_and(|name| name.contains('、') && HARM.begins(name));
    let counts = if harm && counts == Counts::Open { Counts::Found } else { counts };
    let partial = size_partial.or_else(|| attempt(input, in_brackets)).or(whole.then_some(Partial::Down));
    let (per, adds) = worth(input)?;
    let mut counts = counts;
    if let Some((number, unit)) = free {
        let same = unit.is_none_or(|unit| unit == size.unit);
        if from.is_some() || !same || !is_count(&size.unit) || adds {
            return Err(EmptyError);
        }
        from = Some(Point::Value(Amount { number, unit: size.unit.clone() }));
        // 从第3次起每增加1次
        counts = if matches!(counts, Counts::Open | Counts::Above) { Counts::Found } else { counts };
    }
    Ok(StepClause { counts, from, size, per, adds, partial, noun, base, subject, each: true })
}

/// 超过(降低), 低于或超出, 降低(超出): either way.
fn either(input: &mut Input<'_>) -> Outcome<Counts> {
    let first = verb(input).ok_or(EmptyError)?;
    let bracket = attempt(input, lit("(")).is_some();
    if bracket {
        attempt(input, lit("或"));
    } else {
        word(&["或", "/", "、"]).parse_next(input)?;
    }
    let second = verb(input).ok_or(EmptyError)?;
    if bracket {
        lit(")").parse_next(input)?;
    }
    match (first, second) {
        (Counts::Above, Counts::Below) | (Counts::Below, Counts::Above) => Ok(Counts::Either),
        _ => Err(EmptyError),
    }
}

/// 超出部分每…, 在此基础上每…: what leads to 每, and the direction it says.
fn lead(input: &mut Input<'_>) -> Option<Counts> {
    if attempt(input, word(&["在此基础之上", "在此基础上", "此基础上", "此后", "其后", "之后"])).is_some()
    {
        opt(lit("，")).parse_next(input).ok()?;
        return None;
    }
    // 下降的，每下降1个百分点: said twice.
    attempt(input, |i| {
        let turn = attempt(i, word(RISES)).or_else(|| attempt(i, word(FALLS))).ok_or(EmptyError)?;
        lit("的").parse_next(i)?;
        opt(lit("，")).parse_next(i)?;
        if i.strip_prefix('每').is_some_and(|rest| rest.starts_with(turn)) {
            Ok(())
        } else {
            Err(EmptyError)
        }
    });
    // 超出或低于该区间每1个百分点, 超出该区间的，每偏离50元
    let outside = attempt(input, |i| {
        if attempt(i, either).is_none() {
            attempt(i, word(STEP_ABOVE)).or_else(|| attempt(i, word(STEP_EITHER))).ok_or(EmptyError)?;
        }
        word(list::THAT_RANGE).parse_next(i)?;
        opt(lit("的")).parse_next(i)?;
        opt(lit("，")).parse_next(i)?;
        if i.starts_with('每') { Ok(()) } else { Err(EmptyError) }
    });
    if outside.is_some() {
        return Some(Counts::Outside);
    }
    attempt(input, |i| {
        let above = word(list::EXCEEDING_PART).parse_next(i).is_ok();
        if !above {
            word(list::LACKING_PART).parse_next(i)?;
        }
        opt(lit("的")).parse_next(i)?;
        lit("部分").parse_next(i)?;
        let counts = if above { Counts::Above } else { Counts::Below };
        opt(lit("，")).parse_next(i)?;
        if i.starts_with('每') { Ok(counts) } else { Err(EmptyError) }
    })
}

/// 从第3次起: how many there may be before points are taken.
fn free(input: &mut Input<'_>) -> Outcome<(Number, Option<Unit>)> {
    opt(word(&["从", "自"])).parse_next(input)?;
    lit("第").parse_next(input)?;
    let (first, _) = figure(input)?;
    let unit = attempt(input, unit_alone);
    word(&["起", "开始", "及以后", "及以上", "以后"]).parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    let before = first.minus(Number::ONE).filter(|n| !n.is_negative() && !n.is_zero()).ok_or(EmptyError)?;
    if input.starts_with('每') { Ok((before, unit)) } else { Err(EmptyError) }
}

fn unit_alone(input: &mut Input<'_>) -> Outcome<Unit> {
    let (unit, taken) = crate::notation::scan_unit(input).ok_or(EmptyError)?;
    *input = input.get(taken..).ok_or(EmptyError)?;
    Ok(unit)
}

/// `(不足1个百分点按1个百分点计算)`
fn in_brackets(input: &mut Input<'_>) -> Outcome<Partial> {
    lit("(").parse_next(input)?;
    let (found, _) = remainder(input)?;
    lit(")").parse_next(input)?;
    Ok(found)
}

/// Names before 每 are short.
const MAX_SUBJECT: usize = 12;
