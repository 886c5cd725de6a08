//! Both the target and the cell of units say percent.

use crate::check::Facts;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.promises().filter_map(|promise| {
        let (target, unit) = (promise.indicator.target.as_ref()?, promise.indicator.unit.as_ref()?);
        let says = |text: String| normalise(&text).ends_with('%');
        (says(target.shown()) && normalise(&unit.shown()) == "%").then(|| {
            let shown = target.shown();
            let message =
                format!("“{}”的指标值“{}”已有百分号，计量单位一栏又写“%”。", promise.name(), shown.trim());
            promise.at_target(FindingId::PercentTwice, message)
        })
    });
    findings.collect()
}
