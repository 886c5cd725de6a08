//! What the target is called: 目标值, 计划长度, 改造任务.

use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::criterion::grammar::scan::{Input, Outcome, attempt, denies, is_name, word};
use crate::criterion::grammar::words::{BY, MEASURES, TARGET};
use crate::words::Class;

pub(super) fn target(input: &mut Input<'_>) -> Outcome<()> {
    let name = word(TARGET).parse_next(input)?;
    // 计划长度
    if (name.ends_with("计划") || name.ends_with("目标")) && attempt(input, word(MEASURES)).is_none() {
        attempt(input, of_a_thing);
    }
    Ok(())
}

/// 建设周期 of 计划建设周期: whose measure it is.
fn of_a_thing(input: &mut Input<'_>) -> Outcome<()> {
    for (at, _) in input.char_indices().skip(1).take(MAX_TASK) {
        let (name, mut rest) = input.split_at_checked(at).ok_or(EmptyError)?;
        if attempt(&mut rest, word(MEASURES)).is_some() {
            let plain = is_name(name) && !denies(name) && !name.contains('的') && !BY.within(name);
            *input = rest;
            return if plain { Ok(()) } else { Err(EmptyError) };
        }
    }
    Err(EmptyError)
}

/// 改造任务, 年度建设任务, 培训计划: what is to be done, by its name.
pub(super) fn task(input: &mut Input<'_>) -> Outcome<()> {
    const PARTS: [&str; 8] = ["部分", "基本", "主要", "多数", "大半", "一半", "阶段", "其他"];
    let end = crate::words::of(Class::PromisedTerms).find(input).map(|(at, _)| at).ok_or(EmptyError)?;
    let name = input.get(..end).filter(|name| is_name(name)).ok_or(EmptyError)?;
    // 达不到目标 is no 达 of a thing that is called 不到目标.
    // 未达到的按实际值占目标值的比例计分 goes on to say how points are found.
    let denied = denies(name) || name.contains(['到', '于']) || name.starts_with('的') || name.contains('按');
    if denied || name.chars().count() > MAX_TASK || PARTS.iter().any(|part| name.contains(part)) {
        return Err(EmptyError);
    }
    *input = input.get(end..).ok_or(EmptyError)?;
    target(input)?;
    if input.is_empty() || input.starts_with(['的', '，', '得', '计', '记', '不']) {
        Ok(())
    } else {
        Err(EmptyError)
    }
}

/// Names of tasks are short.
pub(super) const MAX_TASK: usize = 6;
