//! How far from the target it is: 低于目标值3个百分点, 比目标多12场, 超目标5%.

use crate::base::Number;
use crate::notation::{Notation, Quantity, scan_quantity};
use crate::rule::Measure;
use crate::words::{self, Class};

use super::super::Answer;
use super::{Relevant, Said};

/// Words before the target, and those behind it: whether it lies above.
const BEFORE: [(&str, bool); 8] = [
    ("低于", false),
    ("少于", false),
    ("未达到", false),
    ("高于", true),
    ("多于", true),
    ("超过", true),
    ("超出", true),
    ("超", true),
];
const BEHIND: [(&str, bool); 12] = [
    ("低", false),
    ("少", false),
    ("减少", false),
    ("降低", false),
    ("相差", false),
    ("高", true),
    ("多", true),
    ("超出", true),
    ("超过", true),
    ("超", true),
    ("增加", true),
    ("提高", true),
];

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
    let led = |words: &[(&str, bool)], text: &str| -> Option<(bool, usize)> {
        let hit =
            words.iter().filter(|(word, _)| text.starts_with(word)).max_by_key(|(word, _)| word.len())?;
        Some((hit.1, hit.0.len()))
    };
    let (above, rest) = match led(&BEFORE, text) {
        Some((above, taken)) => (above, called.strip(text.get(taken..)?)?),
        None => {
            let rest = text.strip_prefix('比').or_else(|| text.strip_prefix('较'))?;
            let rest = called.strip(rest)?;
            let (above, taken) = led(&BEHIND, rest)?;
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
