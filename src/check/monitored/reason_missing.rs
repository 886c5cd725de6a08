//! 完全不可能, or 有可能 with less expected than was promised, and nothing that says why.

use super::watched;
use crate::check::Facts;
use crate::model::{Finding, FindingId, Likelihood};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let finding = |one: super::Watched| {
        if !one.form.asks_reasons || one.row.explained || !one.row.means.is_empty() {
            return None;
        }
        let (id, message) = match one.likely()? {
            Likelihood::Never => (
                FindingId::MonitoredFailureUnexplained,
                format!("“{}”填报“完全不可能”完成，没有说明原因。", one.name()),
            ),
            Likelihood::Maybe
                if one.expected.as_ref().and_then(|expected| one.misses(expected)) == Some(true) =>
            {
                (
                    FindingId::MonitoredDoubtUnexplained,
                    format!("“{}”全年预计达不到指标值，填报“有可能”完成，没有说明原因。", one.name()),
                )
            }
            _ => return None,
        };
        Some(Finding::new(id, one.at_likelihood(), message))
    };
    watched(facts).into_iter().filter_map(finding).collect()
}
