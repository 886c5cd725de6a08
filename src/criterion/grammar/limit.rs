//! Limits: 最多扣3分, 最高8分, 最低得5分.

use winnow::combinator::opt;
use winnow::prelude::*;

use crate::base::Number;

use crate::criterion::grammar::scan::{Input, Outcome, attempt, points, word};

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
    /// 加满5分为止: so many points in all or added, which is one where it is the weight.
    Filled(Number),
}

/// 最多扣3分, 累计扣分不超过5分, 最高加2分, 最高8分
pub(crate) fn limit(input: &mut Input<'_>) -> Outcome<Limit> {
    if let Some(n) = attempt(input, |i| {
        opt(word(&["直至", "直到"])).parse_next(i)?;
        word(&["扣完", "扣满"]).parse_next(i)?;
        let n = points(i)?;
        word(&["为止", "止"]).parse_next(i)?;
        Ok(n)
    }) {
        return Ok(Limit::Take(n));
    }
    if let Some(found) = attempt(input, filled) {
        return Ok(found);
    }
    opt(word(&["本项指标", "该项指标", "本项", "该项", "本指标", "该指标"])).parse_next(input)?;
    opt(word(&["累计得分", "累计", "合计", "总计", "但"])).parse_next(input)?;
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
        return points(input).map(Limit::Take);
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
    if attempt(
        input,
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
            "保底",
        ]),
    )
    .is_some()
    {
        return points(input).map(Limit::Floor);
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
        "最高为",
        "最高计",
        "最高",
        "上限为",
        "上限",
    ])
    .parse_next(input)?;
    points(input).map(Limit::Score)
}

/// 加满5分为止, 5分封顶, 以5分为限: the points come first.
fn filled(input: &mut Input<'_>) -> Outcome<Limit> {
    if attempt(input, word(&["加满", "加到", "加至"])).is_some() {
        let n = points(input)?;
        opt(word(&["为止", "止", "为限"])).parse_next(input)?;
        return Ok(Limit::Filled(n));
    }
    opt(word(&["最高", "最多", "以"])).parse_next(input)?;
    let n = points(input)?;
    word(&["封顶", "为限", "为上限"]).parse_next(input)?;
    Ok(Limit::Score(n))
}
