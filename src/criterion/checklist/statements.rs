//! What is said of all items of a checklist: 每项0.5分, 缺一项扣0.5分, 全部符合得满分，否则不得分.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::Number;
use crate::notation::Unit;
use crate::rule::{Award, Per};

use crate::criterion::checklist::item_count::{number_of, quantity};
use crate::criterion::checklist::per_item::{
    each, each_case, each_missing, missing_one, own_points_only, some, veto,
};
use crate::criterion::grammar::award::{award, then};
use crate::criterion::grammar::kinds::until_gone;
use crate::criterion::grammar::limit::{Limit, limit};
use crate::criterion::grammar::scan::{Input, Outcome, attempt, lit, points, word};
use crate::criterion::grammar::words::{BAD, ELSE, GIVE, NEUTRAL, OK, UNTIL_FULL, WEIGHT};
use crate::criterion::text::plain::Segment;

/// One statement about all items.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Summary {
    /// 每项0.5分
    Each(Per),
    /// 符合一项得1分: each, or one among other numbers
    One(Per),
    /// 缺一项扣0.5分
    EachMissing(Per),
    /// 每出现一项扣2分: of items that may be demands or faults
    EachFound(Per),
    /// 查出一例扣1.5分
    EachCase(Number, Unit),
    /// ①②各占20%: by their places, from 0
    Some(Vec<u32>, Per),
    /// ②为否决项: by their places, from 0; without them nothing is earned.
    Veto(Vec<u32>),
    /// So many satisfied items earn this.
    Met(u32, u32, Award),
    /// 否则不得分
    Else(Award),
    /// 最多扣3分
    Limit(Limit),
    /// 满分2分
    Weight(Number),
    /// 扣完为止
    Nothing,
}

/// The statements that all parts are; nothing where one of them is none.
pub(crate) fn summaries(parts: &[Segment], count: u32) -> Option<Vec<Summary>> {
    let mut found = Vec::new();
    let mut held: Option<(u32, u32)> = None;
    let mut missing = false;
    for part in merged(parts) {
        // 达到4项得4分，3项得3分: what is counted is said once.
        let spoken = found.iter().any(|s| matches!(s, Summary::Met(..)));
        let mut rest = part.as_str();
        while !rest.is_empty() {
            if std::mem::take(&mut missing) {
                // 每有一项不符合的，扣1分
                found.push(match attempt(&mut rest, |i| award(i, true))? {
                    Award::Less(n) => Summary::EachMissing(Per::Points(n)),
                    Award::LessShare(r) => Summary::EachMissing(Per::Share(r)),
                    other => Summary::Met(0, count.checked_sub(1)?, other),
                });
                continue;
            }
            if let Some(range) = held.take() {
                let earned = attempt(&mut rest, |i| award(i, true))?;
                found.push(Summary::Met(range.0, range.1, earned));
                continue;
            }
            if spoken
                && let Some(next) = attempt(&mut rest, |i| {
                    let n = number_of(i)?;
                    let earned = award(i, true)?;
                    if n <= count && !matches!(earned, Award::Less(_) | Award::LessShare(_)) {
                        Ok(Summary::Met(n, n, earned))
                    } else {
                        Err(EmptyError)
                    }
                })
            {
                found.push(next);
                continue;
            }
            if let Some(summary) = attempt(&mut rest, |i| summary(i, count)) {
                found.push(summary);
                continue;
            }
            if attempt(&mut rest, |i| {
                let said = missing_one(i)?;
                then(i);
                if said && i.is_empty() { Ok(()) } else { Err(EmptyError) }
            })
            .is_some()
            {
                missing = true;
                continue;
            }
            // 全部符合的，得满分
            let range = attempt(&mut rest, |i| {
                let range = quantity(i, count)?;
                then(i);
                if i.is_empty() { Ok(range) } else { Err(EmptyError) }
            })?;
            held = Some(range);
        }
    }
    if held.is_some() || missing || found.is_empty() { None } else { Some(found) }
}

/// The parts, one that ends in 的 with what it says: 每符合一项的，得1分.
fn merged(parts: &[Segment]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for part in parts {
        match found.last_mut() {
            Some(last) if open => last.push_str(part.text),
            _ => found.push(part.text.to_owned()),
        }
        open = part.text.ends_with('的') && !part.ends;
    }
    found
}

fn summary(input: &mut Input<'_>, count: u32) -> Outcome<Summary> {
    attempt(input, |i| {
        word(NEUTRAL).parse_next(i)?;
        lit(":").parse_next(i)
    });
    opt(word(&[
        "以上各项",
        "上述各项",
        "以上情况",
        "上述情况",
        "以上内容",
        "上述内容",
        "以上要求",
        "上述要求",
        "以上",
        "上述",
        "其中",
        "如",
        "凡",
    ]))
    .parse_next(input)?;
    attempt(input, |i| {
        // 以下5项每符合1项得1分
        opt(word(&["以下", "下列"])).parse_next(i)?;
        number_of(i)?;
        opt(word(WEIGHT)).parse_next(i)?;
        if i.starts_with(['各', '每', '均']) { Ok(()) } else { Err(EmptyError) }
    });
    // 以上三项有一项达不到要求
    attempt(input, |i| {
        let n = number_of(i)?;
        opt(word(&["内容", "要求", "条件", "中"])).parse_next(i)?;
        if n == count && i.starts_with(['有', '每', '任', '，']) { Ok(()) } else { Err(EmptyError) }
    });
    opt(lit("，")).parse_next(input)?;
    if attempt(input, until_gone).is_some() || attempt(input, word(UNTIL_FULL)).is_some() {
        return Ok(Summary::Nothing);
    }
    if let Some(found) = attempt(input, |i| {
        word(&["本项满分", "满分", "分值", "共"]).parse_next(i)?;
        opt(word(&["为", ":"])).parse_next(i)?;
        points(i)
    }) {
        return Ok(Summary::Weight(found));
    }
    if let Some(found) = attempt(input, limit) {
        return Ok(Summary::Limit(found));
    }
    if let Some(found) = attempt(input, |i| {
        word(ELSE).parse_next(i)?;
        award(i, true)
    }) {
        return Ok(Summary::Else(found));
    }
    // 符合得分，不符合不得分
    if attempt(input, |i| {
        word(OK).parse_next(i)?;
        word(&["的得分", "得分", "的给分", "给分", "计分"]).parse_next(i)?;
        if i.is_empty() { Ok(()) } else { Err(EmptyError) }
    })
    .is_some()
    {
        return Ok(Summary::Nothing);
    }
    if attempt(input, its_own).is_some() {
        return Ok(Summary::Nothing);
    }
    // 不符合的扣除相应权重, 符合即得相应分值: what the items' own points say.
    if attempt(input, own_points_only).is_some() {
        return Ok(Summary::Nothing);
    }
    if let Some(found) = attempt(input, |i| {
        word(BAD).parse_next(i)?;
        let earned = award(i, true)?;
        if earned == Award::ZERO && i.is_empty() { Ok(earned) } else { Err(EmptyError) }
    }) {
        return Ok(Summary::Else(found));
    }
    // 每项2分，不符合的扣2分
    if let Some(found) = attempt(input, |i| {
        word(BAD).parse_next(i)?;
        match award(i, true)? {
            Award::Less(n) if i.is_empty() => Ok(Summary::EachMissing(Per::Points(n))),
            _ => Err(EmptyError),
        }
    }) {
        return Ok(found);
    }
    if let Some(found) = attempt(input, |i| veto(i, count)) {
        return Ok(found);
    }
    if let Some(found) = attempt(input, |i| some(i, count)) {
        return Ok(found);
    }
    for parser in [each_missing, each, each_case] {
        if let Some(found) = attempt(input, parser) {
            return Ok(found);
        }
    }
    let (low, high) = quantity(input, count)?;
    let earned = award(input, true)?;
    Ok(Summary::Met(low, high, earned))
}

/// 满足一项得一项分: what the points of each item say.
fn its_own(input: &mut Input<'_>) -> Outcome<()> {
    word(OK).parse_next(input)?;
    let met = number_of(input)?;
    then(input);
    word(GIVE).parse_next(input)?;
    let earned = number_of(input)?;
    opt(lit("的")).parse_next(input)?;
    lit("分").parse_next(input)?;
    if met == 1 && earned == 1 && input.is_empty() { Ok(()) } else { Err(EmptyError) }
}
