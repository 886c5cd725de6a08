//! 未按规定实施政府采购的，每发现1例扣1分: what goes wrong stands in a clause before the step that counts it.

use crate::words::list;
use winnow::error::EmptyError;

use super::each_step::each_step;
use super::one_step::one_step;
use super::{Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::condition::is_count;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, is_name};
use crate::criterion::grammar::steps::{Counts, StepClause};
use crate::criterion::grammar::words::HARM;
use crate::rule::plain_of;

pub(super) const KIND: Kind = Kind {
    name: "先写情形，再按件扣分",
    example: "因违纪违法被查处的，每人次扣1分",
    yields: "按件扣分",
    place: Place::Anywhere,
    parse: |input, _| fault_then_each(input).map(Clause::Steps),
    before: &[("每一步扣分或加分", "what stands before 的每 is what is counted, and not whose step it is")],
};

fn fault_then_each(input: &mut Input<'_>) -> Outcome<StepClause> {
    let (head, rest) = input.split_once("的，").or_else(|| behind_of(input)).ok_or(EmptyError)?;
    let noun = ["对于", "发生", "出现", "存在", "发现", "凡", "若", "如", "对", "因"]
        .iter()
        .find_map(|lead| head.strip_prefix(lead))
        .filter(|rest| is_fault(rest))
        .unwrap_or(head);
    if !is_name(noun) || !is_fault(noun) {
        return Err(EmptyError);
    }
    let mut rest = rest;
    let step = attempt(&mut rest, each_step).or_else(|| attempt(&mut rest, one_step)).ok_or(EmptyError)?;
    let counted = matches!(step.counts, Counts::Found | Counts::Open) && is_count(&step.size.unit);
    let named = step.noun.is_empty() && step.subject.is_none() && step.from.is_none();
    if !counted || !named || step.adds {
        return Err(EmptyError);
    }
    *input = rest;
    Ok(StepClause { counts: Counts::Found, noun: noun.to_owned(), ..step })
}

/// 支出手续不全的每发现1笔: no comma stands there.
fn behind_of(text: &str) -> Option<(&str, &str)> {
    let (head, _) = text.split_once("的每")?;
    Some((head, text.get(head.len().checked_add("的".len())?..)?))
}

/// 违规使用资金, 未公开: what goes wrong.
fn is_fault(text: &str) -> bool {
    let denied = plain_of(text).contains(['未', '不', '没', '无', '缺']);
    let wrong = HARM.within(text) || denied || text.starts_with(['违', '超', '漏', '错', '虚', '擅']);
    wrong && !list::RATE_SIGNS.within(text)
}
