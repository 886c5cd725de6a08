//! Steps and their limits: 每降低1个百分点扣0.5分, 不足1个百分点的按1个百分点计算, 最多扣3分.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::Number;
use crate::notation::{Dimension, Unit};
use crate::rule::{Amount, Partial, Per, Point, Side};

use crate::criterion::grammar::award::then;
use crate::criterion::grammar::condition::{MAX_HARM, denies_harm, harmful, is_count, is_time};
use crate::criterion::grammar::lexicon::longest_of;
use crate::criterion::grammar::scan::{
    Input, Outcome, amount, attempt, decimal_share, denies, is_name, lit, points, signed_amount, word,
};
use crate::criterion::grammar::words::{
    ADD, ANY_OF, GIVE, HARM, STEP_ABOVE, STEP_BELOW, STEP_EITHER, STEP_FOUND, STEP_LATE, STEP_MISSING, TAKE,
    TARGET,
};
use crate::words::list;

/// What steps count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counts {
    Below,
    Above,
    Either,
    /// 超出或低于该区间每…: beyond either end.
    Outside,
    Late,
    Found,
    Missing,
    /// 每1个百分点: the direction is not said.
    Open,
}

/// Steps as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StepClause {
    pub(crate) counts: Counts,
    /// 比90%每…, 每低于目标值…
    pub(crate) from: Option<Point>,
    pub(crate) size: Amount,
    pub(crate) per: Per,
    pub(crate) adds: bool,
    pub(crate) partial: Option<Partial>,
    /// What is found or missing.
    pub(crate) noun: String,
    /// 在4分基础上: what is taken from, where the text says it.
    pub(crate) base: Option<Number>,
    /// A name before 每 (制度内容每缺少一项).
    pub(crate) subject: Option<String>,
    /// Whether 每 stands there; without it, 发现一处扣1分 is a step only where nothing else counts.
    pub(crate) each: bool,
}

/// 建1公里, 培训10人: what was not done so often.
pub(crate) fn done(input: &mut Input<'_>) -> Outcome<Amount> {
    for (at, _) in input.char_indices().skip(1).take(2) {
        let verb = input.get(..at).unwrap_or_default();
        let mut rest = input.get(at..).unwrap_or_default();
        if is_name(verb)
            && !denies(verb)
            && !verb.contains(['于', '过', '出', '的'])
            && let Some(size) = attempt(&mut rest, length)
        {
            *input = rest;
            return Ok(size);
        }
    }
    Err(EmptyError)
}

/// 比90%, 较目标值, 在90%基础上, 以100%为基准
pub(crate) fn compared(input: &mut Input<'_>) -> Outcome<Point> {
    if attempt(input, word(&["比", "较", "与"])).is_some() {
        let point = point(input)?;
        opt(word(&["相比", "比较"])).parse_next(input)?;
        opt(lit("，")).parse_next(input)?;
        return Ok(point);
    }
    word(&["在", "以"]).parse_next(input)?;
    let point = point(input)?;
    word(&["的基础上", "基础上", "为基准", "为基础", "为基数"]).parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    Ok(point)
}

fn point(input: &mut Input<'_>) -> Outcome<Point> {
    if attempt(input, word(TARGET)).is_some() {
        if let Some(share) = attempt(input, |i| {
            lit("的").parse_next(i)?;
            crate::criterion::grammar::scan::percentage(i)
        }) {
            return Ok(Point::OfTarget(share.number()));
        }
        return Ok(attempt(input, beyond).unwrap_or(Point::Target));
    }
    signed_amount(input).map(Point::Value)
}

/// 以下5%处, 以上10%处 behind the target: so far from it.
pub(crate) fn beyond(input: &mut Input<'_>) -> Outcome<Point> {
    let side =
        if word(&["以下", "以上"]).parse_next(input)? == "以下" { Side::Below } else { Side::Above };
    let by = amount(input)?;
    lit("处").parse_next(input)?;
    Ok(Point::Beyond(side, by))
}

pub(crate) fn verb(input: &mut Input<'_>) -> Option<Counts> {
    let tables = [
        (STEP_BELOW, Counts::Below),
        (STEP_ABOVE, Counts::Above),
        (STEP_EITHER, Counts::Either),
        (STEP_LATE, Counts::Late),
        (STEP_FOUND, Counts::Found),
        (STEP_MISSING, Counts::Missing),
    ];
    let (word, kind) = longest_of(&tables, input)?;
    *input = input.get(word.len()..)?;
    Some(kind)
}

/// A step's length; 每处 and 每次 are one.
pub(crate) fn length(input: &mut Input<'_>) -> Outcome<Amount> {
    if let Some(found) = attempt(input, amount) {
        // 每低0.01: a hundredth of a rate; 每降低5 says of nothing what it is.
        let bare = found.unit.is_bare() && found.number >= Number::ONE;
        if found.number.is_zero() || bare {
            return Err(EmptyError);
        }
        return Ok(found);
    }
    // 每个百分点扣1分
    if let Some(rest) = input.strip_prefix("个百分点") {
        *input = rest;
        return Ok(Amount {
            number: Number::ONE, unit: Unit { word: "个百分点".into(), ..Unit::percent() }
        });
    }
    for one in [
        "处", "项", "次", "起", "例", "个", "件", "条", "天", "日", "人次", "人", "户", "场", "笔", "宗",
        "份", "座", "台", "篇", "批次", "辆", "株",
    ] {
        if let Some(rest) = input.strip_prefix(one) {
            let (unit, taken) = crate::notation::scan_unit(input).ok_or(EmptyError)?;
            if taken != one.len() {
                continue;
            }
            *input = rest;
            return Ok(Amount { number: Number::ONE, unit });
        }
    }
    Err(EmptyError)
}

/// What is found or missing, up to the award.
pub(crate) fn noun(input: &mut Input<'_>) -> Outcome<String> {
    if let Some(name) = attempt(input, |i| {
        let name = harmful(i)?;
        opt(word(&["的情况", "情况", "的"])).parse_next(i)?;
        // 不符合条件的享受对象 is more than what is not as it should be.
        if i.starts_with(|c: char| c.is_alphabetic()) && worth(&mut { *i }).is_err() {
            return Err(EmptyError);
        }
        Ok(name)
    }) {
        return Ok(name.to_owned());
    }
    let figure =
        |at: usize| input.get(at..).is_some_and(|t| t.chars().nth(1).is_some_and(|c| c.is_ascii_digit()));
    let ends = |(at, c): (usize, char)| match c {
        '扣' | '减' | '加' | '得' | '，' | '(' | '增' | '奖' => Some(at),
        '计' | '记' if figure(at) => Some(at),
        _ => None,
    };
    let end = input.char_indices().find_map(ends).ok_or(EmptyError)?;
    let name = input.get(..end).ok_or(EmptyError)?.trim_end_matches('的');
    // 每逾期1天不扣1分
    if !name.is_empty()
        && (!(is_name(name) || is_either(name)) || list::DENIALS.ends(name) || denies_harm(name))
    {
        return Err(EmptyError);
    }
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok(name.to_owned())
}

/// 不完整或不准确, 缺失或破损: a case is either of them.
fn is_either(name: &str) -> bool {
    let Some((first, second)) = name.split_once(['或', '、']) else { return false };
    let wrong = |name: &str| HARM.within(name) || denies(name) || STEP_MISSING.begins(name);
    let short = |name: &str| is_name(name) && name.chars().count() <= MAX_HARM;
    short(first) && short(second) && wrong(first) && !is_count_word(second)
}

/// Whether a word is only of what is counted: 处, 项.
fn is_count_word(name: &str) -> bool {
    crate::notation::scan_unit(name).is_some_and(|(_, taken)| taken == name.len())
}

/// What the verb and the unit say together.
pub(crate) fn agreed(verb: Option<Counts>, unit: &Unit, noun: &str) -> Outcome<Counts> {
    match verb {
        Some(Counts::Above) if is_time(unit) && noun.is_empty() => Ok(Counts::Above),
        Some(Counts::Late) if is_time(unit) => Ok(Counts::Late),
        Some(Counts::Late) => Err(EmptyError),
        // 每有1个月未按时发放: the months are counted.
        Some(Counts::Found) if unit.dimension == Dimension::Months && (denies(noun) || noun.is_empty()) => {
            Ok(Counts::Found)
        }
        Some(Counts::Found | Counts::Missing) if !is_count(unit) => Err(EmptyError),
        Some(found) => Ok(found),
        None if is_count(unit) && !noun.is_empty() => Ok(Counts::Found),
        None if is_count(unit) => Ok(Counts::Open),
        None => Ok(Counts::Open),
    }
}

/// 在4分的基础上再: what is taken from.
pub(crate) fn on_base(input: &mut Input<'_>) -> Outcome<Number> {
    opt(lit("，")).parse_next(input)?;
    lit("在").parse_next(input)?;
    let base = points(input)?;
    opt(lit("的")).parse_next(input)?;
    lit("基础上").parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    opt(lit("再")).parse_next(input)?;
    Ok(base)
}

/// What a step is worth: 扣0.5分, 扣分值的5%, 加1分
pub(crate) fn worth(input: &mut Input<'_>) -> Outcome<(Per, bool)> {
    then(input);
    let adds = if attempt(input, word(TAKE)).is_some() {
        false
    } else {
        if attempt(input, word(ADD)).is_none() {
            word(GIVE).parse_next(input)?;
        }
        true
    };
    if let Some(n) = attempt(input, points) {
        return if n.is_zero() { Err(EmptyError) } else { Ok((Per::Points(n), adds)) };
    }
    decimal_share(input).map(|r| (Per::Share(r), adds))
}

/// 不足1个百分点的按1个百分点计算, 不足1个百分点的不计, 不足1个百分点的按比例计算: the treatment and its step.
pub(crate) fn remainder(input: &mut Input<'_>) -> Outcome<(Partial, Amount)> {
    // 下降不足1个百分点的, 逾期不足5天的
    attempt(input, |i| {
        verb(i).ok_or(EmptyError)?;
        if i.starts_with(['不', '未', '少']) { Ok(()) } else { Err(EmptyError) }
    });
    word(list::STEP_REMAINDER).parse_next(input)?;
    let size = length(input)?;
    let rest = opt(word(&["的部分", "部分", "的", "者", "时"])).parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    if attempt(input, word(&["按比例计算", "按比例扣分", "按比例扣减", "按比例计"])).is_some()
    {
        // 不足100%的按比例计分 gives points.
        return if input.starts_with('分') { Err(EmptyError) } else { Ok((Partial::Proportional, size)) };
    }
    if attempt(input, word(list::STEP_LEFT_OUT)).is_some() {
        // 不足85%不计分 gives no points, 不足1%的部分不计分 is about a part of a step.
        let part = rest.is_some_and(|rest| rest.ends_with("部分"));
        attempt(input, lit("分")).filter(|()| !part).map_or(Ok(()), |()| Err(EmptyError))?;
        return Ok((Partial::Down, size));
    }
    word(&["按照", "按", "以", "均按", "视为", "算作"]).parse_next(input)?;
    let counted = length(input)?;
    opt(word(&["计算", "扣分", "计分", "计", "扣减", "算"])).parse_next(input)?;
    if counted == size { Ok((Partial::Up, size)) } else { Err(EmptyError) }
}

/// Verbs of what is done are short.
const MAX_ACTIVITY: usize = 4;

/// 迟报、漏报1次, 迟报或漏报一次: faults of several kinds, of which any counts.
pub(crate) fn faults(input: &mut Input<'_>) -> Outcome<Amount> {
    let mut kinds = 0_u32;
    loop {
        word(HARM).parse_next(input)?;
        kinds = kinds.saturating_add(1);
        attempt(input, word(ANY_OF));
        if let Some(size) = attempt(input, length) {
            let one = size.number == Number::ONE && is_count(&size.unit) && kinds > 1;
            return if one { Ok(size) } else { Err(EmptyError) };
        }
    }
}

/// A verb and one of what is counted: 引进1个, 迟报一次.
pub(crate) fn events(input: &mut Input<'_>) -> Outcome<Amount> {
    if let Some(found) = attempt(input, faults) {
        return Ok(found);
    }
    // 被上级部门通报批评1次
    let suffered = input.starts_with(['被', '受']);
    let most = if suffered { MAX_HARM } else { MAX_ACTIVITY };
    for (at, _) in input.char_indices().take(most.saturating_add(1)) {
        let name = input.get(..at).unwrap_or_default();
        // 获得 gives something to whoever does it.
        if at > 0 && (!is_name(name) || denies(name)) && name != "获得" && name != "获" {
            break;
        }
        let mut rest = input.get(at..).unwrap_or_default();
        let Some(size) = attempt(&mut rest, length) else { continue };
        if name.chars().count() > MAX_ACTIVITY && !HARM.within(name) && !STEP_FOUND.ends(name) {
            break;
        }
        if size.number == Number::ONE && is_count(&size.unit) {
            *input = rest;
            return Ok(size);
        }
    }
    Err(EmptyError)
}
