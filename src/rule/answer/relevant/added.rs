//! What was added, where that is asked for: 床位由300张增加到380张 under 新增床位, 新增20家，注销4家 under 净增企业.

use crate::notation::{Notation, Quantity};
use crate::rule::{IndicatorFacts, Measure};
use crate::words::{self, Class, list};

use super::super::Answer;
use super::super::from_to;
use super::super::parts::parts;
use super::{Relevant, Said};

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    if said.rule.measure != Measure::Value || !said.rule.states.is_empty() {
        return None;
    }
    let found = stated(&said.text, said.facts).or_else(|| net(said))?;
    Some(Relevant::answer(Answer::number(found)))
}

/// By how much it rose from one number to the other.
pub(in crate::rule::answer) fn stated(text: &str, facts: &IndicatorFacts) -> Option<Quantity> {
    let name = facts.indicator.trim();
    let (before, _) =
        list::ADDED_NAMES.begins(name).then(|| text.split_once(|c: char| list::FROM_SIGNS.has_char(c)))??;
    let thing = before.chars().count() <= MAX_NOUN
        && before.chars().all(char::is_alphabetic)
        && !words::of(Class::Negations).within(before)
        && !words::of(Class::Hoped).within(before);
    let (from, to) = from_to::from_number_to(text.get(before.len()..)?)?;
    let same = from.unit.word == to.unit.word && !from.unit.is_ratio() && !from.unit.is_bare();
    let target = facts.target.and_then(Notation::unit)?;
    let fits = same && from.fraction.is_none() && to.fraction.is_none() && target.comparable(&to.unit);
    let number = to.number.minus(from.number).filter(|by| thing && fits && !by.is_negative())?;
    Some(Quantity { number, ..to })
}

/// Names of what rose are short.
const MAX_NOUN: usize = 8;

/// What was added without what was taken back, where the form asks for the net.
fn net(said: &Said) -> Option<Quantity> {
    let name = said.facts.indicator.trim();
    if !name.starts_with('净') {
        return None;
    }
    let found = parts(&said.text)?;
    let [more, less] = found.as_slice() else { return None };
    let (a, b) = (more.amount.clone()?, less.amount.clone()?);
    let plain = |q: &Quantity| q.sign.is_none() && q.fraction.is_none() && !q.unit.is_ratio();
    let added = list::ADDED_NAMES.begins(&more.before) && !more.before.starts_with('净');
    let thing = words::of(Class::TakenBack).strip(&less.before);
    let taken = thing.is_some_and(|thing| thing.is_empty() || name.contains(thing));
    let target = said.facts.target.and_then(Notation::unit)?;
    let same = a.unit.word == b.unit.word && target.comparable(&a.unit);
    let none = more.after.is_empty() && less.after.is_empty();
    let number = a.number.minus(b.number)?;
    (added && taken && same && none && plain(&a) && plain(&b)).then_some(Quantity { number, ..a })
}
