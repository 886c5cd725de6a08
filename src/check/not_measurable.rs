//! Declared targets that cannot be measured: a percentage on a yes/no question, or on something that is no rate.

use super::Facts;
use crate::model::{Finding, FindingId, NotMeasurable};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.declared().filter_map(|(declared, result)| {
        let indicator = &declared.indicator;
        let target = indicator.target.as_ref()?;
        let shown = indicator.target_shown();
        let (id, message) = match result.why? {
            NotMeasurable::YesNoWithRate => (
                FindingId::YesNoIndicatorWithRate,
                format!("“{}”只能回答是或否，指标值却是“{shown}”。", indicator.name),
            ),
            NotMeasurable::RateOfNothing => (
                FindingId::TargetNotMeasurable,
                format!("“{}”不是比率，指标值“{shown}”无从计算。", indicator.name),
            ),
        };
        Some(Finding::new(id, target.at.clone(), message))
    });
    findings.collect()
}
