//! What was planned beside what was done: 计划120场，实际完成96场; 应公示6个，已公示4个.

use crate::base::Number;
use crate::notation::{Notation, Quantity};
use crate::rule::Measure;
use crate::words::{self, Class, list};

use super::super::super::Refusal;
use super::super::Answer;
use super::super::parts::{AnswerPart, parts};
use super::{Relevant, Said};

const HINT: &str = "请核对计划数，只写实际完成的数；或由评审人员打分。";

/// A number with what it is a number of.
struct Sorted {
    planned: bool,
    amount: Quantity,
    /// What was to be done, or was, with the words behind the number.
    of: String,
    /// The words before the number alone.
    act: String,
}

pub(super) fn turn(said: &Said) -> Result<Option<Relevant>, Refusal> {
    // 办结11项 where what is not 办结 counts.
    let undone = match &said.rule.measure {
        Measure::Count(asked) => asked.rsplit_once('未').map(|(_, act)| act).unwrap_or_default(),
        _ => "",
    };
    let sorted: Option<Vec<Sorted>> =
        parts(&said.text).and_then(|parts| parts.iter().map(|part| sorted(part, undone)).collect());
    let (plan, done) = match sorted.as_deref() {
        Some([a, b]) if a.planned && !b.planned => (a, b),
        Some([a, b]) if b.planned && !a.planned => (b, a),
        _ => return Ok(None),
    };
    let alike = |a: &str, b: &str| a.starts_with(b) || b.starts_with(a);
    // 应整改14个问题，已整改到位12个: the act is the same.
    let act = !undone.is_empty() && !plan.act.is_empty() && alike(&plan.act, &done.act);
    let same = alike(&plan.of, &done.of) || act;
    let units = plan.amount.unit.comparable(&done.amount.unit);
    if !same || !units {
        return Ok(None);
    }
    if matches!(said.rule.measure, Measure::Count(_) | Measure::Missing) {
        let target = said.facts.target.and_then(Notation::quantity);
        let other = |t: &&Quantity| {
            !t.number.is_zero()
                && t.unit.comparable(&plan.amount.unit)
                && t.in_base() != plan.amount.in_base()
        };
        if target.as_ref().is_some_and(other) {
            return differs(said, plan);
        }
    }
    match &said.rule.measure {
        Measure::Count(_) => {
            let act = match (done.act.is_empty(), done.of.is_empty()) {
                (false, _) => &done.act,
                (true, false) => &done.of,
                (true, true) => &plan.of,
            };
            Ok(left(plan, done).filter(|_| !undone.is_empty() && undone == act))
        }
        Measure::Missing => Ok(left(plan, done)),
        Measure::Lateness(_) | Measure::Deviation { .. } => Ok(None),
        Measure::Value => value(said, plan, done),
    }
}

/// What was done of a plan that is the target.
fn value(said: &Said, plan: &Sorted, done: &Sorted) -> Result<Option<Relevant>, Refusal> {
    let target = said.facts.target.and_then(Notation::quantity);
    let Some(target) = target.filter(|t| !t.unit.is_ratio() && t.fraction.is_none()) else { return Ok(None) };
    if said.rule.definition.is_some() && !said.rule.forms_share("完成率", said.facts) {
        return Ok(None);
    }
    let of = if done.of.is_empty() { &plan.of } else { &done.of };
    let known = of.is_empty()
        || said.names().any(|name| name.contains(of.as_str()))
        || said.facts.target_text.contains(of.as_str())
        || said.rule.all_words().contains(of.as_str());
    if !known {
        return Ok(None);
    }
    if !target.unit.comparable(&plan.amount.unit) || target.in_base() != plan.amount.in_base() {
        return differs(said, plan);
    }
    Ok(Some(Relevant::quantity(done.amount.clone())))
}

/// The plan is not the target.
fn differs<T>(said: &Said, plan: &Sorted) -> Result<T, Refusal> {
    let stated = format!("{}{}", plan.amount.number, plan.amount.unit.word);
    let target = said.facts.target_text.trim();
    said.refuse(format!("写明的计划数“{stated}”与指标值“{target}”不同，无法确定以哪个为准"), HINT)
}

/// What is left of the plan.
fn left(plan: &Sorted, done: &Sorted) -> Option<Relevant> {
    let (a, b) = (plan.amount.in_base()?, done.amount.in_base()?);
    let number = a.minus(b)?.over(plan.amount.unit.factor).filter(|left| !left.is_negative())?;
    let none = || Answer::of(Notation::NothingFound);
    let some = || Answer::number(Quantity { number, ..plan.amount.clone() });
    Some(Relevant::answer(if number == Number::ZERO { none() } else { some() }))
}

fn sorted(part: &AnswerPart, undone: &str) -> Option<Sorted> {
    let amount = part.amount.clone().filter(|amount| amount.sign.is_none())?;
    let label = part.before.trim_end_matches([':', '为', '了', '共', '到']);
    let label = if label.is_empty() { part.before.as_str() } else { label };
    let strip = |class: Class| words::of(class).strip(label);
    let due = || strip(Class::HandedOver).filter(|_| !undone.is_empty());
    let (planned, rest) = match (strip(Class::Planned).or_else(due), strip(Class::Performed)) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) if !undone.is_empty() && label == undone => (false, label),
        (None, None) => return None,
    };
    let rest = if planned { rest } else { words::of(Class::Performed).strip(rest).unwrap_or(rest) };
    let rest = if planned { words::of(Class::Performed).strip(rest).unwrap_or(rest) } else { rest };
    let of = format!("{rest}{}", part.after);
    (!list::DENIAL_SIGNS.within(&of)).then(|| Sorted { planned, amount, of, act: rest.to_owned() })
}
