//! What was done over the very target: 860/900 under a target of 900户.

use crate::notation::{Notation, Quantity};
use crate::rule::Measure;

use super::{Said, Turned};

pub(super) fn turn(said: &Said) -> Option<Turned> {
    let actual = said.facts.actual.and_then(Notation::quantity)?;
    let target = said.facts.target.and_then(Notation::quantity)?;
    let (done, of) = actual.fraction?;
    let amounts = !target.unit.is_ratio() && target.fraction.is_none() && actual.sign.is_none();
    let plain = said.rule.measure == Measure::Value && said.rule.definition.is_none() && !actual.inferred;
    if !amounts || !plain || of != target.number || said.rule.speaks_of_rates() {
        return None;
    }
    Some(Turned::quantity(Quantity { number: done, sign: None, fraction: None, ..target.clone() }))
}
