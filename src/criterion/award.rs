//! What is earned: 得8分, 得分值的80%, 不得分, 扣2分, 按完成比例得分, 得分=完成率×分值.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::{Number, Ratio};
use crate::rule::{Award, Proportion};

use super::scan::{Input, Outcome, attempt, is_name, lit, percentage, points, share, word};
use super::words::{FULL, GIVE, NOTHING, TAKE, THEN, WEIGHT};

/// Words between a condition and its award.
pub(super) fn then(input: &mut Input<'_>) {
    while attempt(input, word(THEN)).is_some() {}
}

/// An award, with the words that may lead to it. `after` says whether a condition or label stands before it:
/// only then is a bare `5分` one.
pub(super) fn award(input: &mut Input<'_>, after: bool) -> Outcome<Award> {
    let start = *input;
    let found = attempt(input, |i| {
        then(i);
        plain(i, after)
    });
    if found.is_none() {
        *input = start;
    }
    found.ok_or(EmptyError)
}

fn plain(input: &mut Input<'_>, after: bool) -> Outcome<Award> {
    if attempt(input, word(NOTHING)).is_some() {
        return Ok(Award::ZERO);
    }
    if let Some(found) = attempt(input, formula) {
        return Ok(found);
    }
    if let Some(found) = attempt(input, proportional) {
        return Ok(found);
    }
    if let Some(found) = attempt(input, by_share) {
        return Ok(found);
    }
    if let Some(found) = attempt(input, taken) {
        return Ok(found);
    }
    if attempt(input, word(&["不扣分", "不予扣分"])).is_some() {
        return Ok(Award::Full);
    }
    let given = attempt(input, word(GIVE)).is_some();
    if attempt(input, |i| {
        word(&["零分", "0分"]).parse_next(i)?;
        Ok(())
    })
    .is_some()
    {
        return Ok(Award::ZERO);
    }
    if let Some(found) = attempt(input, |i| share_of(i, given)) {
        return Ok(found);
    }
    if attempt(input, |i| full(i, given)).is_some() {
        return Ok(Award::Full);
    }
    opt(word(&["基础分值", "基础分", "基本分"])).parse_next(input)?;
    if (given || after)
        && let Some(n) = attempt(input, points)
    {
        return Ok(Award::Points(n));
    }
    Err(EmptyError)
}

/// 满分, 得全分, 得权重分5分 (points that repeat the weight are left to the caller).
fn full(input: &mut Input<'_>, given: bool) -> Outcome<()> {
    let found = word(FULL).parse_next(input)?;
    let needs_verb = !found.contains("满分") && !found.contains("全");
    if needs_verb && !given || input.starts_with("的") || input.starts_with('*') {
        return Err(EmptyError);
    }
    Ok(())
}

/// 得80%, 得分值的80%, 得80%的分值, 得一半分
fn share_of(input: &mut Input<'_>, given: bool) -> Outcome<Award> {
    if !given {
        return Err(EmptyError);
    }
    let share = share(input)?;
    if share > Ratio::ONE { Err(EmptyError) } else { Ok(Award::Share(share)) }
}

/// 按80%计分, 按分值的80%得分, 按满分的80%计算
fn by_share(input: &mut Input<'_>) -> Outcome<Award> {
    word(&["按照", "按"]).parse_next(input)?;
    let share = share(input)?;
    opt(lit("的比例")).parse_next(input)?;
    opt(lit("比例")).parse_next(input)?;
    word(SCORE_VERBS).parse_next(input)?;
    if share > Ratio::ONE { Err(EmptyError) } else { Ok(Award::Share(share)) }
}

/// 扣2分, 扣分值的20%, 扣全部分值
fn taken(input: &mut Input<'_>) -> Outcome<Award> {
    if attempt(
        input,
        word(&[
            "扣除全部分值",
            "扣全部分值",
            "扣完全部分值",
            "扣除全部分数",
            "扣全部分",
            "扣完分值",
            "全扣",
            "扣满分",
            "扣光",
        ]),
    )
    .is_some()
    {
        return Ok(Award::ZERO);
    }
    word(TAKE).parse_next(input)?;
    if let Some(n) = attempt(input, points) {
        return Ok(Award::Less(n));
    }
    let share = share(input)?;
    if share > Ratio::ONE { Err(EmptyError) } else { Ok(Award::LessShare(share)) }
}

const SCORE_VERBS: &[&str] = &[
    "折算得分",
    "换算得分",
    "计算得分",
    "计算分值",
    "计算分数",
    "折算分数",
    "相应得分",
    "核算得分",
    "核定得分",
    "得分",
    "计分",
    "给分",
    "赋分",
    "评分",
    "记分",
    "计算",
    "打分",
    "算分",
];

/// What a proportion can be called. The first list is actual over target; the second names a rate.
const PROPORTION: &[&str] = &[
    "实际完成值与目标值的比例",
    "实际完成值与指标值的比例",
    "实际完成值占目标值的比例",
    "实际完成值占指标值的比例",
    "实际完成量占目标值的比例",
    "完成值与目标值的比例",
    "实际完成数占计划数的比例",
    "实际完成的比例",
    "实际完成比例",
    "完成目标值的比例",
    "完成的比例",
    "完成比例",
    "实际比例",
    "相应比例",
    "对应比例",
    "目标完成比例",
    "任务完成比例",
    "完成百分比",
    "比例",
    "比率",
];
const RATES: &[&str] = &[
    "指标完成率",
    "目标完成率",
    "任务完成率",
    "计划完成率",
    "实际完成率",
    "完成率",
    "实际完成情况",
    "完成程度",
];

/// 按完成比例得分, 按实际完成率计分, 按比例扣分
fn proportional(input: &mut Input<'_>) -> Outcome<Award> {
    word(&["按照", "按", "根据", "依据", "依", "以"]).parse_next(input)?;
    let rate = if attempt(input, word(PROPORTION)).is_some() {
        None
    } else {
        let name = word(RATES).parse_next(input)?;
        if name == "实际完成情况" || name == "完成程度" {
            return Err(EmptyError);
        }
        Some(name)
    };
    let base = attempt(input, |i| {
        word(&["*", "乘以", "乘"]).parse_next(i)?;
        base_points(i)
    });
    if base.is_none() {
        opt(lit("，")).parse_next(input)?;
    }
    let takes = attempt(input, word(&["扣减分值", "扣减得分", "扣减", "扣除分值", "扣分"])).is_some();
    if takes && rate.is_some() {
        return Err(EmptyError);
    }
    if !takes && attempt(input, word(SCORE_VERBS)).is_none() && base.is_none() {
        return Err(EmptyError);
    }
    let base = base.flatten();
    let rate = rate.map(|name| name.trim_start_matches("实际").to_owned());
    Ok(Award::Rate(Proportion { base, rate }))
}

/// 分值, 5分: what a rate is multiplied by. `None` for the weight.
fn base_points(input: &mut Input<'_>) -> Outcome<Option<Number>> {
    if let Some(n) = attempt(input, points) {
        return Ok(Some(n));
    }
    word(WEIGHT).parse_next(input)?;
    if let Some(n) = attempt(input, |i| {
        lit("(").parse_next(i)?;
        let n = points(i)?;
        lit(")").parse_next(i)?;
        Ok(n)
    }) {
        return Ok(Some(n));
    }
    Ok(None)
}

/// 得分=完成率×分值, 得分=实际完成值/目标值×权重, 分值×完成率
fn formula(input: &mut Input<'_>) -> Outcome<Award> {
    word(&[
        "该指标得分",
        "本指标得分",
        "指标得分",
        "该项得分",
        "本项得分",
        "实际得分",
        "得分",
        "指标评分",
        "评分",
    ])
    .parse_next(input)?;
    word(&["=", "为", ":"]).parse_next(input)?;
    let (mut base, mut rate): (Option<Option<Number>>, Option<Option<String>>) = (None, None);
    loop {
        if base.is_none()
            && let Some(found) = attempt(input, |i| {
                let found = base_points(i)?;
                if i.is_empty() || i.starts_with(['*', '，', '；', '。', ')']) {
                    Ok(found)
                } else {
                    Err(EmptyError)
                }
            })
        {
            base = Some(found);
        } else if rate.is_none() {
            rate = Some(factor(input)?);
            // (实际/目标)×100%
            attempt(input, |i| {
                lit("*").parse_next(i)?;
                let share = percentage(i)?;
                if share == Ratio::ONE { Ok(()) } else { Err(EmptyError) }
            });
        } else {
            return Err(EmptyError);
        }
        if attempt(input, lit("*")).is_none() {
            break;
        }
    }
    match (base, rate) {
        (Some(base), Some(rate)) if input.is_empty() || input.starts_with('，') => {
            Ok(Award::Rate(Proportion { base, rate }))
        }
        _ => Err(EmptyError),
    }
}

/// A rate in a formula: its name, or a quotient of actual and target (`None`).
fn factor(input: &mut Input<'_>) -> Outcome<Option<String>> {
    let bracketed = attempt(input, lit("(")).is_some();
    let first = name_until(input)?;
    let found = if attempt(input, lit("/")).is_some() {
        let second = name_until(input)?;
        let actual = ["实际", "完成", "已"].iter().any(|w| first.contains(w));
        let target = ["目标", "计划", "任务", "指标", "应"].iter().any(|w| second.contains(w));
        if !actual || !target || second.contains("实际") {
            return Err(EmptyError);
        }
        None
    } else {
        let rate = ["率", "比例", "比率", "百分比", "比重"].iter().any(|end| first.ends_with(end));
        if !rate {
            return Err(EmptyError);
        }
        let name = first.trim_start_matches("实际").to_owned();
        if matches!(name.as_str(), "完成比例" | "比例") { None } else { Some(name) }
    };
    if bracketed {
        attempt(input, |i| {
            lit("*").parse_next(i)?;
            let share = percentage(i)?;
            if share == Ratio::ONE { Ok(()) } else { Err(EmptyError) }
        });
        lit(")").parse_next(input)?;
    }
    Ok(found)
}

/// A name up to an operator.
fn name_until<'s>(input: &mut Input<'s>) -> Outcome<&'s str> {
    let end = input.find(['*', '/', '(', ')', '，', '=', '+', '-', ';', '。']).unwrap_or(input.len());
    let name = input.get(..end).ok_or(EmptyError)?;
    if !is_name(name) {
        return Err(EmptyError);
    }
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok(name)
}
