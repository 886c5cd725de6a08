//! What is earned: 得8分, 得分值的80%, 不得分, 扣2分, 按完成比例得分, 得分=完成率×分值.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::Ratio;
use crate::rule::{Award, Proportion};

use crate::criterion::grammar::formula::{
    base_points, formula, is_product, name as rate_name, quotient_in_words, times,
};
use crate::criterion::grammar::scan::{
    Input, Outcome, attempt, begins_figure, decimal_share, figure, lit, points, share, word,
};
use crate::criterion::grammar::words::{
    AMOUNTS_TO, BASE_POINTS, BY, FULL, FULL_ANYWAY, GIVE, HALVED, JUDGED, JUDGES, NOTHING, PAID, PROPORTION,
    SCORE_VERBS, TAKE, TAKE_ALL, THEN, WEIGHT, ZERO_POINTS,
};
use crate::words::{Beginnings, list};

/// Words between a condition and its award.
pub(crate) fn then(input: &mut Input<'_>) {
    while attempt(input, word(THEN)).is_some() || attempt(input, graded_as).is_some() {}
}

/// 为A档: what a rung is called.
fn graded_as(input: &mut Input<'_>) -> Outcome<()> {
    lit("为").parse_next(input)?;
    word(list::GRADE_MARKS).parse_next(input).map(|_| ())
}

/// An award, with the words that may lead to it. `after` says whether a condition or label stands before it:
/// only then is a bare `5分` one.
pub(crate) fn award(input: &mut Input<'_>, after: bool) -> Outcome<Award> {
    if may_begin(input) { anywhere(input, after) } else { Err(EmptyError) }
}

/// The same without a look at what the text begins with.
pub(crate) fn anywhere(input: &mut Input<'_>, after: bool) -> Outcome<Award> {
    attempt(input, |i| {
        then(i);
        plain(i, after)
    })
    .ok_or(EmptyError)
}

/// What an award that is neither a figure nor a product begins with: the first words of the parsers below, each asked for
/// by its class. Awards are looked for at many places, and most are seen to have none by this.
const BEGINNINGS: Beginnings = Beginnings::of(&[
    THEN,
    NOTHING,
    BY,
    TAKE,
    TAKE_ALL,
    FULL_ANYWAY,
    AMOUNTS_TO,
    PAID,
    GIVE,
    ZERO_POINTS,
    HALVED,
    FULL,
    BASE_POINTS,
    JUDGED,
    JUDGES,
    list::TAKEN_AS,
]);

/// Whether an award may begin here: never no where one does.
pub(crate) fn may_begin(input: Input<'_>) -> bool {
    BEGINNINGS.may_begin(input) || begins_figure(input) || is_product(input)
}

/// An award in brackets behind what earns it: 优（5分）, 良（80%分值）, ≥95%（得4分）, 差（0）.
pub(crate) fn bracketed(input: &mut Input<'_>) -> Outcome<Award> {
    lit("(").parse_next(input)?;
    let found = attempt(input, |i| {
        let found = award(i, true)?;
        lit(")").parse_next(i)?;
        Ok(found)
    });
    if let Some(found) = found {
        return Ok(found);
    }
    if attempt(input, lit("0)")).is_some() {
        return Ok(Award::ZERO);
    }
    let share = decimal_share(input)?;
    let before = *input;
    lit(")").parse_next(input)?;
    // 80% alone may be what is measured.
    let named = !before.starts_with('%') && share <= Ratio::ONE;
    if named { Ok(Award::Share(share)) } else { Err(EmptyError) }
}

fn plain(input: &mut Input<'_>, after: bool) -> Outcome<Award> {
    if attempt(input, word(NOTHING)).is_some() {
        return Ok(Award::ZERO);
    }
    if attempt(input, judged).is_some() {
        return Ok(Award::Judged);
    }
    if let Some(found) = attempt(input, formula) {
        return Ok(found);
    }
    if let Some(found) = attempt(input, proportional) {
        return Ok(found);
    }
    if let Some(found) = attempt(input, score_share) {
        return Ok(found);
    }
    if after && attempt(input, as_if_done).is_some() {
        return Ok(Award::Full);
    }
    if attempt(input, halved).is_some() {
        return Ok(Award::Share(Ratio::HALF));
    }
    if let Some(found) = attempt(input, by_share) {
        return Ok(found);
    }
    if let Some(found) = attempt(input, taken) {
        return Ok(found);
    }
    // 没有新建的按满分计
    if attempt(input, |i| {
        word(BY).parse_next(i)?;
        // 高于目标值的按权重得分
        if after {
            word(WEIGHT).parse_next(i)?
        } else {
            lit("满分").map(|()| "").parse_next(i)?
        };
        word(&["计算", "计分", "得分", "给分", "计"]).parse_next(i)
    })
    .is_some()
        || attempt(input, word(FULL_ANYWAY)).is_some()
    {
        return Ok(Award::Full);
    }
    // 按6分计
    if after
        && let Some(n) = attempt(input, |i| {
            word(BY).parse_next(i)?;
            let n = points(i)?;
            word(list::COUNTED_AS_POINTS).parse_next(i)?;
            Ok(n)
        })
    {
        return Ok(if n.is_zero() { Award::ZERO } else { Award::Points(n) });
    }
    // 80%及以上为10分
    if after
        && let Some(n) = attempt(input, |i| {
            word(AMOUNTS_TO).parse_next(i)?;
            points(i)
        })
    {
        return Ok(if n.is_zero() { Award::ZERO } else { Award::Points(n) });
    }
    // 达到目标得分，未达到不得分
    if after
        && attempt(input, |i| {
            word(PAID).parse_next(i)?;
            if i.is_empty() || i.starts_with('，') { Ok(()) } else { Err(EmptyError) }
        })
        .is_some()
    {
        return Ok(Award::Full);
    }
    let given = attempt(input, word(GIVE)).is_some();
    if attempt(input, |i| {
        if attempt(i, word(ZERO_POINTS)).is_some() {
            return Ok(());
        }
        // 无效果计0
        lit("0").parse_next(i)?;
        if given && i.is_empty() { Ok(()) } else { Err(EmptyError) }
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
    opt(word(BASE_POINTS)).parse_next(input)?;
    if (given || after)
        && let Some(n) = attempt(input, points)
    {
        return Ok(Award::Points(n));
    }
    Err(EmptyError)
}

/// 得分率80%
fn score_share(input: &mut Input<'_>) -> Outcome<Award> {
    word(list::SCORE_SHARES).parse_next(input)?;
    let share = decimal_share(input)?;
    match share.cmp(&Ratio::ONE) {
        core::cmp::Ordering::Equal => Ok(Award::Full),
        core::cmp::Ordering::Less => Ok(Award::Share(share)),
        core::cmp::Ordering::Greater => Err(EmptyError),
    }
}

/// 没有新建的，视同达标
fn as_if_done(input: &mut Input<'_>) -> Outcome<()> {
    word(list::TAKEN_AS).parse_next(input)?;
    word(list::TAKEN_AS_DONE).parse_next(input)?;
    if input.is_empty() || input.starts_with('，') { Ok(()) } else { Err(EmptyError) }
}

/// 酌情扣分, 视延迟情况扣分, 根据情节酌情扣1-2分, 得0-1分: a person decides how many.
pub(crate) fn judged(input: &mut Input<'_>) -> Outcome<()> {
    if attempt(input, word(JUDGED)).is_some() {
        return Ok(());
    }
    // 根据违规情节酌情扣分
    attempt(input, |i| {
        word(BY).parse_next(i)?;
        ground(i)?;
        if JUDGES.longest(i).is_some() || JUDGED.longest(i).is_some() { Ok(()) } else { Err(EmptyError) }
    });
    if attempt(input, word(JUDGED)).is_some() {
        return Ok(());
    }
    // 视延迟情况
    let looks = attempt(input, |i| {
        lit("视").parse_next(i)?;
        ground(i)
    });
    let said = attempt(input, word(JUDGES)).is_some() || looks.is_some();
    if said && attempt(input, word(&["扣分", "给分", "计分", "减分", "打分", "赋分", "得分"])).is_some()
    {
        return Ok(());
    }
    word(&["扣除", "扣减", "扣", "减", "给予", "给", "得", "计", "加"]).parse_next(input)?;
    let (low, _) = figure(input)?;
    opt(lit("分")).parse_next(input)?;
    word(&["-", "~", "至", "到"]).parse_next(input)?;
    let high = points(input)?;
    if low < high { Ok(()) } else { Err(EmptyError) }
}

/// 延迟情况, 违规情节, 健全程度: what a judgement looks at.
fn ground(input: &mut Input<'_>) -> Outcome<()> {
    let ends = ["情况", "情节", "情形", "程度"];
    let (at, end) = ends.iter().filter_map(|end| Some((input.find(end)?, end))).min().ok_or(EmptyError)?;
    let name = input.get(..at).ok_or(EmptyError)?;
    if name.chars().count() > MAX_GROUND || !name.chars().all(char::is_alphabetic) {
        return Err(EmptyError);
    }
    *input = input.get(at.saturating_add(end.len())..).ok_or(EmptyError)?;
    Ok(())
}

/// What a judgement looks at is named in a few characters.
const MAX_GROUND: usize = 8;

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

/// 折半计分, 减半得分, 按一半计分
fn halved(input: &mut Input<'_>) -> Outcome<()> {
    opt(lit("按")).parse_next(input)?;
    word(HALVED).parse_next(input)?;
    opt(lit("后")).parse_next(input)?;
    word(SCORE_VERBS).map(|_| ()).parse_next(input)
}

/// 按80%计分, 按分值的80%得分, 按满分的80%计算
fn by_share(input: &mut Input<'_>) -> Outcome<Award> {
    word(&["按照", "按"]).parse_next(input)?;
    let share = decimal_share(input)?;
    opt(lit("的比例")).parse_next(input)?;
    opt(lit("比例")).parse_next(input)?;
    word(SCORE_VERBS).parse_next(input)?;
    if share > Ratio::ONE { Err(EmptyError) } else { Ok(Award::Share(share)) }
}

/// 扣2分, 扣分值的20%, 扣全部分值
fn taken(input: &mut Input<'_>) -> Outcome<Award> {
    if attempt(input, word(TAKE_ALL)).is_some() {
        return Ok(Award::ZERO);
    }
    word(TAKE).parse_next(input)?;
    if let Some(n) = attempt(input, points) {
        return Ok(Award::Less(n));
    }
    let share = share(input)?;
    if share > Ratio::ONE { Err(EmptyError) } else { Ok(Award::LessShare(share)) }
}

/// 按完成比例得分, 按实际完成率计分, 按比例扣分
fn proportional(input: &mut Input<'_>) -> Outcome<Award> {
    word(BY).parse_next(input)?;
    let mut over = None;
    let rate = if attempt(input, word(PROPORTION)).is_some() {
        None
    } else if let Some(found) = attempt(input, quotient_in_words) {
        over = found.over;
        found.name
    } else {
        // 按预算执行率计分
        let name = rate_name(input)?;
        if !list::RATES_OF_POINTS.ends(name) {
            return Err(EmptyError);
        }
        Some(name.to_owned())
    };
    let base = attempt(input, |i| {
        times(i)?;
        base_points(i)
    });
    if base.is_none() {
        opt(lit("，")).parse_next(input)?;
    }
    let takes = attempt(input, word(&["扣减分值", "扣减得分", "扣减", "扣除分值", "扣分"])).is_some();
    if takes && (rate.is_some() || over.is_some()) {
        return Err(EmptyError);
    }
    let scores = takes || attempt(input, word(SCORE_VERBS)).is_some() || base.is_some();
    // 未达标按比例: points, for what else is there.
    let alone = rate.is_none() && over.is_none() && input.is_empty();
    if !scores && !alone {
        return Err(EmptyError);
    }
    // 根据完成率得分:… goes on to say how.
    if input.starts_with(':') {
        return Err(EmptyError);
    }
    let base = base.flatten();
    let rate = rate.map(|name| name.trim_start_matches("实际").to_owned());
    Ok(Award::Rate(Proportion { base, rate, over, least: None, turned: false }))
}
