//! What is said of all items of a checklist: 每项0.5分, 缺一项扣0.5分, 全部符合得满分，否则不得分.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::{Number, Ratio};
use crate::notation::Unit;
use crate::rule::{Award, ChecklistItem, CountBand, Per, Scheme};

use super::Context;
use super::award::{award, then};
use super::condition::{harm, is_count};
use super::plain::Segment;
use super::scan::{Input, Outcome, amount, attempt, figure, lit, points, share, word};
use super::step::{Limit, limit};
use super::words::{ADD, ELSE, GIVE, NEUTRAL, TAKE, UNTIL_FULL, UNTIL_GONE};

/// One statement about all items.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Summary {
    /// 每项0.5分
    Each(Per),
    /// 符合一项得1分: each, or one among other numbers
    One(Number),
    /// 缺一项扣0.5分
    EachMissing(Number),
    /// 查出一例扣1.5分
    EachCase(Number, Unit),
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

/// Everything said of the items, and what it is said for.
pub(super) struct Rest<'c> {
    pub(super) summaries: Vec<Summary>,
    pub(super) context: &'c Context<'c>,
}

/// The statements that all parts are; nothing where one of them is none.
pub(super) fn summaries(parts: &[Segment], count: u32) -> Option<Vec<Summary>> {
    let mut found = Vec::new();
    let mut held: Option<(u32, u32)> = None;
    for part in parts {
        let mut rest = part.text;
        while !rest.is_empty() {
            if let Some(range) = held.take() {
                let earned = attempt(&mut rest, |i| award(i, true))?;
                found.push(Summary::Met(range.0, range.1, earned));
                continue;
            }
            if let Some(summary) = attempt(&mut rest, |i| summary(i, count)) {
                found.push(summary);
                continue;
            }
            // 全部符合的，得满分
            let range = attempt(&mut rest, |i| {
                let range = quantity(i, count)?;
                then(i)?;
                if i.is_empty() { Ok(range) } else { Err(EmptyError) }
            })?;
            held = Some(range);
        }
    }
    if held.is_some() || found.is_empty() { None } else { Some(found) }
}

fn summary(input: &mut Input<'_>, count: u32) -> Outcome<Summary> {
    attempt(input, |i| {
        word(NEUTRAL).parse_next(i)?;
        lit(":").parse_next(i)
    });
    opt(word(&["以上各项", "上述各项", "以上", "上述", "其中", "如", "凡"])).parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    if attempt(input, word(UNTIL_GONE)).is_some() || attempt(input, word(UNTIL_FULL)).is_some() {
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
    for parser in [each_missing, each, each_case] {
        if let Some(found) = attempt(input, parser) {
            return Ok(found);
        }
    }
    let (low, high) = quantity(input, count)?;
    let earned = award(input, true)?;
    Ok(Summary::Met(low, high, earned))
}

const OK: &[&str] = &[
    "符合要求",
    "满足要求",
    "达到要求",
    "符合条件",
    "满足条件",
    "符合",
    "满足",
    "达到",
    "具备",
    "完成",
    "做到",
    "达标",
    "落实到位",
    "落实",
    "到位",
    "合格",
    "齐全",
];
const BAD: &[&str] = &[
    "不符合要求",
    "不满足要求",
    "未达到要求",
    "达不到要求",
    "不符合条件",
    "不符合",
    "不满足",
    "未达到",
    "达不到",
    "没有达到",
    "不达标",
    "未达标",
    "未完成",
    "没有完成",
    "未做到",
    "没有做到",
    "不具备",
    "未满足",
    "不合格",
    "不规范",
    "不到位",
    "未落实",
    "未符合",
    "缺失",
    "不符",
    "没有",
    "问题",
    "未执行",
];
const MISSING: &[&str] = &[
    "不符合要求",
    "不符合",
    "不满足",
    "未达到",
    "达不到",
    "未完成",
    "未做到",
    "不具备",
    "未满足",
    "缺少",
    "缺失",
    "缺",
    "少",
];
const ITEM: &[&str] = &["项", "条", "个", "点"];

/// 一项, 1项
fn one(input: &mut Input<'_>) -> Outcome<()> {
    word(&["任何一", "任意一", "任一", "其中一", "一", "1"]).parse_next(input)?;
    word(ITEM).parse_next(input)?;
    Ok(())
}

/// 每项0.5分, 符合一项得1分, 每项占25%, 各1分
fn each(input: &mut Input<'_>) -> Outcome<Summary> {
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
    counted.ok_or(EmptyError)?;
    then(input)?;
    opt(word(&["占", "分值为", "分值", "权重为", "权重"])).parse_next(input)?;
    let verb = attempt(input, word(GIVE)).or_else(|| attempt(input, word(ADD)));
    let _ = verb;
    if let Some(n) = attempt(input, points) {
        return Ok(if every { Summary::Each(Per::Points(n)) } else { Summary::One(n) });
    }
    share(input).map(|r| Summary::Each(Per::Share(r)))
}

/// 缺一项扣0.5分, 每有一项不符合扣1分
fn each_missing(input: &mut Input<'_>) -> Outcome<Summary> {
    let found = attempt(input, missing_one);
    found.ok_or(EmptyError)?;
    then(input)?;
    word(TAKE).parse_next(input)?;
    points(input).map(Summary::EachMissing)
}

fn missing_one(input: &mut Input<'_>) -> Outcome<()> {
    opt(word(&["每", "凡", "如"])).parse_next(input)?;
    if attempt(input, |i| {
        opt(lit("有")).parse_next(i)?;
        word(MISSING).parse_next(i)?;
        one(i)
    })
    .is_some()
    {
        return Ok(());
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
    if bad || found { Ok(()) } else { Err(EmptyError) }
}

/// 查出一例扣1.5分, 每发现一处不符合扣1分
fn each_case(input: &mut Input<'_>) -> Outcome<Summary> {
    opt(lit("每")).parse_next(input)?;
    word(&["查出", "查实", "发现", "出现", "发生", "存在", "有"]).parse_next(input)?;
    let size = amount(input)?;
    if size.number != Number::ONE
        || !is_count(&size.unit)
        || matches!(size.unit.word.as_str(), "项" | "条" | "点")
    {
        return Err(EmptyError);
    }
    attempt(input, |i| harm(i));
    then(input)?;
    word(TAKE).parse_next(input)?;
    let per = points(input)?;
    Ok(Summary::EachCase(per, size.unit))
}

/// How many satisfied items are meant: 全部符合, 均不符合, 符合3项及以上, 有一项不符合, 缺2项.
fn quantity(input: &mut Input<'_>, count: u32) -> Outcome<(u32, u32)> {
    opt(word(&["各项", "所有", "以上"])).parse_next(input)?;
    if let Some(n) = attempt(input, |i| {
        let (n, _) = figure(i)?;
        word(ITEM).parse_next(i)?;
        if matches!(n.to_string().parse::<u32>(), Ok(n) if n == count) && i.starts_with(['全', '均', '都'])
        {
            Ok(n)
        } else {
            Err(EmptyError)
        }
    }) {
        let _ = n;
    }
    if let Some(all) = attempt(input, |i| {
        word(&["全部都", "全部", "完全", "同时", "均", "都", "全"]).parse_next(i)?;
        if attempt(i, |j| {
            word(&["不", "未", "没有"]).parse_next(j)?;
            word(OK).parse_next(j)
        })
        .is_some()
        {
            return Ok(false);
        }
        word(OK).parse_next(i)?;
        opt(word(&["以上要求", "上述要求", "以上条件", "上述条件", "要求", "条件"])).parse_next(i)?;
        Ok(true)
    }) {
        return Ok(if all { (count, count) } else { (0, 0) });
    }
    // 有一项不符合 without points of its own: any
    if let Some(missing) = attempt(input, |i| {
        if attempt(i, word(&["任何一项", "任意一项", "任一项", "其中一项"])).is_some() {
            opt(lit("有")).parse_next(i)?;
            word(BAD).parse_next(i)?;
            return Ok((1, true));
        }
        opt(lit("有")).parse_next(i)?;
        if attempt(i, word(MISSING)).is_some() {
            let n = number_of(i)?;
            let open = at_least(i)?;
            return Ok((n, open));
        }
        let n = number_of(i)?;
        let open = at_least(i)?;
        word(BAD).parse_next(i)?;
        Ok((n, open || attempt(i, at_least_word).is_some()))
    }) {
        let (n, open) = missing;
        if n == 0 || n > count {
            return Err(EmptyError);
        }
        // A single one, without 及以上, that ends in no award of its own still means any (有一项不符合不得分).
        let most = count.saturating_sub(n);
        let all_or_nothing =
            n == 1 && input.starts_with(['不', '即', '则', '就', '的', '，', '零', '0']) && !open;
        let least = if open || all_or_nothing { 0 } else { most };
        return Ok((least, most));
    }
    opt(lit("仅")).parse_next(input)?;
    let before = attempt(input, |i| {
        word(OK).parse_next(i)?;
        opt(word(&["其中", "要求的"])).parse_next(i)?;
        Ok(())
    })
    .is_some();
    let (low, high) = match attempt(input, |i| {
        let (a, _) = figure(i)?;
        opt(word(ITEM)).parse_next(i)?;
        word(&["-", "至", "到"]).parse_next(i)?;
        let b = number_of(i)?;
        let a = a.to_string().parse::<u32>().map_err(|_| EmptyError)?;
        if a < b { Ok((a, b)) } else { Err(EmptyError) }
    }) {
        Some(range) => range,
        None => {
            let n = number_of(input)?;
            if attempt(input, at_least_word).is_some() {
                (n, count)
            } else if attempt(input, word(&["(含)以下", "及以下", "以下"])).is_some() {
                (0, n)
            } else {
                (n, n)
            }
        }
    };
    if !before {
        word(OK).parse_next(input)?;
    }
    if low <= high && high <= count { Ok((low, high)) } else { Err(EmptyError) }
}

fn at_least_word(input: &mut Input<'_>) -> Outcome<()> {
    word(&["(含)以上", "及以上", "以上"]).parse_next(input).map(|_| ())
}

fn at_least(input: &mut Input<'_>) -> Outcome<bool> {
    Ok(attempt(input, at_least_word).is_some())
}

/// 3项
fn number_of(input: &mut Input<'_>) -> Outcome<u32> {
    let (n, _) = figure(input)?;
    word(ITEM).parse_next(input)?;
    n.to_string().parse().map_err(|_| EmptyError)
}

// ---- together ------------------------------------------------------------------------------------------------

/// How the items become points, or why that is not certain.
pub(super) fn scheme(items: &mut [ChecklistItem], rest: &Rest) -> Result<Scheme, &'static str> {
    let weight = rest.context.weight.map(crate::base::Weight::number);
    let mut each: Option<Per> = None;
    let mut missing: Option<Number> = None;
    let mut case: Option<(Number, Unit)> = None;
    let mut bands: Vec<CountBand> = Vec::new();
    let mut otherwise: Option<Award> = None;
    let mut most: Option<Number> = None;
    let mut one: Option<Number> = None;
    for summary in &rest.summaries {
        match summary {
            Summary::Each(per) if each.is_none_or(|e| e == *per) => each = Some(*per),
            Summary::One(n) if one.is_none() => one = Some(*n),
            Summary::EachMissing(n) if missing.is_none_or(|m| m == *n) => missing = Some(*n),
            Summary::EachCase(n, unit) if case.is_none() => case = Some((*n, unit.clone())),
            Summary::Met(low, high, award) => {
                let (at_least, at_most) = (*low, *high);
                bands.push(CountBand { at_least, at_most, award: award.clone() });
            }
            Summary::Else(award) if otherwise.is_none() => otherwise = Some(award.clone()),
            Summary::Limit(Limit::Take(n)) if most.is_none() => most = Some(*n),
            Summary::Limit(Limit::Score(n)) if weight.is_some_and(|w| w == *n) => {}
            Summary::Weight(n) if weight.is_none_or(|w| w == *n) => {}
            Summary::Nothing => {}
            _ => return Err("对各项如何得分的规定前后不一致"),
        }
    }
    let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
    if let Some(n) = one {
        if bands.iter().any(|b| b.at_least == b.at_most && b.at_most > 1 && b.at_most < count)
            || each.is_some()
        {
            bands.push(CountBand { at_least: 1, at_most: 1, award: Award::Points(n) });
        } else {
            each = Some(Per::Points(n));
        }
    }
    let is_full =
        |award: &Award| *award == Award::Full || matches!(award, Award::Points(n) if weight == Some(*n));
    let full_only = bands.iter().all(|b| b.at_least == count && is_full(&b.award));
    let zero_else = otherwise.as_ref().is_none_or(|a| *a == Award::ZERO);
    let own = items.iter().filter(|i| i.points.is_some()).count();
    if own > 0 && own < items.len() {
        return Err("有的项有分数，有的项没有");
    }
    if own > 0 && each.is_none() {
        let even = missing.is_none_or(|m| items.iter().all(|i| i.points == Some(m)));
        return if even && full_only && zero_else && case.is_none() && most.is_none() {
            Ok(Scheme::Sum)
        } else {
            Err("各项的分数与后面的规定不一致")
        };
    }
    if let Some(per) = each {
        if own > 0 || case.is_some() || !full_only || !zero_else || most.is_some() {
            return Err("对各项如何得分的规定前后不一致");
        }
        return match per {
            Per::Points(n) if missing.is_none_or(|m| m == n) => {
                for item in items {
                    item.points = Some(n);
                }
                Ok(Scheme::Sum)
            }
            Per::Share(r) if missing.is_none() && r <= Ratio::ONE => Ok(Scheme::EachShare(r)),
            _ => Err("每项得分与缺项扣分不一致"),
        };
    }
    if let Some((per, unit)) = case {
        if missing.is_some() || !full_only || otherwise.is_some() {
            return Err("对各项如何扣分的规定前后不一致");
        }
        return Ok(Scheme::Cases { per, most, unit });
    }
    if let Some(per) = missing {
        if full_only && otherwise.is_none() {
            return Ok(Scheme::Deduct { per, most });
        }
        let single = bands.iter().any(|b| b.at_least == b.at_most && b.at_most < count);
        let repeated = bands.iter().any(|b| b.at_most == count.saturating_sub(1));
        if single && !repeated && most.is_none() {
            let at = count.saturating_sub(1);
            bands.push(CountBand { at_least: at, at_most: at, award: Award::Less(per) });
        } else if !bands.iter().all(|b| b.award == Award::ZERO || is_full(&b.award)) || otherwise.is_some() {
            return Err("对各项如何扣分的规定前后不一致");
        } else {
            return deduct_with_gates(per, count, bands, most);
        }
    }
    if bands.is_empty() {
        return Err("没有写明各项如何得分");
    }
    if most.is_some() {
        return Err("最多扣分的规定没有对应的扣分标准");
    }
    for (at, a) in bands.iter().enumerate() {
        let overlap = bands
            .iter()
            .skip(at.saturating_add(1))
            .any(|b| a.at_least <= b.at_most && b.at_least <= a.at_most && a.award != b.award);
        if overlap {
            return Err("各档符合项数互相重叠");
        }
    }
    bands.sort_by_key(|band| band.at_least);
    Ok(Scheme::Bands { bands, otherwise })
}

/// 一项不符合扣0.5分，3项及以上不符合不得分: every number of satisfied items has its own award.
fn deduct_with_gates(
    per: Number,
    count: u32,
    gates: Vec<CountBand>,
    most: Option<Number>,
) -> Result<Scheme, &'static str> {
    if most.is_some() {
        return Err("最多扣分与不得分的规定不一致");
    }
    let mut bands = Vec::new();
    for met in 0..=count {
        let award = match gates.iter().find(|g| (g.at_least..=g.at_most).contains(&met)) {
            Some(gate) => gate.award.clone(),
            None => {
                let missing = Number::from(count.saturating_sub(met));
                let less = per.times(missing).ok_or("分数超出可计算的范围")?;
                if less.is_zero() { Award::Full } else { Award::Less(less) }
            }
        };
        bands.push(CountBand { at_least: met, at_most: met, award });
    }
    Ok(Scheme::Bands { bands, otherwise: None })
}
