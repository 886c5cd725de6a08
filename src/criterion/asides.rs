//! What stands beside the conditions: headings, sources, limits in brackets, the weight, the target said once more.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::Number;
use crate::notation::{scan_date, scan_unit};
use crate::rule::{Amount, Award, Point};

use super::clause::Clause;
use super::condition::{Condition, Matter, Shape, Stretch, end, is_count};
use super::lexicon::Lexicon;
use super::limit::{Limit, limit};
use super::scan::{Input, Outcome, amount, attempt, is_name, lit, points, word};
use super::step::remainder;
use super::words::{BY, NEUTRAL, SCORE_VERBS, UNTIL_FULL, UNTIL_GONE, WEIGHT};

/// 扣完为止, 直至扣完本项分值, 扣至0分止: in whichever words, nothing goes below 0 anyway.
pub(super) fn until_gone(input: &mut Input<'_>) -> Outcome<()> {
    if attempt(input, gone_in_words).is_some() {
        return Ok(());
    }
    word(UNTIL_GONE).parse_next(input).map(|_| ())
}

fn gone_in_words(input: &mut Input<'_>) -> Outcome<()> {
    let led = attempt(input, word(&["直至", "直到", "以"])).is_some();
    if attempt(input, word(&["扣至", "扣到", "减至", "减到"])).is_some() {
        word(&["零分", "0分", "0"]).parse_next(input)?;
    } else {
        word(&["扣完", "扣光", "减完", "扣分完"]).parse_next(input)?;
        attempt(input, |i| {
            opt(word(&["全部", "所有"])).parse_next(i)?;
            word(WEIGHT).parse_next(i)
        });
    }
    let closed = attempt(input, word(&["为止", "即止", "为限", "止"])).is_some();
    let ends = input.is_empty() || input.starts_with(['，', ')', '。', ';']);
    if ends && (led || closed) { Ok(()) } else { Err(EmptyError) }
}

pub(super) fn nothing(input: &mut Input<'_>) -> Outcome<Clause> {
    if attempt(input, until_gone).is_some() {
        return Ok(Clause::UntilGone);
    }
    if attempt(input, word(UNTIL_FULL)).is_some() {
        return Ok(Clause::Nothing);
    }
    if attempt(input, no_more_than_all).is_some() || attempt(input, no_more_than_weight).is_some() {
        return Ok(Clause::Nothing);
    }
    if let Some(n) = attempt(input, no_more_points) {
        return Ok(Clause::Limit(Limit::Score(n)));
    }
    if [source, chosen, ranking, looked, explained].into_iter().any(|parser| attempt(input, parser).is_some())
    {
        return Ok(Clause::Nothing);
    }
    word(NEUTRAL).parse_next(input)?;
    if attempt(input, lit(":")).is_some() || input.is_empty() { Ok(Clause::Nothing) } else { Err(EmptyError) }
}

/// 任选其一考核: which thing is measured, and nothing about its points.
fn chosen(input: &mut Input<'_>) -> Outcome<()> {
    lit("任选").parse_next(input)?;
    word(&["其一", "一项", "其中一项"]).parse_next(input)?;
    word(&["进行考核", "考核", "进行评价", "评价"]).parse_next(input)?;
    if input.is_empty() { Ok(()) } else { Err(EmptyError) }
}

/// 查阅项目档案, 抽查合同, 截至评价基准日: where and when something is looked at.
fn looked(input: &mut Input<'_>) -> Outcome<()> {
    let text = *input;
    if text != "截至评价基准日" {
        attempt(input, lit("随机"));
        word(&["查阅", "查看", "抽查", "抽取", "走访", "核查", "现场查看", "实地查看", "实地核查"])
            .parse_next(input)?;
        if sample(input).is_ok() {
            *input = "";
            return Ok(());
        }
        if !is_name(input) || input.contains(['每', '处', '项', '发']) {
            return Err(EmptyError);
        }
    }
    *input = "";
    Ok(())
}

/// 10户, 20份健康档案, 档案20份: how many are looked at.
fn sample(input: &mut Input<'_>) -> Outcome<()> {
    let end = input.find(|c: char| c.is_ascii_digit()).ok_or(EmptyError)?;
    let before = input.get(..end).ok_or(EmptyError)?;
    let mut rest = input.get(end..).ok_or(EmptyError)?;
    let counted = amount(&mut rest)?;
    let plain =
        |text: &str| text.is_empty() || (is_name(text) && !text.contains(['得', '扣', '符', '合', '不']));
    if is_count(&counted.unit) && plain(before) && plain(rest) { Ok(()) } else { Err(EmptyError) }
}

/// 实际到位资金:一定时期(本年度或项目期)内落实到具体项目的资金: what a term means.
fn explained(input: &mut Input<'_>) -> Outcome<()> {
    let (name, meaning) = input.split_once(':').ok_or(EmptyError)?;
    let ends = ["资金", "数", "额", "量", "支出", "预算", "人数", "时间"];
    let plain = |c: char| c.is_alphabetic() || matches!(c, '(' | ')' | '、' | '/');
    let rule = ['得', '扣', '分', '满', '加', '减', '每', '否'];
    let term = is_name(name) && ends.iter().any(|end| name.ends_with(end));
    if !term || !meaning.starts_with("一定时期") || !meaning.chars().all(plain) || meaning.contains(rule)
    {
        return Err(EmptyError);
    }
    *input = "";
    Ok(())
}

/// 依完成面积占全省比重排位: what places are given by.
fn ranking(input: &mut Input<'_>) -> Outcome<()> {
    word(BY).parse_next(input)?;
    let end = ["排位", "排名", "排序"].iter().find_map(|end| input.find(end).map(|at| (at, end.len())));
    let (at, length) = end.ok_or(EmptyError)?;
    if !input.get(..at).is_some_and(is_name) {
        return Err(EmptyError);
    }
    *input = input.get(at.saturating_add(length)..).ok_or(EmptyError)?;
    opt(word(&["情况"])).parse_next(input)?;
    opt(word(SCORE_VERBS)).parse_next(input)?;
    if input.is_empty() { Ok(()) } else { Err(EmptyError) }
}

/// 根据问卷调查结果, 以统计数据为准: where the figures come from.
fn source(input: &mut Input<'_>) -> Outcome<()> {
    let text = *input;
    word(&["通过", "根据", "依据", "按照", "以", "经"]).parse_next(input)?;
    let ends = [
        "问卷调查",
        "满意度调查",
        "调查",
        "调查结果",
        "统计结果",
        "测评结果",
        "检测结果",
        "统计数据",
        "为准",
    ];
    if is_name(text) && ends.iter().any(|end| input.ends_with(end)) {
        *input = "";
        Ok(())
    } else {
        Err(EmptyError)
    }
}

/// 完成率超过100%的按100%计: a rate earns no more than all points anyway.
fn no_more_than_all(input: &mut Input<'_>) -> Outcome<()> {
    const OVER: &Lexicon = &Lexicon::new(&["超过", "超出", "高于", "大于", "超", ">"]);
    let (at, verb) = OVER.find(input).ok_or(EmptyError)?;
    let name = input.get(..at).ok_or(EmptyError)?;
    if !name.is_empty() && !is_name(name) {
        return Err(EmptyError);
    }
    *input = input.get(at.saturating_add(verb.len())..).ok_or(EmptyError)?;
    let first = amount(input)?;
    opt(word(&["的部分", "的", "时", "者"])).parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    word(&["按照", "均按", "按", "以"]).parse_next(input)?;
    let whole = first.number.times(first.unit.factor) == Some(Number::ONE) && first.unit.is_ratio();
    if attempt(input, word(&["满分计", "满分计算", "满分计分"])).is_none() {
        let second = amount(input)?;
        word(&["计算", "计分", "计"]).parse_next(input)?;
        if first != second {
            return Err(EmptyError);
        }
    }
    if whole { Ok(()) } else { Err(EmptyError) }
}

/// 最高不超过本指标分值, 以分值为限
fn no_more_than_weight(input: &mut Input<'_>) -> Outcome<()> {
    opt(word(&["得分", "累计"])).parse_next(input)?;
    opt(word(&["最高", "最多"])).parse_next(input)?;
    word(&["不得超过", "不超过", "不超出", "不高于"]).parse_next(input)?;
    word(WEIGHT).parse_next(input)?;
    if input.is_empty() || input.starts_with(['，', ')']) { Ok(()) } else { Err(EmptyError) }
}

/// 超过6分的按6分计
fn no_more_points(input: &mut Input<'_>) -> Outcome<Number> {
    opt(word(&["得分", "总分"])).parse_next(input)?;
    word(&["超过", "超出", "高于", "大于"]).parse_next(input)?;
    let first = points(input)?;
    opt(word(&["的", "时", "者"])).parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    word(&["按照", "均按", "按", "以", "计"]).parse_next(input)?;
    let second = points(input)?;
    opt(word(&["计算", "计分", "计"])).parse_next(input)?;
    if first == second { Ok(first) } else { Err(EmptyError) }
}

/// `(扣完为止)`, `(最多扣3分)`: a limit in brackets.
pub(super) fn brackets(input: &mut Input<'_>) -> Outcome<Clause> {
    lit("(").parse_next(input)?;
    let found = if attempt(input, until_gone).is_some() {
        Clause::UntilGone
    } else if let Some(named) = attempt(input, placeholder) {
        named
    } else if let Some((partial, size)) = attempt(input, remainder) {
        Clause::Remainder(partial, size)
    } else {
        Clause::Limit(limit(input)?)
    };
    lit(")").parse_next(input)?;
    Ok(found)
}

/// x为完成率: what a letter in the comparisons stands for.
pub(super) fn placeholder(input: &mut Input<'_>) -> Outcome<Clause> {
    opt(word(&["其中", "注:", "式中"])).parse_next(input)?;
    let letter = input.chars().next().filter(char::is_ascii_alphabetic).ok_or(EmptyError)?;
    *input = input.get(letter.len_utf8()..).ok_or(EmptyError)?;
    word(&["代表", "表示", "指", "为", "是", "=", ":"]).parse_next(input)?;
    let end = input.find(')').unwrap_or(input.len());
    let name = input.get(..end).filter(|name| is_name(name)).ok_or(EmptyError)?.to_owned();
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok(Clause::Named { letter, name })
}

/// 满分10分, 本项分值5分
pub(super) fn weight(input: &mut Input<'_>) -> Outcome<Clause> {
    word(&[
        "本项满分",
        "该项满分",
        "该指标满分",
        "本指标满分",
        "本项分值",
        "该项分值",
        "指标分值",
        "满分",
        "分值",
        "权重",
        "总分",
        "共",
    ])
    .parse_next(input)?;
    opt(word(&["为", ":", "是"])).parse_next(input)?;
    let n = points(input)?;
    opt(lit(":")).parse_next(input)?;
    Ok(Clause::Weight(n))
}

/// 首次不扣分, 前2次不扣分: so many cost nothing.
pub(super) fn forgiven(input: &mut Input<'_>) -> Outcome<Clause> {
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
    let (matter, shape) = (Matter::Count(String::new()), Shape::Within(stretch));
    Ok(Clause::Graded {
        subject: None,
        condition: Condition { matter, shape, subject: None },
        award: Award::Full,
    })
}

/// 基准为100%
pub(super) fn base(input: &mut Input<'_>) -> Outcome<Clause> {
    // 以90%为满分
    if let Some(at) = attempt(input, |i| {
        lit("以").parse_next(i)?;
        let at = amount(i)?;
        word(&["为满分标准", "为满分", "得满分"]).parse_next(i)?;
        Ok(at)
    }) {
        let only = end(Point::Value(at), true, false);
        let stretch = Stretch { lower: Some(only.clone()), upper: Some(only), ..Stretch::default() };
        let condition = Condition { matter: Matter::Value, shape: Shape::Within(stretch), subject: None };
        return Ok(Clause::Graded { subject: None, condition, award: Award::Full });
    }
    if let Some(at) = attempt(input, |i| {
        lit("以").parse_next(i)?;
        let at = amount(i)?;
        word(&["为标准", "为基准", "为基础"]).parse_next(i)?;
        if i.is_empty() { Ok(at) } else { Err(EmptyError) }
    }) {
        return Ok(Clause::Base(at));
    }
    word(&["基准值为", "基准为", "基准值", "基准"]).parse_next(input)?;
    amount(input).map(Clause::Base)
}

/// 目标值为90%, 年度任务数100个: the target once more, and nothing about it.
pub(super) fn stated(input: &mut Input<'_>) -> Outcome<Clause> {
    // 共5个子项目
    if let Some(all) = attempt(input, |i| {
        word(&["总共", "一共", "共"]).parse_next(i)?;
        let all = amount(i)?;
        if is_count(&all.unit) && (i.is_empty() || is_name(i)) { Ok(all) } else { Err(EmptyError) }
    }) {
        *input = "";
        return Ok(Clause::Stated(all));
    }
    let (at, word_of_it) = STATED.find(input).ok_or(EmptyError)?;
    let name = input.get(..at).ok_or(EmptyError)?;
    if !name.is_empty() && !is_name(name) {
        return Err(EmptyError);
    }
    *input = input.get(at.saturating_add(word_of_it.len())..).ok_or(EmptyError)?;
    opt(word(&["为", "是", ":", "="])).parse_next(input)?;
    let target = amount(input)?;
    if input.is_empty() { Ok(Clause::Stated(target)) } else { Err(EmptyError) }
}

/// Names of the target that can be nothing else.
const STATED: &Lexicon = &Lexicon::new(&["目标值", "指标值", "计划值", "计划数", "任务数", "目标数"]);

/// 完成期限为2021年12月31日
pub(super) fn deadline(input: &mut Input<'_>) -> Outcome<Clause> {
    word(&["完成期限为", "完成时限为", "完成时间为"]).parse_next(input)?;
    let (when, taken) = scan_date(input, false).ok_or(EmptyError)?;
    *input = input.get(taken..).ok_or(EmptyError)?;
    let days = when.days(None).ok_or(EmptyError)?;
    if days.first == days.last { Ok(Clause::Deadline(days.last)) } else { Err(EmptyError) }
}
