//! What was allowed beside what was spent, where the form names no amount: 批复概算820万元，结算金额861万元.

use crate::notation::{Notation, Quantity};
use crate::rule::{Measure, Point};
use crate::words::{self, Class};

use super::super::parts::{Part, parts};
use super::{Said, Turned};

pub(super) fn turn(said: &Said) -> Option<Turned> {
    let relative = said.rule.measure == Measure::Value
        && said.rule.states.is_empty()
        && said.rule.points().all(|at| matches!(at, Point::Target | Point::Beyond(..) | Point::OfTarget(_)))
        && said.rule.all_words().contains('超');
    let found = parts(&said.text)?;
    let [a, b] = found.as_slice() else { return None };
    let (allowed, spent) = match (is_allowed(a), is_allowed(b)) {
        (true, false) => (amount(a)?, amount(b).filter(|_| is_spent(b))?),
        (false, true) => (amount(b)?, amount(a).filter(|_| is_spent(a))?),
        _ => return None,
    };
    let same = match said.facts.target.and_then(Notation::quantity) {
        Some(target) => target.fraction.is_none() && target.in_base() == allowed.in_base(),
        None => words::of(Class::NotOverspent).has(said.facts.target_text.trim()),
    };
    (relative && same && !allowed.number.is_zero())
        .then(|| Turned::Against { actual: Box::new(spent), target: Box::new(allowed) })
}

/// An amount of money.
fn amount(part: &Part) -> Option<Quantity> {
    let plain = part.after.is_empty();
    part.amount.clone().filter(|amount| plain && amount.unit.is_money() && amount.sign.is_none())
}

/// 批复概算, 合同价, 预算: what was allowed.
fn is_allowed(part: &Part) -> bool {
    let label = part.before.trim_end_matches([':', '为']);
    ["概算", "预算", "预算数", "合同价", "合同金额", "控制价", "控制数", "批复金额", "批复投资"]
        .iter()
        .any(|end| label.ends_with(end))
}

/// 结算金额, 实际支出: what came of it.
fn is_spent(part: &Part) -> bool {
    let label = part.before.trim_end_matches([':', '为']);
    ["结算", "决算", "实际", "支出"].iter().any(|word| label.contains(word))
        && !words::of(Class::Hoped).within(label)
        && !words::of(Class::Negations).within(label)
}
