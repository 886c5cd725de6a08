//! Points by a formula written out: 得分=完成率×分值, 按实际完成数/计划完成数×6分计分, 执行率乘以权重.

use crate::words::{self, Class, Lexicon, list};
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::{Number, Ratio};
use crate::notation::scan_unit;
use crate::rule::{Amount, Award, Proportion};

use crate::criterion::grammar::scan::{
    Input, Outcome, amount, attempt, figure, is_name, lit, percentage, points, word,
};
use crate::criterion::grammar::words::{
    ACTUAL, BY, GIVE, MARKS_GIVEN, PROPORTION, PUNCTUAL, SCORE_NAMES, SCORE_VERBS, TARGET, WEIGHT,
};

/// What a product of a rate and points consists of.
#[derive(Default)]
struct Product {
    /// The points.
    base: Option<Base>,
    /// The rate.
    rate: Option<Factor>,
}

/// The points a rate is multiplied by.
enum Base {
    /// Those of the indicator.
    Weight,
    /// So many.
    Points(Number),
}

/// A rate in a formula.
pub(crate) struct Factor {
    /// Its name; `None` for actual over target.
    pub(crate) name: Option<String>,
    /// The figure it is divided by.
    pub(crate) over: Option<Amount>,
    /// 目标值/实际值: the other way round.
    turned: bool,
}

/// Whether a formula can stand here: without a sign of multiplication it is none, seen before names are tried.
pub(crate) fn is_product(input: Input<'_>) -> bool {
    input.chars().take_while(|c| *c != '，').any(|c| matches!(c, '*' | '乘'))
}

/// 得分=完成率×分值, 得分=实际完成值/目标值×权重, 按满意度/90%×10分计算, 执行率×分值
pub(crate) fn formula(input: &mut Input<'_>) -> Outcome<Award> {
    if !is_product(input) {
        return Err(EmptyError);
    }
    attempt(input, announced);
    let by = leads(input);
    let named = attempt(input, |i| {
        word(SCORE_NAMES).parse_next(i)?;
        word(&["=", "为", ":"]).parse_next(i)
    });
    if !by && named.is_none() {
        attempt(input, word(GIVE)); // 得X×6分
    }
    let mut product = Product::default();
    loop {
        if product.base.is_none()
            && let Some(found) = attempt(input, |i| base(i, product.rate.is_some()))
        {
            product.base = Some(found);
        } else if product.rate.is_none() {
            product.rate = Some(factor(input)?);
        } else if let Some(Base::Points(n)) = product.base
            && let Some(share) = attempt(input, share_of_points)
        {
            product.base = Some(Base::Points(n.times(share.number()).ok_or(EmptyError)?));
        } else {
            return Err(EmptyError);
        }
        if attempt(input, times).is_none() {
            break;
        }
    }
    attempt(input, tail);
    if !(input.is_empty() || input.starts_with('，')) {
        return Err(EmptyError);
    }
    match product {
        Product { base: Some(base), rate: Some(Factor { name: rate, over, turned }) } => {
            let base = match base {
                Base::Weight => None,
                Base::Points(n) => Some(n),
            };
            Ok(Award::Rate(Proportion { base, rate, over, least: None, turned }))
        }
        _ => Err(EmptyError),
    }
}

/// 80% behind 完成率×5: so much of those points.
fn share_of_points(input: &mut Input<'_>) -> Outcome<Ratio> {
    let share = percentage(input)?;
    if ends(input) && share <= Ratio::ONE && !share.number().is_zero() { Ok(share) } else { Err(EmptyError) }
}

/// 按完成率计分: before the formula that says how.
fn announced(input: &mut Input<'_>) -> Outcome<()> {
    let (lead, rest) = input.split_once(':').ok_or(EmptyError)?;
    let rate = BY.strip(lead).and_then(|lead| SCORE_VERBS.strip_end(lead)).ok_or(EmptyError)?;
    let named = PROPORTION.has(rate) || (list::RATES_OF_POINTS.ends(rate) && is_name(rate));
    if !named || !SCORE_NAMES.begins(rest) {
        return Err(EmptyError);
    }
    *input = rest;
    Ok(())
}

/// 按, 根据: what leads to a formula; 按期完成率 is a name.
fn leads(input: &mut Input<'_>) -> bool {
    PUNCTUAL.longest(input).is_none() && attempt(input, word(BY)).is_some()
}

pub(crate) fn times(input: &mut Input<'_>) -> Outcome<()> {
    word(&["*", "乘以", "乘"]).parse_next(input).map(|_| ())
}

/// 计算得分, 为该项得分: what may close a formula.
fn tail(input: &mut Input<'_>) -> Outcome<()> {
    let named = |i: &mut Input<'_>| {
        word(&["为", "即为", "作为", "确定", "折算"]).parse_next(i)?;
        word(SCORE_NAMES).parse_next(i)
    };
    // 按完成率*10计
    let counts = |i: &mut Input<'_>| {
        lit("计").parse_next(i)?;
        if i.is_empty() || i.starts_with('，') { Ok("计") } else { Err(EmptyError) }
    };
    // 折算分数 is a verb of its own.
    attempt(input, named)
        .or_else(|| attempt(input, word(SCORE_VERBS)))
        .or_else(|| attempt(input, counts))
        .map(|_| ())
        .ok_or(EmptyError)
}

/// Where a factor of a product may end.
fn ends(input: Input<'_>) -> bool {
    let mut rest = input;
    input.is_empty()
        || input.starts_with(['，', ';', '。', ')'])
        || attempt(&mut rest, times).is_some()
        || attempt(&mut rest, tail).is_some()
}

/// The points a rate is multiplied by: 分值, 5分, 权重分(5分), and behind the rate a bare 10.
fn base(input: &mut Input<'_>, rated: bool) -> Outcome<Base> {
    let found = match attempt(input, base_points) {
        Some(Some(n)) => Base::Points(n),
        Some(None) => Base::Weight,
        None => {
            let (n, digits) = figure(input)?;
            let leads = attempt(&mut { *input }, times).is_some();
            if !(digits && (rated || leads)) {
                return Err(EmptyError);
            }
            Base::Points(n)
        }
    };
    if ends(input) { Ok(found) } else { Err(EmptyError) }
}

/// 分值, 5分: what a rate is multiplied by. `None` for the weight.
pub(crate) fn base_points(input: &mut Input<'_>) -> Outcome<Option<Number>> {
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
    Ok(attempt(input, points))
}

/// `*100%`, which changes nothing.
fn whole(input: &mut Input<'_>) -> Outcome<()> {
    lit("*").parse_next(input)?;
    let share = percentage(input)?;
    if share == Ratio::ONE { Ok(()) } else { Err(EmptyError) }
}

/// A rate in a formula: its name, or a quotient.
fn factor(input: &mut Input<'_>) -> Outcome<Factor> {
    let bracketed = attempt(input, lit("(")).is_some();
    let first = name(input)?;
    let found = if attempt(input, lit("/")).is_some() {
        if let Some(over) =
            attempt(input, |i| amount(i).and_then(|a| if ends(i) { Ok(a) } else { Err(EmptyError) }))
        {
            by_figure(first, over)?
        } else {
            let second = name(input)?;
            let named = TARGET.has(first) && ACTUAL.has(second) && second.starts_with("实际");
            // 目标天数/实际天数
            let planned =
                words::of(Class::PromisedTerms).strip(first).filter(|thing| thing.chars().nth(1).is_some());
            if named || (planned.is_some() && planned == second.strip_prefix("实际")) {
                Factor { name: None, over: None, turned: true }
            } else {
                by_name(first, second, &format!("{first}/{second}"))?
            }
        }
    } else {
        spoken(first)?
    };
    attempt(input, whole);
    if bracketed {
        lit(")").parse_next(input)?;
        attempt(input, whole);
    }
    Ok(found)
}

/// A name up to an operator, without the verb that closes the formula.
pub(crate) fn name<'s>(input: &mut Input<'s>) -> Outcome<&'s str> {
    let end = input.find(['*', '/', '(', ')', '，', '=', '+', '-', ';', '。']).unwrap_or(input.len());
    let mut text = input.get(..end).ok_or(EmptyError)?;
    if let Some((before, _)) = text.split_once('乘') {
        text = before;
    }
    // 测评得分/100: what stands before an operator closes nothing.
    let goes_on = input.get(end..).is_some_and(|rest| rest.starts_with(['*', '/', '+', '-', '=']));
    let closing = text.char_indices().filter(|_| !goes_on).find(|(at, _)| {
        *at > 0
            && text.get(*at..).is_some_and(|mut rest| attempt(&mut rest, tail).is_some() && rest.is_empty())
    });
    if let Some((at, _)) = closing {
        text = text.get(..at).ok_or(EmptyError)?;
    }
    *input = input.get(text.len()..).ok_or(EmptyError)?;
    Ok(text)
}

/// 完成率, 实际完成数与计划数的比例, 满意度与90%的比值: a rate in words.
fn spoken(text: &str) -> Outcome<Factor> {
    if let Some(found) = one_of_another(text) {
        return found;
    }
    // X×6分: a letter, which the text says the meaning of.
    if text.len() == 1 && text.chars().all(|c| c.is_ascii_alphabetic()) {
        return Ok(Factor { name: Some(text.to_owned()), over: None, turned: false });
    }
    let rate = list::FACTOR_ENDS.ends(text);
    // 按期完成率 and 按时办结率 are names all the same.
    let awards = |text: &str| text.contains(['按', '得']);
    let is_award = awards(text) && PUNCTUAL.strip(text).is_none_or(awards);
    if !rate || !is_name(text) || text.chars().count() < 2 || is_award {
        return Err(EmptyError);
    }
    let name = text.trim_start_matches("实际").to_owned();
    let name = if list::PLAIN_COMPLETION.has(&name) { None } else { Some(name) };
    Ok(Factor { name, over: None, turned: false })
}

/// Ends of 实际完成数与计划数的比例 and 实际完成数占计划数的比例.
const PARTS: [(&str, &Lexicon); 2] = [("与", list::RATIO_CLOSINGS), ("占", list::SHARE_CLOSINGS)];

/// 实际完成数与计划数的比例; nothing where the text is no such phrase.
fn one_of_another(text: &str) -> Option<Outcome<Factor>> {
    PARTS.iter().find_map(|(word, closings)| {
        let (first, rest) = text.split_once(word)?;
        let second = closings.strip_end(rest)?;
        let mut figure = second;
        let over = attempt(&mut figure, amount).filter(|_| figure.is_empty());
        Some(match over {
            Some(over) => by_figure(first, over),
            None => by_name(first, second, text),
        })
    })
}

/// 实际完成数占计划数的比例, before the verb of scoring or what it is multiplied by.
pub(crate) fn quotient_in_words(input: &mut Input<'_>) -> Outcome<Factor> {
    let text = name(input)?;
    one_of_another(text).ok_or(EmptyError)?
}

/// 满意度/90%
fn by_figure(first: &str, over: Amount) -> Outcome<Factor> {
    let name = first.trim_start_matches("实际");
    // 测评得分/100
    let marks = MARKS_GIVEN.strip_end(first).filter(|rest| rest.is_empty() || is_name(rest));
    if let Some(unit) = marks.and_then(|_| scan_unit("分").map(|(unit, _)| unit)) {
        let fits = !over.number.is_zero() && (over.unit.is_bare() || over.unit == unit);
        let over = Some(Amount { number: over.number, unit });
        return if fits {
            Ok(Factor { name: Some(first.to_owned()), over, turned: false })
        } else {
            Err(EmptyError)
        };
    }
    if over.number.is_zero() || !is_name(first) || over.unit.word == "分" {
        return Err(EmptyError);
    }
    let own = name.is_empty() || ACTUAL.has(first) || ACTUAL.has(name);
    Ok(Factor { name: (!own).then(|| name.to_owned()), over: Some(over), turned: false })
}

/// 实际完成数/计划完成数 is actual over target; another quotient is a rate of its own.
pub(crate) fn by_name(first: &str, second: &str, whole: &str) -> Outcome<Factor> {
    if !is_name(first) || !is_name(second) {
        return Err(EmptyError);
    }
    let actual = ["实际", "完成", "已", "建成"].iter().any(|w| first.contains(w));
    let target = ["目标", "计划", "任务", "指标", "应", "预期"].iter().any(|w| second.contains(w));
    // 实际发放金额/计划金额 is what was done over what was planned, money or not.
    let plainly = first.starts_with("实际") && ["计划", "目标", "任务"].iter().any(|w| second.starts_with(w));
    let money = !plainly && ["资金", "预算", "支出", "金额", "经费"].iter().any(|w| second.contains(w));
    let planned = |text: &str| ["目标", "计划", "任务"].iter().any(|w| text.contains(w));
    if second.contains("实际") || planned(first) && !actual {
        return Err(EmptyError);
    }
    // 支出占到位资金的比例, 按期完工项目数/计划完工项目数, A/B: a rate of its own, not actual over target.
    let own = !actual || !target || money;
    let letters = first.len() == 1 && second.len() == 1;
    let long = |text: &str| text.chars().nth(2).is_some();
    let of_one_thing = long(first) && long(second) && share_a_pair(first, second);
    // 检查户数/计划数: of the target, where the indicator counts the first (a pass looks).
    let promised = whole.contains('/')
        && first.chars().nth(1).is_some()
        && TARGET.has(second)
        && words::of(Class::PromisedTerms).begins(second);
    if own && !(money || letters || of_one_thing || promised) {
        return Err(EmptyError);
    }
    Ok(Factor { name: own.then(|| whole.to_owned()), over: None, turned: false })
}

/// 按期完工项目数 and 计划完工项目数: of one thing.
fn share_a_pair(a: &str, b: &str) -> bool {
    let thing =
        ["数量", "总量", "人数", "个数", "数"].iter().find_map(|end| a.strip_suffix(end)).unwrap_or(a);
    let chars: Vec<char> = thing.chars().collect();
    chars.windows(2).any(|pair| b.contains(&pair.iter().collect::<String>()))
}
