//! 偏离度=|实际值-目标值|/目标值×100%: how far the actual is from the target, as a share of it.

use winnow::error::EmptyError;
use winnow::prelude::*;

use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, is_name, lit, word};
use crate::criterion::grammar::words::{ABSOLUTE, ACTUAL, STRAYING, TARGET};

pub(super) const KIND: Kind = Kind {
    name: "偏离的算法",
    example: "偏离度=|实际值-目标值|/目标值*100%",
    yields: "偏离指标值的幅度",
    place: Place::Anywhere,
    parse: distance,
    before: &[(
        "计算公式",
        "a formula of figures that are named reads it too, but says less: it knows no distance",
    )],
};

fn distance(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    let bracket = attempt(input, lit("(")).is_some();
    if attempt(input, word(ABSOLUTE)).is_some() {
        if bracket {
            lit(")").parse_next(input)?;
        }
        return Ok(Clause::Absolute);
    }
    if bracket {
        return Err(EmptyError);
    }
    let (name, right) = input.split_once('=').ok_or(EmptyError)?;
    if !is_name(name) || !STRAYING.ends(name) {
        return Err(EmptyError);
    }
    let right = right.strip_suffix("*100%").unwrap_or(right);
    let (above, below) = right.rsplit_once('/').ok_or(EmptyError)?;
    let within = |open: &str, close: &str| above.strip_prefix(open)?.strip_suffix(close);
    let inside =
        [("|", "|"), ("abs(", ")"), ("ABS(", ")"), ("(", ")的绝对值"), ("(", ")绝对值"), ("(|", "|)")]
            .iter()
            .find_map(|(open, close)| within(open, close))
            .ok_or(EmptyError)?;
    if !is_distance(inside, below) {
        return Err(EmptyError);
    }
    let name = name.to_owned();
    *input = "";
    Ok(Clause::Distance { name })
}

/// Whether one is the actual less the target, or the target less the actual, and the other the target.
pub(crate) fn is_distance(above: &str, below: &str) -> bool {
    let Some((a, b)) = above.split_once('-') else { return false };
    let target = |text: &str| TARGET.has(text) || planned(text);
    let actual = |text: &str| ACTUAL.has(text) || done(text);
    ((actual(a) && target(b)) || (target(a) && actual(b))) && target(below) && [a, b].contains(&below)
}

/// 年初预算数, 计划完成数: what was to be.
fn planned(text: &str) -> bool {
    is_name(text)
        && ["预算", "计划", "目标", "任务", "预期"].iter().any(|word| text.contains(word))
        && !done(text)
}

/// 实际支出数, 决算数: what came to be.
fn done(text: &str) -> bool {
    is_name(text) && ["实际", "决算"].iter().any(|word| text.contains(word))
}
