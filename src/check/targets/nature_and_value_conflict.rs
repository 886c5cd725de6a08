//! The sign or kind of an indicator contradicts its target.

use crate::check::Facts;
use crate::check::promise::Promise;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};
use crate::notation::scan_sign;
use crate::notation::sign::Sign;
use crate::sheet::Value;
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.promises().filter_map(|promise| {
        let nature = normalise(&promise.indicator.target_sign.as_ref()?.shown());
        let target = promise.indicator.target.as_ref()?;
        let shown = target.shown();
        let message = if promise.words.of(Class::QualitativeNatures).has(&nature) {
            let number = matches!(target.cell.value, Value::Number(_)) && promise.quantity().is_some();
            number.then(|| format!("“{}”的指标性质是“{nature}”，指标值“{shown}”却是数。", promise.name()))
        } else {
            (is_quantitative(&promise, &nature) && promise.target_in_words().is_some())
                .then(|| format!("“{}”的指标性质是“{nature}”，指标值“{shown}”却没有数。", promise.name()))
        };
        Some(promise.at_target(FindingId::NatureAndValueConflict, message?))
    });
    findings.collect()
}

/// Whether a nature is that of numbers. `=` stands before words, too (`=是`).
fn is_quantitative(promise: &Promise<'_>, nature: &str) -> bool {
    let sign = scan_sign(nature).filter(|(_, taken)| *taken == nature.len()).map(|(sign, _)| sign);
    sign.is_some_and(|sign| sign != Sign::Equal) || promise.words.of(Class::QuantitativeNatures).has(nature)
}
