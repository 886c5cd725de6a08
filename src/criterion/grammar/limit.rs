//! Limits: 最多扣3分, 最高8分, 最低得5分.

use crate::words::list;
use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::{Number, Ratio};

use crate::criterion::grammar::scan::{Input, Outcome, attempt, lit, points, share, word};

/// A limit on what steps take or add.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Limit {
    /// At most so many points are taken.
    Take(Number),
    /// At most so many points are added.
    Add(Number),
    /// The score is at most so many points.
    Score(Number),
    /// The score is at least so many points.
    Floor(Number),
    /// At most so much of the weight is taken.
    TakeShare(Ratio),
    /// The score is at least so much of the weight.
    FloorShare(Ratio),
    /// 加满5分为止: so many points in all or added, which is one where it is the weight.
    Filled(Number),
}

/// 最多扣3分, 累计扣分不超过5分, 最高加2分, 最高8分
pub(crate) fn limit(input: &mut Input<'_>) -> Outcome<Limit> {
    if let Some(n) = attempt(input, |i| {
        opt(word(list::UNTIL)).parse_next(i)?;
        word(&["扣完", "扣满"]).parse_next(i)?;
        let n = points(i)?;
        word(list::ENDS_THERE).parse_next(i)?;
        Ok(n)
    }) {
        return Ok(Limit::Take(n));
    }
    if let Some(found) = attempt(input, down_to) {
        return Ok(found);
    }
    if let Some(found) = attempt(input, filled) {
        return Ok(found);
    }
    opt(word(&["本项指标", "该项指标", "本项", "该项", "本指标", "该指标"])).parse_next(input)?;
    let but = attempt(input, lit("但")).is_some();
    opt(word(&["累计得分", "累计", "合计", "总计", "总分"])).parse_next(input)?;
    if attempt(
        input,
        word(&[
            "最多扣除",
            "最高扣除",
            "最多扣减",
            "最多扣",
            "最高扣",
            "至多扣",
            "扣分最多不超过",
            "扣分最高不超过",
            "扣分不超过",
            "扣分最多",
            "扣分上限为",
            "扣分上限",
            "扣分以不超过",
        ]),
    )
    .is_some()
    {
        return attempt(input, points)
            .map(Limit::Take)
            .map_or_else(|| share(input).map(Limit::TakeShare), Ok);
    }
    if attempt(
        input,
        word(&[
            "最多加",
            "最高加",
            "至多加",
            "加分最多不超过",
            "加分最高不超过",
            "加分不超过",
            "加分最多",
            "加分上限为",
            "加分上限",
        ]),
    )
    .is_some()
    {
        return points(input).map(Limit::Add);
    }
    if attempt(input, |i| least(i, but)).is_some() {
        return floor(input);
    }
    word(&[
        "得分最高不超过",
        "得分不超过",
        "最高不超过",
        "最多不超过",
        "不超过",
        "封顶",
        "最高得分",
        "最高可得",
        "最高得",
        "最多得",
        "最多计",
        "最多",
        "至多得",
        "至多",
        "最多为",
        "最高为",
        "最高计",
        "最高",
        "上限为",
        "上限",
    ])
    .parse_next(input)?;
    points(input).map(Limit::Score)
}

/// 最低得分为, 但不低于: what leads to the least that is earned.
fn least(input: &mut Input<'_>, but: bool) -> Outcome<()> {
    if but && attempt(input, word(list::SCORE_NO_LESS)).is_some() {
        return Ok(());
    }
    word(&[
        "最低得分不低于",
        "最低得分为",
        "最低得分",
        "最低可得",
        "最低得",
        "最低不低于",
        "得分最低为",
        "得分不低于",
        "最少得",
        "最少为",
        "最低为",
        "最低",
        "保底",
        "最终得分不低于",
    ])
    .map(|_| ())
    .parse_next(input)
}

/// 扣至3分为止, 扣至分值的一半为止
fn down_to(input: &mut Input<'_>) -> Outcome<Limit> {
    opt(word(&["直至", "直到", "最多", "最低"])).parse_next(input)?;
    word(list::DOWN_TO).parse_next(input)?;
    let found = floor(input)?;
    opt(word(list::ENDS_WHEN_GONE)).parse_next(input)?;
    Ok(found)
}

/// 3分, 分值的一半: what the score does not go below.
fn floor(input: &mut Input<'_>) -> Outcome<Limit> {
    let found = attempt(input, points).map(Limit::Floor);
    let found = found.map_or_else(|| share(input).map(Limit::FloorShare), Ok)?;
    if input.is_empty() || input.starts_with(['，', ')', '为', '即', '止']) {
        Ok(found)
    } else {
        Err(EmptyError)
    }
}

/// 加满5分为止, 5分封顶, 以5分为限: the points come first.
fn filled(input: &mut Input<'_>) -> Outcome<Limit> {
    if attempt(input, word(&["加满", "加到", "加至"])).is_some() {
        let n = points(input)?;
        opt(word(list::ENDS_AT_POINTS)).parse_next(input)?;
        return Ok(Limit::Filled(n));
    }
    opt(word(&["最高", "最多", "以"])).parse_next(input)?;
    let n = points(input)?;
    word(list::SCORE_ENDS_AT).parse_next(input)?;
    Ok(Limit::Score(n))
}
