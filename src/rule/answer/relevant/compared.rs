//! What a figure is beside last year's, where no change is asked for: 满意度88%，较上年提高2个百分点; and a figure that is told only
//! so: 较上年的86%提高3个百分点.

use crate::notation::{Quantity, scan_quantity};
use crate::rule::{Award, Measure};
use crate::words::{self, Class, list};

use super::super::Answer;
use super::years::compares;
use super::{Relevant, Said};

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    let steps = || said.rule.all_awards().any(|award| matches!(award, Award::Steps(_)));
    let apt = match said.rule.measure {
        // 每提高1个百分点得1分: the change may be what is asked for.
        Measure::Value => !said.rule.bands.is_empty() || !steps(),
        Measure::Count(_) | Measure::Missing => true,
        Measure::Lateness(_) | Measure::Deviation { .. } => false,
    };
    if !apt || !said.rule.states.is_empty() || said.is_of_days() || compares(said) {
        return None;
    }
    let of_value = said.rule.measure == Measure::Value;
    without(said).map(Relevant::Text).or_else(|| {
        let level = level(&said.text).filter(|_| of_value)?;
        Some(Relevant::answer(Answer::number(level)))
    })
}

/// The only other clause with a figure.
fn without(said: &Said) -> Option<String> {
    let clauses = said.clauses();
    let (beside, own): (Vec<&str>, Vec<&str>) = clauses.iter().partition(|clause| compares_itself(clause));
    match own.as_slice() {
        [own] if !beside.is_empty() && own.contains(|c: char| c.is_ascii_digit()) => Some((*own).to_owned()),
        _ => None,
    }
}

/// 较上年提高2个百分点, 与上年持平
fn compares_itself(clause: &str) -> bool {
    let Some(rest) = words::of(Class::ChangedSince).strip(clause) else {
        return clause.starts_with('与')
            && words::of(Class::LastYears).within(clause)
            && words::of(Class::Unchanged).ends(clause);
    };
    if words::of(Class::Unchanged).has(rest) {
        return true;
    }
    let moved = |class: Class| words::of(class).strip(rest);
    let Some(by) = moved(Class::Risen).or_else(|| moved(Class::Fallen)) else { return false };
    let by = by.strip_prefix('了').unwrap_or(by);
    scan_quantity(by).is_some_and(|(amount, taken)| taken == by.len() && amount.sign.is_none())
}

/// 较上年的86%提高3个百分点: the one and the other together.
fn level(text: &str) -> Option<Quantity> {
    let rest = list::BESIDE_WHICH.strip(text)?;
    let rest = words::of(Class::LastYears).strip(rest)?.trim_start_matches('的').trim_start_matches('(');
    let (from, taken) = scan_quantity(rest)?;
    let rest =
        rest.get(taken..)?.trim_start_matches(')').trim_start_matches('的').trim_start_matches("基础上");
    let moved = |class: Class| words::of(class).strip(rest);
    let (by, up) = match (moved(Class::Risen), moved(Class::Fallen)) {
        (Some(by), None) => (by, true),
        (None, Some(by)) => (by, false),
        _ => return None,
    };
    let by = by.strip_prefix('了').unwrap_or(by);
    let (step, taken) = scan_quantity(by)?;
    let plain = |q: &Quantity| q.sign.is_none() && q.fraction.is_none();
    // Of a rate 3% may be a share of it.
    let same = if from.unit.is_ratio() {
        step.unit.is_ratio() && list::POINT_SIGNS.within(&step.unit.word)
    } else {
        step.unit.comparable(&from.unit) && !from.unit.is_bare()
    };
    if taken != by.len() || !same || !plain(&from) || !plain(&step) {
        return None;
    }
    let (a, b) = (from.in_base()?, step.in_base()?);
    let to = if up { a.plus(b)? } else { a.minus(b)? };
    let number = to.over(from.unit.factor).filter(|number| !number.is_negative())?;
    Some(Quantity { number, ..from })
}
