//! Events counted one by one: 每引进1个得1分, 每迟报一次扣0.5分.

use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::Number;
use crate::rule::{Amount, Per};

use super::award::then;
use super::condition::is_count;
use super::scan::{Input, Outcome, attempt, begins_figure, is_name, lit, points, word};
use super::step::{Counts, StepClause, length, noun, worth};
use super::words::GIVE;

/// 每引进1个得1分: what is done is named, one by one, and earns points from the first on.
fn activity(input: &mut Input<'_>) -> Outcome<Amount> {
    const NOT: [char; 14] =
        ['未', '不', '无', '没', '缺', '少', '低', '高', '超', '逾', '迟', '降', '扣', '差'];
    let text = *input;
    let size = events(input)?;
    let name = text.get(..text.len().saturating_sub(input.len())).ok_or(EmptyError)?;
    if name.contains(NOT) { Err(EmptyError) } else { Ok(size) }
}

/// Verbs of what is done are short.
const MAX_ACTIVITY: usize = 4;

/// 每引进1个得1分, 每完成一项任务得2分
pub(super) fn earned(input: &mut Input<'_>) -> Outcome<StepClause> {
    lit("每").parse_next(input)?;
    let size = activity(input)?;
    let noun = noun(input)?;
    then(input);
    word(GIVE).parse_next(input)?;
    let per = points(input)?;
    if per.is_zero() {
        return Err(EmptyError);
    }
    Ok(StepClause {
        counts: Counts::Open,
        from: None,
        size,
        per: Per::Points(per),
        adds: true,
        partial: None,
        noun,
        subject: None,
        each: true,
    })
}

/// 每迟报一次扣0.5分: what goes wrong is named by its verb.
pub(super) fn suffered(input: &mut Input<'_>) -> Outcome<StepClause> {
    lit("每").parse_next(input)?;
    let mut name = *input;
    let size = events(input)?;
    name = name.get(..name.len().saturating_sub(input.len())).ok_or(EmptyError)?;
    let bad = [
        '迟', '漏', '错', '误', '瞒', '违', '旷', '虚', '擅', '超', '被', '受', '通', '曝', '退', '返', '脱',
        '宕', '泄',
    ];
    // 每超1次 is beyond so many
    if !name.starts_with(bad) || name.strip_prefix('超').is_some_and(begins_figure) {
        return Err(EmptyError);
    }
    let noun = noun(input)?;
    let (per, adds) = worth(input)?;
    if adds {
        return Err(EmptyError);
    }
    let (counts, from, partial, subject) = (Counts::Found, None, None, None);
    Ok(StepClause { counts, from, size, per, adds, partial, noun, subject, each: true })
}

/// A verb and one of what is counted: 引进1个, 迟报一次.
fn events(input: &mut Input<'_>) -> Outcome<Amount> {
    for (at, _) in input.char_indices().take(MAX_ACTIVITY.saturating_add(1)) {
        let name = input.get(..at).unwrap_or_default();
        if at > 0 && !is_name(name) {
            break;
        }
        let mut rest = input.get(at..).unwrap_or_default();
        let Some(size) = attempt(&mut rest, length) else { continue };
        if size.number == Number::ONE && is_count(&size.unit) {
            *input = rest;
            return Ok(size);
        }
    }
    Err(EmptyError)
}
