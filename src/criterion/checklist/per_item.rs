//! What is said of single items of a checklist: 每项0.5分, 缺一项扣0.5分, ①②各占20%, 查出一例扣1.5分.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::Number;
use crate::rule::{Award, Per};

use crate::criterion::checklist::statements::Summary;
use crate::criterion::grammar::award::{award, then};
use crate::criterion::grammar::condition::{harmful, is_count};
use crate::criterion::grammar::scan::{Input, Outcome, amount, attempt, is_name, lit, points, share, word};
use crate::criterion::grammar::words::{ADD, BAD, GIVE, ITEM, MISSING, OK, TAKE, WEIGHT};
use crate::words::list;

/// ②为否决项; ②不符合的本指标不得分: what vetoes all points.
pub(crate) fn veto(input: &mut Input<'_>, count: u32) -> Outcome<Summary> {
    let items = places(input, count)?;
    if attempt(input, |i| {
        word(&["为", "是", "属于"]).parse_next(i)?;
        word(&["一票否决项", "否决项", "否决指标", "否决性指标", "一票否决指标"]).parse_next(i)
    })
    .is_none()
    {
        word(BAD).parse_next(input)?;
        // 本项 may be the item alone.
        let whole =
            ["本指标", "本项指标", "该指标", "该项指标", "一票否决"].iter().any(|word| input.contains(word));
        then(input);
        opt(word(&["实行一票否决，", "一票否决，", "直接"])).parse_next(input)?;
        if award(input, true)? != Award::ZERO || !whole {
            return Err(EmptyError);
        }
    }
    if input.is_empty() { Ok(Summary::Veto(items)) } else { Err(EmptyError) }
}

/// ①②③各占20%, ④占40%: what some items are worth.
pub(crate) fn some(input: &mut Input<'_>, count: u32) -> Outcome<Summary> {
    let items = places(input, count)?;
    opt(word(&["项", "每项"])).parse_next(input)?;
    some_points(input, items)
}

/// ①②③: items by their marks, counted from 0.
fn places(input: &mut Input<'_>, count: u32) -> Outcome<Vec<u32>> {
    let mut items = Vec::new();
    loop {
        let at = input.chars().next().map_or(0, u32::from).checked_sub(u32::from('①')).ok_or(EmptyError)?;
        if at >= count || at >= 20 || items.contains(&at) {
            return Err(EmptyError);
        }
        items.push(at);
        *input = input.get('①'.len_utf8()..).ok_or(EmptyError)?;
        opt(word(&["、", "和", "及"])).parse_next(input)?;
        if !input.starts_with(|c| ('①'..='⑳').contains(&c)) {
            break;
        }
    }
    Ok(items)
}

fn some_points(input: &mut Input<'_>, items: Vec<u32>) -> Outcome<Summary> {
    // ①②符合各得0.5分
    attempt(input, |i| {
        word(OK).parse_next(i)?;
        opt(word(&["的，", "的", "，"])).parse_next(i)?;
        Ok(())
    });
    let each = attempt(input, word(&["各占", "各得", "各计", "均占", "各", "每项"])).is_some();
    if !each {
        opt(word(&["占", "得", "计", "为"])).parse_next(input)?;
    }
    if items.len() > 1 && !each {
        return Err(EmptyError); // together, or each?
    }
    let per = match attempt(input, points) {
        Some(n) => Per::Points(n),
        None => Per::Share(share(input)?),
    };
    if input.is_empty() || input.starts_with(['，', '、', ';']) {
        Ok(Summary::Some(items, per))
    } else {
        Err(EmptyError)
    }
}

/// 一项, 1项
fn one(input: &mut Input<'_>) -> Outcome<()> {
    word(&["任何一", "任意一", "任一", "其中一", "一", "1"]).parse_next(input)?;
    word(ITEM).parse_next(input)?;
    opt(word(list::PART_NOUNS)).parse_next(input)?;
    Ok(())
}

/// 每项0.5分, 符合一项得1分, 每项占25%, 各1分
pub(crate) fn each(input: &mut Input<'_>) -> Outcome<Summary> {
    let every = input.starts_with(['每', '各']);
    let counted = attempt(input, |i| {
        word(&[
            "每项各",
            "每项",
            "每条",
            "每个",
            "每点",
            "每一项",
            "每1项",
            "每一条",
            "各项各",
            "各占",
            "各",
        ])
        .parse_next(i)?;
        opt(lit("内容")).parse_next(i)?;
        opt(word(OK)).parse_next(i)?;
        Ok(())
    })
    .or_else(|| {
        attempt(input, |i| {
            opt(lit("每")).parse_next(i)?;
            opt(lit("有")).parse_next(i)?;
            if attempt(i, |j| {
                word(OK).parse_next(j)?;
                opt(lit("其中")).parse_next(j)?;
                one(j)
            })
            .is_some()
            {
                return Ok(());
            }
            one(i)?;
            word(OK).parse_next(i)?;
            Ok(())
        })
    });
    opt(word(&["要求", "条件", "要点", "内容", "标准", "情形"])).parse_next(input)?;
    counted.ok_or(EmptyError)?;
    then(input);
    opt(word(&["占", "分值为", "分值", "权重为", "权重"])).parse_next(input)?;
    let verb = attempt(input, word(GIVE)).or_else(|| attempt(input, word(ADD)));
    let _ = verb;
    if let Some(n) = attempt(input, points) {
        return Ok(if every { Summary::Each(Per::Points(n)) } else { Summary::One(Per::Points(n)) });
    }
    let share = share(input)?;
    Ok(if every { Summary::Each(Per::Share(share)) } else { Summary::One(Per::Share(share)) })
}

/// 不符合的扣除相应权重, 符合即得对应权重分
pub(crate) fn own_points_only(input: &mut Input<'_>) -> Outcome<()> {
    // 不达标的，该小项不得分; 不合格的不得该项分; 未公开的不得该项分
    if attempt(input, |i| {
        missed(i)?;
        then(i);
        let of_item = attempt(
            i,
            word(&["该小项", "该子项", "该条", "对应项", "相应项", "该分项", "对应分项", "该内容"]),
        );
        let of_part = of_item.is_none() && attempt(i, its_part).is_some();
        if of_item.is_some() || of_part {
            award(i, true).and_then(|earned| if earned == Award::ZERO { Ok(()) } else { Err(EmptyError) })?;
        } else {
            word(&["不得该项分", "不得该小项分", "不得相应分", "不得对应分"]).parse_next(i)?;
        }
        if i.is_empty() { Ok(()) } else { Err(EmptyError) }
    })
    .is_some()
    {
        return Ok(());
    }
    let met = attempt(input, word(OK)).is_some();
    if !met {
        word(BAD).parse_next(input)?;
        opt(word(ITEM)).parse_next(input)?;
    }
    then(input);
    if met {
        opt(lit("即")).parse_next(input)?;
        word(GIVE).parse_next(input)?;
    } else if attempt(input, word(TAKE)).is_none() {
        word(&["不得", "不计"]).parse_next(input)?;
    }
    word(&["相应的", "对应的", "相应", "对应", "该项的", "该项"]).parse_next(input)?;
    word(WEIGHT).parse_next(input)?;
    if input.is_empty() { Ok(()) } else { Err(EmptyError) }
}

/// 不符合, 未公开: that an item is not so.
fn missed(input: &mut Input<'_>) -> Outcome<()> {
    if attempt(input, word(BAD)).is_some() {
        return Ok(());
    }
    word(list::DENIALS).parse_next(input)?;
    let end = input.find(['的', '，']).ok_or(EmptyError)?;
    let act = input
        .get(..end)
        .filter(|act| is_name(act) && act.chars().nth(MAX_ACT).is_none())
        .ok_or(EmptyError)?;
    *input = input.get(act.len()..).ok_or(EmptyError)?;
    Ok(())
}

/// What is done to an item is said shortly.
const MAX_ACT: usize = 4;

/// 该节点, 所在分项
fn its_part(input: &mut Input<'_>) -> Outcome<()> {
    word(list::OF_THAT_PART).parse_next(input)?;
    if attempt(input, word(list::PART_NOUNS)).is_none() {
        lit("项").parse_next(input)?;
    }
    Ok(())
}

/// 缺一项扣0.5分, 每有一项不符合扣1分
pub(crate) fn each_missing(input: &mut Input<'_>) -> Outcome<Summary> {
    let found = attempt(input, missing_one);
    let said = found.ok_or(EmptyError)?;
    then(input);
    word(TAKE).parse_next(input)?;
    let per = match attempt(input, points) {
        Some(n) => Per::Points(n),
        None => Per::Share(share(input)?),
    };
    Ok(if said { Summary::EachMissing(per) } else { Summary::EachFound(per) })
}

/// One item that is missing or not met; whether the words say so themselves (每出现一项 does not).
pub(crate) fn missing_one(input: &mut Input<'_>) -> Outcome<bool> {
    opt(word(&["每", "凡", "如"])).parse_next(input)?;
    if attempt(input, |i| {
        opt(lit("有")).parse_next(i)?;
        word(MISSING).parse_next(i)?;
        one(i)
    })
    .is_some()
    {
        return Ok(true);
    }
    let found = attempt(input, word(&["发现", "出现", "存在", "查出", "有"])).is_some();
    if attempt(input, one).is_none() {
        word(ITEM).parse_next(input)?;
    }
    let bad = attempt(input, |i| {
        opt(word(&["内容", "要求"])).parse_next(i)?;
        word(BAD).parse_next(i)?;
        opt(word(&["情况", "情形", "现象", "问题"])).parse_next(i)?;
        Ok(())
    })
    .is_some();
    if bad || found { Ok(bad) } else { Err(EmptyError) }
}

/// 审计、财政检查中 before 每发现1个: by whom it was found.
fn looked_into(input: &mut Input<'_>) -> Outcome<()> {
    let before = input.find('每').and_then(|at| input.get(..at)).ok_or(EmptyError)?;
    let ends = ["中", "检查", "审计", "巡察", "巡视", "督查", "核查", "抽查", "评价"];
    if !is_name(before) || !ends.iter().any(|end| before.ends_with(end)) {
        return Err(EmptyError);
    }
    *input = input.get(before.len()..).ok_or(EmptyError)?;
    Ok(())
}

/// 查出一例扣1.5分, 每发现一处不符合扣1分
pub(crate) fn each_case(input: &mut Input<'_>) -> Outcome<Summary> {
    attempt(input, looked_into);
    opt(lit("每")).parse_next(input)?;
    word(&["查出", "查实", "发现", "出现", "发生", "存在", "有"]).parse_next(input)?;
    let size = amount(input)?;
    if size.number != Number::ONE
        || !is_count(&size.unit)
        || matches!(size.unit.word.as_str(), "项" | "条" | "点")
    {
        return Err(EmptyError);
    }
    attempt(input, |i| harmful(i));
    then(input);
    word(TAKE).parse_next(input)?;
    let per = points(input)?;
    Ok(Summary::EachCase(per, size.unit))
}
