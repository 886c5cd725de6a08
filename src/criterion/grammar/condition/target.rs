//! Conditions on the target: 达到目标值, 目标值的80%以上, 高于标准10%以内, 未超预算.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::deviation::deviates;
use super::figures::{After, Before, after, before, range, range_end, stretch};
use super::target_name::{MAX_TASK, target, task};
use super::{Condition, End, Shape, Stretch, end, from, up_to, value, within};
use crate::base::Number;
use crate::criterion::grammar::scan::{
    Input, Outcome, amount, attempt, denies, fraction, is_name, lit, points, word,
};
use crate::criterion::grammar::steps::beyond;
use crate::criterion::grammar::words::{
    AT, BY, EXACTLY, EXCEEDS, KEPT_AT, LOWER_OUT, MEETS, MET, MISSED, MISSES, NOT_BEYOND, NOT_OVER,
    NOT_OVERSPENT, NOT_UNDER, OF_THE_YEAR, OVER, OVERSPENT, REACHES, SIZES, TARGET, UNDER, UPPER_OUT,
};
use crate::notation::Unit;
use crate::rule::{Amount, Point};
use crate::words::{Lexicon, list};

/// Words before the target's name, and what they say.
type Reaction = (&'static Lexicon, fn() -> Shape);

/// 达到目标值, 未完成年度任务, 低于指标值, 不超过预算
pub(super) fn against_target(input: &mut Input<'_>) -> Outcome<Condition> {
    let shapes: [Reaction; 8] = [
        (MEETS, || Shape::Meets),
        (MISSES, || Shape::Misses),
        (NOT_OVER, || Shape::Within(up_to(Point::Target, true, true))),
        (NOT_UNDER, || Shape::Within(from(Point::Target, true, true))),
        (OVER, || Shape::Within(from(Point::Target, false, true))),
        (UNDER, || Shape::Within(up_to(Point::Target, false, true))),
        (LOWER_OUT, || Shape::Within(from(Point::Target, false, true))),
        (UPPER_OUT, || Shape::Within(up_to(Point::Target, false, true))),
    ];
    for (table, shape) in shapes {
        let found = attempt(input, |i| {
            word(table).parse_next(i)?;
            // 规定要求 is a name of its own, 规定的目标 is not.
            if attempt(i, target).is_none() {
                opt(word(&["了", "年度", "当年", "既定", "规定的", "规定", "设定的"])).parse_next(i)?;
                attempt(i, target).or_else(|| attempt(i, task)).ok_or(EmptyError)?;
            }
            let behind = opt(word(&["要求", "的要求", "以上", "及以上"])).parse_next(i)?;
            // 不超过目标值以上 says two things.
            if behind.is_some_and(|word| word.ends_with('上')) && is_ceiling(&shape()) {
                return Err(EmptyError);
            }
            if i.starts_with("的")
                && i.get("的".len()..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            {
                return Err(EmptyError);
            }
            // ≤预算数3分 gives points, 低于目标值80% goes on.
            let figure = i.starts_with(|c: char| c.is_ascii_digit());
            if figure && points(&mut { *i }).is_err() { Err(EmptyError) } else { Ok(shape()) }
        });
        if let Some(shape) = found {
            return Ok(value(shape));
        }
    }
    if attempt(input, |i| {
        word(EXACTLY).parse_next(i)?;
        target(i)?;
        let share = i.trim_start_matches('的').starts_with(|c: char| c.is_ascii_digit());
        if share { Err(EmptyError) } else { Ok(()) }
    })
    .is_some()
    {
        let only = end(Point::Target, true, true);
        return Ok(within(Stretch { lower: Some(only.clone()), upper: Some(only), ..Stretch::default() }));
    }
    // 在目标值以上, 目标值及以上
    if let Some(found) = attempt(input, |i| {
        opt(word(AT)).parse_next(i)?;
        target(i)?;
        word(list::AND_ABOVE).parse_next(i)?;
        let beyond = i.starts_with(|c: char| c.is_ascii_digit()) && points(&mut { *i }).is_err();
        if beyond { Err(EmptyError) } else { Ok(from(Point::Target, true, true)) }
    }) {
        return Ok(within(found));
    }
    if let Some(found) = attempt(input, |i| {
        opt(word(KEPT_AT)).parse_next(i)?;
        // 在计划工期内 is in time.
        if word(TARGET).parse_next(i)?.ends_with("工期") {
            return Err(EmptyError);
        }
        word(list::WITHIN_TARGET).parse_next(i)?;
        Ok(up_to(Point::Target, true, true))
    }) {
        return Ok(within(found));
    }
    Err(EmptyError)
}

/// Whether it holds only up to somewhere.
fn is_ceiling(shape: &Shape) -> bool {
    matches!(shape, Shape::Within(Stretch { lower: None, .. }))
}

/// 完成, 达标, 未完成
pub(super) fn met(input: &mut Input<'_>) -> Outcome<Condition> {
    if attempt(input, word(MISSED)).is_some() {
        return Ok(value(Shape::Contrary { over: false }));
    }
    // 不低于目标任务的得满分，低于的不得分; 不高于12%得满分，高于的不得分
    for (words, over) in [(list::LESS_THAN, false), (list::MORE_THAN, true)] {
        if attempt(input, |i| {
            word(words).parse_next(i)?;
            // 不足按比例计分
            let said = (i.starts_with('的') && !i.starts_with("的部分")) || i.starts_with('按');
            if said { Ok(()) } else { Err(EmptyError) }
        })
        .is_some()
        {
            return Ok(value(Shape::Contrary { over }));
        }
    }
    if attempt(input, |i| {
        word(EXCEEDS).parse_next(i)?;
        if i.starts_with(['的', '不', '，', '部', '扣']) || earns(i) || i.is_empty() {
            Ok(())
        } else {
            Err(EmptyError)
        }
    })
    .is_some()
    {
        attempt(input, word(&["部分"]));
        return Ok(value(Shape::Contrary { over: true }));
    }
    if attempt(input, word(MET)).is_none() {
        // 达到的得满分: the target, where nothing else is named.
        word(REACHES).parse_next(input)?;
        if !(input.starts_with(['的', '，']) || earns(input)) {
            return Err(EmptyError);
        }
    }
    Ok(value(Shape::Meets))
}

/// Whether points are given here: 得满分, 计5分, but no 计划.
fn earns(input: Input<'_>) -> bool {
    let given = ["计", "记"].iter().find_map(|verb| input.strip_prefix(verb));
    input.starts_with('得')
        || given
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '满' | '零')))
}

/// 未超支, 超支
pub(super) fn overspent(input: &mut Input<'_>) -> Outcome<Condition> {
    if attempt(input, word(NOT_OVERSPENT)).is_some() {
        return Ok(within(up_to(Point::Target, true, true)));
    }
    // 未超出的得满分
    if attempt(input, |i| {
        word(NOT_BEYOND).parse_next(i)?;
        if i.starts_with(['的', '，']) || earns(i) { Ok(()) } else { Err(EmptyError) }
    })
    .is_some()
    {
        return Ok(within(up_to(Point::Target, true, true)));
    }
    let start = *input;
    word(OVERSPENT).parse_next(input)?;
    // 超出预算成本10%以内: the target has a longer name.
    let mut longer = start;
    if deviates(&mut longer).is_ok() && longer.len() < input.len() {
        return Err(EmptyError);
    }
    let figure = input.starts_with(|c: char| c.is_ascii_digit()) && points(&mut { *input }).is_err();
    // 超支预算10%以上 is a deviation of so much.
    let named = attempt(&mut { *input }, target).is_some();
    if figure || named || SIZES.iter().any(|w| input.starts_with(w)) {
        return Err(EmptyError);
    }
    Ok(within(from(Point::Target, false, true)))
}

/// 达到目标值80%(含)以上, 目标值的60%-80%, 低于目标值的80%
pub(super) fn of_target(input: &mut Input<'_>) -> Outcome<Condition> {
    opt(word(AT)).parse_next(input)?;
    let first = attempt(input, |i| {
        let found = before(i);
        opt(word(OF_THE_YEAR)).parse_next(i)?;
        if found == Before::Nothing {
            word(MEETS).parse_next(i)?;
        }
        target(i)?;
        // 达到计划面积的100%
        attempt(i, |j| {
            let end = j.find('的').ok_or(EmptyError)?;
            let named = |name: &&str| name.chars().count() <= MAX_TASK && is_name(name) && !denies(name);
            let name = j.get(..end).filter(named);
            // 未达到目标值按完成数量的80%得分 says how points are found, not 80% of the target.
            name.filter(|name| BY.longest(name).is_none()).ok_or(EmptyError)?;
            *j = j.get(end..).ok_or(EmptyError)?;
            Ok(())
        });
        Ok(if found == Before::Nothing { Before::LowerIn } else { found })
    });
    let (first, said) = if let Some(found) = first {
        (found, true)
    } else {
        target(input)?;
        (Before::Nothing, false)
    };
    if let Some(at) = attempt(input, beyond) {
        return beside(first, at).map(within).ok_or(EmptyError);
    }
    let linked = attempt(input, lit("的")).is_some();
    let place = |a: Amount| a.number.times(a.unit.factor).map_or(Point::Target, Point::OfTarget);
    if let Some(found) = attempt(input, range) {
        range_end(input);
        if !found.0.unit.is_ratio() || !matches!(first, Before::LowerIn | Before::Nothing | Before::Equal) {
            return Err(EmptyError);
        }
        return Ok(within(stretch(found, place)));
    }
    if !linked && let Some(found) = attempt(input, |i| called(i, first)) {
        return Ok(within(found));
    }
    let at = amount(input)?;
    let whole = at.number.times(at.unit.factor).filter(|_| at.unit.is_ratio()).ok_or(EmptyError)?;
    let (side, belongs) = after(input, &at)?;
    let half = Number::new("0.5".parse().unwrap_or_default());
    let place = Point::OfTarget(whole);
    let found = match (first, side) {
        (Before::LowerIn, None | Some(After::Lower { .. })) if belongs != Some(false) => {
            from(place, true, true)
        }
        (Before::Nothing | Before::Equal, Some(After::Lower { inclusive, firm })) => {
            from(place, inclusive, firm)
        }
        (Before::Nothing | Before::Equal, Some(After::Upper { inclusive, firm, .. })) => {
            up_to(place, inclusive, firm)
        }
        (Before::LowerIn, Some(After::Upper { inclusive, firm, .. })) if said => {
            up_to(place, inclusive, firm)
        }
        // 低于目标值20%: 20 % of it, or 20 % below it? Only (的), or a share that can be no deviation, decides.
        (Before::UpperOut, None) if linked || whole >= half => up_to(place, belongs.unwrap_or(false), true),
        (Before::UpperIn, None) if linked => up_to(place, true, true),
        (Before::LowerOut | Before::LowerOver, None) if linked && whole >= Number::ONE => {
            from(place, belongs.unwrap_or(false), true)
        }
        _ if linked || side.is_some() || belongs.is_some() => return Err(EmptyError),
        (first, _) => beside(first, place).ok_or(EmptyError)?,
    };
    Ok(within(Stretch { perhaps_named: !linked, ..found }))
}

/// 完成一半(含)以上, 完成不足一半, 完成任务的三分之二: a part of the target, in words.
pub(super) fn part_of_target(input: &mut Input<'_>) -> Outcome<Condition> {
    let done = attempt(input, word(MEETS)).is_some();
    attempt(input, |i| {
        opt(word(OF_THE_YEAR)).parse_next(i)?;
        target(i)?;
        opt(lit("的")).parse_next(i)
    });
    let first = before(input);
    // 不足一半 behind 完成一半以上
    let alone = !done && !matches!(first, Before::UpperOut | Before::LowerOver);
    if alone || input.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(EmptyError);
    }
    // 九成 and 百分之九十 are figures.
    let share = fraction(input)?.number();
    let at = Point::OfTarget(share);
    let named = Amount { number: share, unit: Unit::percent() };
    let (side, belongs) = after(input, &named)?;
    // 完成一半分 would be points.
    if input.starts_with('分') {
        return Err(EmptyError);
    }
    match (first, side) {
        (Before::Nothing, Some(After::Lower { inclusive, firm })) => Ok(within(from(at, inclusive, firm))),
        (Before::Nothing, Some(After::Upper { inclusive, firm, yields })) => {
            let upper = End { yields, ..end(at, inclusive, firm) };
            Ok(within(Stretch { upper: Some(upper), ..Stretch::default() }))
        }
        (first, None) if belongs.is_none() => beside(first, at).map(within).ok_or(EmptyError),
        _ => Err(EmptyError),
    }
}

/// The condition that a word before a place makes.
fn beside(first: Before, at: Point) -> Option<Stretch> {
    match first {
        Before::LowerIn => Some(from(at, true, true)),
        Before::LowerOut | Before::LowerOver => Some(from(at, false, true)),
        Before::UpperIn => Some(up_to(at, true, true)),
        Before::UpperOut => Some(up_to(at, false, true)),
        Before::Equal | Before::Nothing => None,
    }
}

/// 达到目标值40个, 不低于年度目标(98%), 达到目标值(≥95%): the target's name with what it is.
fn called(input: &mut Input<'_>, first: Before) -> Outcome<Stretch> {
    let bracket = attempt(input, lit("(")).is_some();
    if bracket {
        opt(word(&["≥", "≤", "=", "即", "为"])).parse_next(input)?;
    }
    let at = amount(input)?;
    if bracket {
        lit(")").parse_next(input)?;
    }
    let figure = at.unit.is_bare() || at.unit.word == "分" || (at.unit.is_ratio() && !bracket);
    if figure || after(&mut { *input }, &at)?.0.is_some() {
        return Err(EmptyError);
    }
    let found = beside(first, Point::Value(at)).ok_or(EmptyError)?;
    Ok(Stretch { perhaps_named: true, ..found })
}
