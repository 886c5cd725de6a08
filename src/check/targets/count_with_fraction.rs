//! What is counted in whole things has a fraction.

use crate::base::Number;
use crate::check::Facts;
use crate::check::promise::Promise;
use crate::model::{Finding, FindingId};
use crate::notation::quantity::Quantity;
use crate::notation::unit::Dimension;
use crate::words::Class;

const ID: FindingId = FindingId::CountWithFraction;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for promise in facts.promises() {
        if let Some(target) = promise.quantity().filter(|number| is_broken(&promise, number)) {
            let message = broken(&promise, "指标值", target);
            findings.push(promise.at_target(ID, message));
        }
        let actual = promise.row.actual().and_then(crate::notation::Notation::quantity);
        if let Some(actual) = actual.filter(|number| is_broken(&promise, number)) {
            let message = broken(&promise, "实际完成值", actual);
            findings.push(promise.at_actual(ID, message));
        }
    }
    findings
}

fn broken(promise: &Promise<'_>, what: &str, number: &Quantity) -> String {
    format!("“{}”的{what}是 {}{}，按个计数的不应有小数。", promise.name(), number.number, number.unit)
}

/// Whether things of a kind that come whole are counted in parts.
fn is_broken(promise: &Promise<'_>, number: &Quantity) -> bool {
    let counted = matches!(&number.unit.dimension, Dimension::Count(_));
    let whole = promise.words.of(Class::WholeThings).has(&number.unit.word);
    let plain = number.multiplier == Number::ONE && number.fraction.is_none();
    counted && whole && plain && number.number.floor() != number.number && !promise.names(Class::Averages)
}
