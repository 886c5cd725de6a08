//! Every actual equals its target.

use crate::check::Facts;
use crate::check::promise::Promise;
use crate::model::{Finding, FindingId, FormKind};
use crate::words::Class;

const ID: FindingId = FindingId::ActualsAllEqualTargets;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(least) = facts.least(ID, 0) else { return Vec::new() };
    let rows = facts.own_rows();
    let numbers: Vec<&Promise<'_>> = rows.iter().filter(|row| row.quantity().is_some()).collect();
    let paid = numbers.iter().any(|row| row.names(Class::RowsOfMoneyOnly));
    if numbers.len() < least || paid || !numbers.iter().all(|row| is_equal(row)) {
        return Vec::new();
    }
    let message = format!("{} 个定量指标的实际完成值都与指标值相等，请核实。", numbers.len());
    vec![Finding::new(ID, facts.form_at(FormKind::SelfEvaluation), message)]
}

fn is_equal(row: &Promise<'_>) -> bool {
    let actual = row.row.actual().and_then(crate::notation::Notation::quantity);
    row.quantity().zip(actual).is_some_and(|(target, actual)| {
        target.unit.comparable(&actual.unit) && target.in_base() == actual.in_base()
    })
}
