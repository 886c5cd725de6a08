//! Targets that cannot be measured: a percentage on a yes/no question, or on something that is no rate.

use super::Facts;
use crate::model::{Entry, Finding, FindingId, NotMeasurable};
use crate::notation::facts::not_measurable;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.promises().filter_map(|promise| {
        let unit = promise.indicator.unit.as_ref().map(Entry::shown);
        let why = not_measurable(promise.name(), unit.as_deref(), promise.row.target()?)?;
        let shown = promise.indicator.target_shown();
        let (id, message) = match why {
            NotMeasurable::YesNoWithRate => (
                FindingId::YesNoIndicatorWithRate,
                format!("“{}”只能回答是或否，指标值却是“{shown}”。", promise.name()),
            ),
            NotMeasurable::RateOfNothing => (
                FindingId::TargetNotMeasurable,
                format!("“{}”不是比率，指标值“{shown}”无从计算。", promise.name()),
            ),
        };
        Some(promise.at_target(id, message))
    });
    findings.collect()
}
