//! A target of the self-evaluation is not the declared one.

use super::declared_names::against;
use crate::check::Facts;
use crate::check::promise::Promise;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};
use crate::notation::quantity::Quantity;
use crate::notation::sign::Sign;
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let own = facts.own_rows();
    let (id, form) = against(facts, FindingId::TargetChangedFromDeclaration);
    let findings = facts.declared().filter_map(|(declared, result)| {
        let answer = own.get(result.matched?)?;
        let promised = Promise::read(facts.case, &declared.indicator, None);
        if !differ(promised.quantity()?, answer.quantity()?) || says_why(answer) {
            return None;
        }
        let at = declared.indicator.target.as_ref().and_then(|entry| entry.at.clone())?;
        let message = format!(
            "“{}”的指标值是“{}”，{form}（{}）是“{}”。",
            answer.name(),
            answer.shown(),
            at.cell,
            declared.indicator.target_shown()
        );
        Some(answer.at_target(id, message))
    });
    findings.collect()
}

/// Whether two targets promise something else for certain. A sign that one of them does not write is no difference.
fn differ(one: &Quantity, other: &Quantity) -> bool {
    let bare = one.unit.is_bare() || other.unit.is_bare();
    let numbers = if bare { one.number != other.number } else { one.in_base() != other.in_base() };
    let comparable = bare || one.unit.comparable(&other.unit);
    let turned =
        |a: Option<Sign>, b: Option<Sign>| a.is_some_and(Sign::is_floor) && b.is_some_and(Sign::is_cap);
    numbers || !comparable || turned(one.sign, other.sign) || turned(other.sign, one.sign)
}

/// Whether an adjustment is spoken of, or stands in a column of its own.
fn says_why(row: &Promise<'_>) -> bool {
    let says =
        |entry: &crate::model::Entry| row.words.of(Class::BudgetChanges).within(&normalise(&entry.shown()));
    let cells = [&row.indicator.reason, &row.indicator.remark];
    row.indicator.other_target.is_some() || cells.into_iter().flatten().any(says)
}
