//! So many, and how much for each of them: 培训4期，每期185人次; 带动120户，户均增收2.25万元.

use crate::notation::{Notation, Quantity, scan_quantity};
use crate::rule::Measure;
use crate::words::{self, Class, list};

use super::super::parts::parts;
use super::named::says_otherwise;
use super::{Relevant, Said};

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    let target = said.facts.target.and_then(Notation::quantity).filter(|t| t.fraction.is_none())?;
    let mean = words::of(Class::ForEach);
    let each = said.names().any(|name| mean.within(name) || name.contains('每'));
    if said.rule.measure != Measure::Value || !said.rule.states.is_empty() || each {
        return None;
    }
    let (many, of_each) = cut(&said.text)?;
    let found = parts(&many)?;
    let [count] = found.as_slice() else { return None };
    let number = count.amount.as_ref().filter(|q| q.sign.is_none() && q.unit.dimension.is_of_things())?;
    let rest = of_each.strip_prefix(number.unit.word.as_str())?;
    let at = rest.find(|c: char| c.is_ascii_digit())?;
    let (label, figure) = rest.split_at_checked(at)?;
    let (amount, taken) = scan_quantity(figure)?;
    let known = said.known();
    let own = |label: &str| {
        let bare = list::DEEDS.trim_start(label);
        (bare.is_empty() || (bare.chars().nth(1).is_some() && known.contains(bare))) && !says_otherwise(label)
    };
    let plain = taken == figure.len()
        && amount.sign.is_none()
        && amount.fraction.is_none()
        && amount.unit.comparable(&target.unit)
        && !amount.unit.is_ratio();
    let told = plain && count.after.is_empty() && own(&count.before) && own(label);
    let all = amount.number.times(number.in_base()?).filter(|_| told)?;
    Some(Relevant::quantity(Quantity { number: all, sign: None, ..amount }))
}

/// 培训4期 and 期185人次: how many, and what is said of each.
fn cut(text: &str) -> Option<(String, String)> {
    let each = list::MEANS_OF.iter().find_map(|mean| {
        let (many, rest) = text.split_once(mean)?;
        let thing = mean.chars().next()?;
        Some((many, format!("{thing}{rest}")))
    });
    let (many, rest) = match each {
        Some(found) => found,
        None => text.split_once("每").map(|(many, rest)| (many, rest.to_owned()))?,
    };
    let many = many.trim_end_matches('，').to_owned();
    (!many.is_empty() && !rest.contains('，')).then_some((many, rest))
}
