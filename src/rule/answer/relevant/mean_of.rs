//! A mean of numbers that are all listed: 四个季度得分分别为92、88、85、83 under 平均得分.

use crate::base::Number;
use crate::notation::{Notation, Quantity, scan_number, scan_quantity};
use crate::rule::Measure;

use super::super::Answer;
use super::{Relevant, Said};
use crate::words::list;

/// More numbers are no list of a form.
const MOST: usize = 12;

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    if said.rule.measure != Measure::Value || said.facts.actual.is_some() {
        return None;
    }
    let asked = said.names().any(|name| list::MEAN_SIGNS.within(name));
    let (lead, listed) = said.text.split_once("分别").filter(|_| asked)?;
    let listed = list::BEFORE_FIGURES.strip(listed).unwrap_or(listed);
    let parts: Vec<&str> = listed.split(['、', '，']).collect();
    let unit = said.facts.target.and_then(Notation::unit)?;
    let number = |text: &&str| -> Option<Number> {
        let (amount, taken) = scan_quantity(text)?;
        let own = amount.unit.is_bare() || amount.unit.comparable(unit);
        (taken == text.len() && amount.sign.is_none() && own).then_some(amount.number)
    };
    let numbers: Vec<Number> = parts.iter().map(number).collect::<Option<_>>()?;
    if numbers.len() < 2 || numbers.len() > MOST {
        return None;
    }
    // 四个季度: as many as are listed.
    let counted = lead.char_indices().find_map(|(at, _)| {
        let rest = lead.get(at..)?;
        let (number, _) = scan_number(rest).or_else(|| crate::notation::scan_numeral(rest))?;
        Some(number.value)
    });
    let count = Number::from(u32::try_from(numbers.len()).ok()?);
    let plain = counted.is_none_or(|counted| counted == count) && !list::NEGATIONS.within(lead);
    let mean = Number::sum(numbers.iter().copied())?.over(count).filter(|_| plain)?;
    Some(Relevant::answer(Answer::number(Quantity::new(mean, unit.clone()))))
}
