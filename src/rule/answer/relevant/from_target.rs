//! How far from the target it is: 低于目标值3个百分点, 比目标多12场, 超目标5%.

use crate::base::Number;
use crate::notation::{Notation, Quantity, scan_quantity};
use crate::rule::Measure;
use crate::words::{self, Class, Senses, list};

use super::super::Answer;
use super::{Relevant, Said};

/// Words before the target, and those behind it: whether it lies above.
const BEFORE: Senses<bool> = Senses::new(&[(list::BELOW_TARGET, false), (list::ABOVE_TARGET, true)]);
const BEHIND: Senses<bool> = Senses::new(&[(list::TARGET_AND_LESS, false), (list::TARGET_AND_MORE, true)]);

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    stated(said).map(|number| Relevant::answer(Answer::number(number)))
}

fn stated(said: &Said) -> Option<Quantity> {
    if said.rule.measure != Measure::Value {
        return None;
    }
    let target = said.facts.target.and_then(Notation::quantity).filter(|t| t.fraction.is_none())?;
    let called = words::of(Class::TargetCalled);
    let text = said.text.as_str();
    let (above, rest) = match BEFORE.longest(text) {
        Some((above, taken)) => (above, called.strip(text.get(taken..)?)?),
        None => {
            let rest = text.strip_prefix('比').or_else(|| text.strip_prefix('较'))?;
            let rest = called.strip(rest)?;
            let (above, taken) = BEHIND.longest(rest)?;
            (above, rest.get(taken..)?)
        }
    };
    let rest = rest.strip_prefix('了').unwrap_or(rest);
    let (by, taken) = scan_quantity(rest)?;
    if taken != rest.len() || by.sign.is_some() || by.fraction.is_some() {
        return None;
    }
    let from = target.in_base()?;
    let step = match (by.unit.is_ratio(), target.unit.is_ratio()) {
        // Of a rate 5% may be a share of it.
        (true, true) if !by.unit.word.contains("点") => return None,
        (true, false) => from.times(by.in_base()?)?,
        _ if by.unit.comparable(&target.unit) => by.in_base()?,
        _ => return None,
    };
    let to = if above { from.plus(step)? } else { from.minus(step)? };
    let number = to.over(target.unit.factor).filter(|n| *n >= Number::ZERO)?;
    Some(Quantity { sign: None, number, ..target.clone() })
}
