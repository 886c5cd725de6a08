//! Two answers to whether a target will be met, or none.

use super::watched;
use crate::check::Facts;
use crate::model::{Finding, FindingId};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let finding = |one: super::Watched| {
        one.row.likelihood_at.as_ref()?;
        let answers: Vec<&str> = one.row.likelihood.iter().map(|(likely, _)| likely.name()).collect();
        let message = match answers.as_slice() {
            [_] => return None,
            [] => format!("“{}”没有填写完成目标的可能性。", one.name()),
            several => format!("“{}”同时填了{}，不能确定是哪一种。", one.name(), several.join("和")),
        };
        Some(Finding::new(FindingId::MonitoredLikelihoodUnclear, one.at_likelihood(), message))
    };
    watched(facts).into_iter().filter_map(finding).collect()
}
