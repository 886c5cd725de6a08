//! Steps and their limits: 每降低1个百分点扣0.5分, 不足1个百分点的按1个百分点计算, 最多扣3分.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::Number;
use crate::notation::Unit;
use crate::rule::{Amount, Partial, Per, Point};

use super::award::then;
use super::condition::{harmful, is_count, is_time};
use super::events::{earned, suffered};
use super::lexicon::longest_of;
use super::scan::{Input, Outcome, amount, attempt, decimal_share, figure, is_name, lit, points, word};
use super::words::{
    ADD, GIVE, STEP_ABOVE, STEP_BELOW, STEP_EITHER, STEP_FOUND, STEP_LATE, STEP_MISSING, TAKE, TARGET,
};

/// What steps count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
    Below,
    Above,
    Either,
    Late,
    Found,
    Missing,
    /// 每1个百分点: the direction is not said.
    Open,
}

/// Steps as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StepClause {
    pub(super) counts: Counts,
    /// 比90%每…, 每低于目标值…
    pub(super) from: Option<Point>,
    pub(super) size: Amount,
    pub(super) per: Per,
    pub(super) adds: bool,
    pub(super) partial: Option<Partial>,
    /// What is found or missing.
    pub(super) noun: String,
    /// A name before 每 (制度内容每缺少一项).
    pub(super) subject: Option<String>,
    /// Whether 每 stands there; without it, 发现一处扣1分 is a step only where nothing else counts.
    pub(super) each: bool,
}

/// A step clause at the start of the text.
pub(super) fn step(input: &mut Input<'_>) -> Outcome<StepClause> {
    let start = *input;
    let found = attempt(input, with_each).or_else(|| attempt(input, without_each));
    if found.is_none() {
        *input = start;
    }
    found.ok_or(EmptyError)
}

/// 超出部分每…, 在此基础上每…: what leads to 每, and the direction it says.
fn lead(input: &mut Input<'_>) -> Option<Counts> {
    if attempt(input, word(&["在此基础之上", "在此基础上", "此基础上", "此后", "其后", "之后"])).is_some()
    {
        opt(lit("，")).parse_next(input).ok()?;
        return None;
    }
    attempt(input, |i| {
        let above = word(&["超出", "超过", "超支", "高出", "超额"]).parse_next(i).is_ok();
        if !above {
            word(&["不足", "低于", "未完成", "未达到"]).parse_next(i)?;
        }
        opt(lit("的")).parse_next(i)?;
        lit("部分").parse_next(i)?;
        let counts = if above { Counts::Above } else { Counts::Below };
        opt(lit("，")).parse_next(i)?;
        if i.starts_with('每') { Ok(counts) } else { Err(EmptyError) }
    })
}

fn with_each(input: &mut Input<'_>) -> Outcome<StepClause> {
    if let Some(found) = attempt(input, earned).or_else(|| attempt(input, suffered)) {
        return Ok(found);
    }
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
            && !name.contains(['不', '未', '没', '无', '的', '逾', '延']) =>
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
    let counts = verb(input).or(led);
    if from.is_none() {
        from = attempt(input, |i| {
            opt(lit("于")).parse_next(i)?;
            if attempt(i, word(TARGET)).is_some() {
                return Ok(Point::Target);
            }
            // 每低于90%1个百分点
            let at = amount(i)?;
            let mut ahead = *i;
            if attempt(&mut ahead, length).is_some() { Ok(Point::Value(at)) } else { Err(EmptyError) }
        });
    }
    whole = whole || attempt(input, lit("满")).is_some();
    let size = match attempt(input, length) {
        Some(size) => size,
        // 每少建1公里
        None if counts == Some(Counts::Below) => done(input)?,
        None => return Err(EmptyError),
    };
    let size_partial = attempt(input, in_brackets);
    let noun = noun(input)?;
    let counts = settle(counts, &size.unit, &noun)?;
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
    Ok(StepClause { counts, from, size, per, adds, partial, noun, subject, each: true })
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

/// 发现一处扣1分, 缺一项扣0.5分, 有一笔未达进度扣0.8分
fn without_each(input: &mut Input<'_>) -> Outcome<StepClause> {
    let start = *input;
    let counts = verb(input).ok_or(EmptyError)?;
    // 低于80%扣10分 is a condition with its points.
    let bound = ["低于", "少于", "不足", "高于", "超过", "超出", "突破"].iter().any(|w| start.starts_with(w));
    // 超出核定人数1人扣1分
    let bound = attempt(input, word(TARGET)).is_none() && bound;
    // 接到有效投诉1起
    let before = if counts == Counts::Found { attempt(input, harm_before) } else { None };
    let size = length(input)?;
    let one = size.number == Number::ONE;
    let fits = match counts {
        Counts::Late => one && is_time(&size.unit),
        Counts::Found | Counts::Missing => one && is_count(&size.unit),
        // 超支1%扣0.5分: whether that is each is said by 扣完为止, or by nothing.
        _ => one && !bound,
    };
    if !fits {
        return Err(EmptyError);
    }
    let noun = match before {
        Some(noun) => noun,
        None => noun(input)?,
    };
    let (per, adds) = worth(input)?;
    if adds && !matches!(counts, Counts::Late | Counts::Found | Counts::Missing) {
        return Err(EmptyError);
    }
    let subject = None;
    Ok(StepClause { counts, from: None, size, per, adds, partial: None, noun, subject, each: false })
}

/// 建1公里, 培训10人: what was not done so often.
fn done(input: &mut Input<'_>) -> Outcome<Amount> {
    for (at, _) in input.char_indices().skip(1).take(2) {
        let verb = input.get(..at).unwrap_or_default();
        let mut rest = input.get(at..).unwrap_or_default();
        if is_name(verb)
            && !verb.contains(['不', '未', '于', '过', '出', '的'])
            && let Some(size) = attempt(&mut rest, length)
        {
            *input = rest;
            return Ok(size);
        }
    }
    Err(EmptyError)
}

/// 有效投诉 before 1起
fn harm_before(input: &mut Input<'_>) -> Outcome<String> {
    let noun = harmful(input)?;
    if input.starts_with(|c: char| c.is_ascii_digit() || c == '一') {
        Ok(noun.to_owned())
    } else {
        Err(EmptyError)
    }
}

/// Names before 每 are short.
const MAX_SUBJECT: usize = 12;

/// 比90%, 较目标值, 在90%基础上, 以100%为基准
fn compared(input: &mut Input<'_>) -> Outcome<Point> {
    if attempt(input, word(&["比", "较", "与"])).is_some() {
        let point = point(input)?;
        opt(word(&["相比", "比较"])).parse_next(input)?;
        opt(lit("，")).parse_next(input)?;
        return Ok(point);
    }
    word(&["在", "以"]).parse_next(input)?;
    let point = point(input)?;
    word(&["的基础上", "基础上", "为基准", "为基础"]).parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    Ok(point)
}

fn point(input: &mut Input<'_>) -> Outcome<Point> {
    if attempt(input, word(TARGET)).is_some() {
        if let Some(share) = attempt(input, |i| {
            lit("的").parse_next(i)?;
            super::scan::percentage(i)
        }) {
            return Ok(Point::OfTarget(share.number()));
        }
        for (text, side) in [("以下", crate::rule::Side::Below), ("以上", crate::rule::Side::Above)] {
            if let Some(by) = attempt(input, |i| {
                lit(text).parse_next(i)?;
                let by = amount(i)?;
                lit("处").parse_next(i)?;
                Ok(by)
            }) {
                return Ok(Point::Beyond(side, by));
            }
        }
        return Ok(Point::Target);
    }
    amount(input).map(Point::Value)
}

fn verb(input: &mut Input<'_>) -> Option<Counts> {
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
pub(super) fn length(input: &mut Input<'_>) -> Outcome<Amount> {
    if let Some(found) = attempt(input, amount) {
        // 每低0.01: a hundredth of a rate; 每降低5 says of nothing what it is.
        let bare = found.unit.is_bare() && found.number >= Number::ONE;
        if found.number.is_zero() || bare {
            return Err(EmptyError);
        }
        return Ok(found);
    }
    for one in [
        "处", "项", "次", "起", "例", "个", "件", "条", "天", "日", "人次", "人", "户", "场", "笔", "宗",
        "份",
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
pub(super) fn noun(input: &mut Input<'_>) -> Outcome<String> {
    if let Some(name) = attempt(input, |i| harmful(i)) {
        opt(word(&["的情况", "情况", "的"])).parse_next(input)?;
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
    if !name.is_empty() && !is_name(name) {
        return Err(EmptyError);
    }
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok(name.to_owned())
}

/// What the verb and the unit say together.
fn settle(verb: Option<Counts>, unit: &Unit, noun: &str) -> Outcome<Counts> {
    match verb {
        Some(Counts::Above) if is_time(unit) && noun.is_empty() => Ok(Counts::Above),
        Some(Counts::Late) if is_time(unit) => Ok(Counts::Late),
        Some(Counts::Late) => Err(EmptyError),
        Some(Counts::Found | Counts::Missing) if !is_count(unit) => Err(EmptyError),
        Some(found) => Ok(found),
        None if is_count(unit) && !noun.is_empty() => Ok(Counts::Found),
        None if is_count(unit) => Ok(Counts::Open),
        None => Ok(Counts::Open),
    }
}

/// `(不足1个百分点按1个百分点计算)`
fn in_brackets(input: &mut Input<'_>) -> Outcome<Partial> {
    lit("(").parse_next(input)?;
    let (found, _) = remainder(input)?;
    lit(")").parse_next(input)?;
    Ok(found)
}

/// What a step is worth: 扣0.5分, 扣分值的5%, 加1分
pub(super) fn worth(input: &mut Input<'_>) -> Outcome<(Per, bool)> {
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
pub(super) fn remainder(input: &mut Input<'_>) -> Outcome<(Partial, Amount)> {
    // 下降不足1个百分点的, 逾期不足5天的
    attempt(input, |i| {
        verb(i).ok_or(EmptyError)?;
        if i.starts_with(['不', '未', '少']) { Ok(()) } else { Err(EmptyError) }
    });
    word(&["不足", "不满", "未满", "少于"]).parse_next(input)?;
    let size = length(input)?;
    opt(word(&["的部分", "部分", "的", "者", "时"])).parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    if attempt(input, word(&["按比例计算", "按比例扣分", "按比例扣减", "按比例计"])).is_some()
    {
        // 不足100%的按比例计分 gives points.
        return if input.starts_with('分') { Err(EmptyError) } else { Ok((Partial::Proportional, size)) };
    }
    if attempt(input, word(&["忽略不计", "不予扣分", "不予计算", "不计算", "不扣分", "不计", "不扣", "舍去"]))
        .is_some()
    {
        // 不足85%不计分 gives no points.
        return if input.starts_with('分') { Err(EmptyError) } else { Ok((Partial::Down, size)) };
    }
    word(&["按照", "按", "以", "均按", "视为", "算作"]).parse_next(input)?;
    let counted = length(input)?;
    opt(word(&["计算", "扣分", "计分", "计", "扣减", "算"])).parse_next(input)?;
    if counted == size { Ok((Partial::Up, size)) } else { Err(EmptyError) }
}
