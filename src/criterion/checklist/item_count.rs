//! How many items are meant: 全部符合, 均不符合, 符合3项及以上, 缺2项.

use crate::criterion::grammar::words::{BAD, ITEM, MISSING, OK, POINTS_OF_REVIEW};
use crate::words::list;
use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::Number;

use crate::criterion::grammar::scan::{Input, Outcome, attempt, figure, lit, word};

/// How many satisfied items are meant: 全部符合, 均不符合, 符合3项及以上, 有一项不符合, 缺2项.
pub(crate) fn quantity(input: &mut Input<'_>, count: u32) -> Outcome<(u32, u32)> {
    opt(word(&["各项", "所有", "以上"])).parse_next(input)?;
    attempt(input, |i| number_of_all(i, count));
    if attempt(input, word(&["齐备", "齐全", "俱全"])).is_some() {
        return Ok((count, count));
    }
    if let Some(all) = attempt(input, |i| {
        word(&["全部都", "全部", "完全", "同时", "均", "都", "全"]).parse_next(i)?;
        if attempt(i, |j| {
            word(list::PLAINLY_NOT).parse_next(j)?;
            word(OK).parse_next(j)
        })
        .is_some()
        {
            return Ok(false);
        }
        word(OK).parse_next(i)?;
        // 同时满足5条
        attempt(i, |j| if number_of(j)? == count { Ok(()) } else { Err(EmptyError) });
        opt(word(&["以上要求", "上述要求", "以上条件", "上述条件", "要求", "条件"])).parse_next(i)?;
        Ok(true)
    }) {
        return Ok(if all { (count, count) } else { (0, 0) });
    }
    // 符合全部要求
    if attempt(input, |i| {
        word(OK).parse_next(i)?;
        word(&["以上全部", "上述全部", "以下全部", "下列全部", "全部", "所有", "以上所有", "以下所有"])
            .parse_next(i)?;
        word(&["要求", "条件", "要点", "内容", "标准", "项目"]).parse_next(i)
    })
    .is_some()
    {
        return Ok((count, count));
    }
    // 有一项不符合 without points of its own: any
    if let Some(missing) = attempt(input, |i| {
        if attempt(i, any_one).is_some() {
            opt(lit("有")).parse_next(i)?;
            word(BAD).parse_next(i)?;
            return Ok((1, true));
        }
        opt(lit("有")).parse_next(i)?;
        if attempt(i, word(MISSING)).is_some() {
            let n = number_of(i)?;
            let open = at_least(i);
            return Ok((n, open));
        }
        let n = number_of(i)?;
        let open = at_least(i);
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
    if let Some(n) = attempt(input, fewer_than) {
        let most = n.checked_sub(1).filter(|most| *most < count).ok_or(EmptyError)?;
        return Ok((0, most));
    }
    opt(lit("仅")).parse_next(input)?;
    let before = attempt(input, |i| {
        word(OK).parse_next(i)?;
        opt(word(&["其中", "要求的"])).parse_next(i)?;
        Ok(())
    })
    .is_some();
    let between = attempt(input, |i| {
        let (a, _) = figure(i)?;
        opt(word(ITEM)).parse_next(i)?;
        word(&["-", "至", "到"]).parse_next(i)?;
        let b = number_of(i)?;
        let a = a.to_string().parse::<u32>().map_err(|_| EmptyError)?;
        if a < b { Ok((a, b)) } else { Err(EmptyError) }
    });
    let (low, high) = if let Some(range) = between {
        range
    } else {
        let n = number_of(input)?;
        if attempt(input, at_least_word).is_some() {
            (n, count)
        } else if attempt(input, word(list::ITEMS_AND_BELOW)).is_some() {
            (0, n)
        } else {
            (n, n)
        }
    };
    if !before {
        word(OK).parse_next(input)?;
    }
    if low <= high && high <= count { Ok((low, high)) } else { Err(EmptyError) }
}

/// 三者, 4项 before 均, 全, 齐备: the number of all items said once more.
fn number_of_all(input: &mut Input<'_>, count: u32) -> Outcome<()> {
    let (n, _) = figure(input)?;
    word(&["项", "条", "个", "点", "者"]).parse_next(input)?;
    opt(word(POINTS_OF_REVIEW)).parse_next(input)?;
    let all = n == Number::from(count) && input.starts_with(['全', '均', '都', '齐', '俱']);
    if all { Ok(()) } else { Err(EmptyError) }
}

/// 不足2项的不得分
fn fewer_than(input: &mut Input<'_>) -> Outcome<u32> {
    word(list::ITEM_COUNT_SHORT).parse_next(input)?;
    number_of(input)
}

/// 任何一项, 有任意一条
pub(crate) fn any_one(input: &mut Input<'_>) -> Outcome<()> {
    opt(lit("有")).parse_next(input)?;
    word(&["任何一", "任意一", "任一", "其中一", "其中任意一", "其中任何一"]).parse_next(input)?;
    word(ITEM).parse_next(input).map(|_| ())
}

fn at_least_word(input: &mut Input<'_>) -> Outcome<()> {
    word(list::ITEMS_AND_ABOVE).parse_next(input).map(|_| ())
}

fn at_least(input: &mut Input<'_>) -> bool {
    attempt(input, at_least_word).is_some()
}

/// 3项
pub(crate) fn number_of(input: &mut Input<'_>) -> Outcome<u32> {
    let (n, _) = figure(input)?;
    word(ITEM).parse_next(input)?;
    opt(word(POINTS_OF_REVIEW)).parse_next(input)?;
    n.to_string().parse().map_err(|_| EmptyError)
}
