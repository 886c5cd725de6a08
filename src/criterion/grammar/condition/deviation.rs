//! Conditions on how far from the target something is: 高于标准10%以内, 少于任务4%-8%, 超支5%以上.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use super::figures::{After, Before, after, before, range, range_end};
use super::target_name::target;
use super::{Condition, Stretch, end, within};
use crate::base::Number;
use crate::criterion::grammar::scan::{Input, Outcome, amount, attempt, word};
use crate::criterion::grammar::words::{AT, OVER, OVER_BY, SIZES, THAN, UNDER, UNDER_BY};
use crate::rule::{Amount, Point, Side};
use crate::words::list;

/// 高于标准10%以内(含), 少于任务4%-8%, 超支5%以上, 低于目标值5个百分点以内
pub(super) fn deviation(input: &mut Input<'_>) -> Outcome<Condition> {
    let start_of = *input;
    let (side, named) = deviates(input)?;
    let start = *input;
    let (low, high) = if let Some((low, low_in, high, high_in)) = attempt(input, range) {
        range_end(input);
        let low = (low, low_in.unwrap_or(true), low_in.is_some());
        (Some(low), Some((high, high_in.unwrap_or(false), high_in.is_some())))
    } else {
        *input = start;
        let first = before(input);
        let at = amount(input)?;
        let (behind, belongs) = after(input, &at)?;
        match behind {
            // 超预算比例大于5%, 超支不超过5%
            None if first != Before::Nothing => {
                let said = |inclusive: bool| Some((at.clone(), belongs.unwrap_or(inclusive), true));
                match first {
                    Before::LowerIn => (said(true), None),
                    Before::LowerOut | Before::LowerOver => (said(false), None),
                    Before::UpperIn => (None, said(true)),
                    Before::UpperOut => (None, said(false)),
                    Before::Equal | Before::Nothing => return Err(EmptyError),
                }
            }
            _ if first != Before::Nothing => return Err(EmptyError),
            Some(After::Upper { inclusive, firm, .. }) => (None, Some((at, inclusive, firm))),
            Some(After::Lower { inclusive, firm }) => (Some((at, inclusive, firm)), None),
            // 高于目标值10%: by so much, or by more?
            None if side == Side::Above && named && !start_of.starts_with(['高', '多']) => {
                let whole = at.number.times(at.unit.factor).unwrap_or_default();
                if at.unit.is_ratio() && whole >= Number::ONE {
                    return Err(EmptyError);
                }
                (Some((at, belongs.unwrap_or(false), true)), None)
            }
            None => return Err(EmptyError),
        }
    };
    let place = |a: Amount| Point::Beyond(side, a);
    let bare = low.is_some() && high.is_some();
    let near = match low {
        Some((a, inclusive, firm)) => end(place(a), inclusive, firm),
        None => end(Point::Target, false, true),
    };
    let far = high.map(|(a, inclusive, firm)| end(place(a), inclusive, firm));
    let (lower, upper) = if side == Side::Above { (Some(near), far) } else { (far, Some(near)) };
    Ok(within(Stretch { lower, upper, bare, ..Stretch::default() }))
}

/// 超预算比例在5%以内
fn sized(input: &mut Input<'_>) {
    attempt(input, |i| {
        word(SIZES).parse_next(i)?;
        opt(word(AT)).parse_next(i)?;
        Ok(())
    });
}

/// What a deviation begins with: its side, and whether the target is named.
pub(super) fn deviates(input: &mut Input<'_>) -> Outcome<(Side, bool)> {
    opt(word(THAN)).parse_next(input)?;
    if let Some(side) = attempt(input, |i| {
        target(i)?;
        if attempt(i, word(list::ABOVE_BY)).is_some() {
            return Ok(Side::Above);
        }
        word(list::BELOW_BY).parse_next(i)?;
        Ok(Side::Below)
    }) {
        return Ok((side, true));
    }
    for (named, alone, side) in [(OVER, OVER_BY, Side::Above), (UNDER, UNDER_BY, Side::Below)] {
        if attempt(input, |i| {
            word(named).parse_next(i)?;
            target(i)
        })
        .is_some()
        {
            sized(input);
            return Ok((side, true));
        }
        if attempt(input, word(alone)).is_some() {
            sized(input);
            return Ok((side, false));
        }
    }
    Err(EmptyError)
}
