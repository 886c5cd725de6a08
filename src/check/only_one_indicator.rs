//! A category that should describe the whole work has one declared indicator only.

use super::Facts;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let declared = || facts.case.declared.iter().map(|declared| &declared.indicator);
    let lonely = declared().filter(|indicator| {
        facts.case.checks.limits.broad_categories.contains(&normalise(&indicator.level2))
            && declared()
                .filter(|other| other.level1 == indicator.level1 && other.level2 == indicator.level2)
                .count()
                == 1
    });
    let findings = lonely.map(|indicator| {
        let message = format!("“{}”只设了“{}”一个指标。", indicator.level2, indicator.name);
        Finding::new(FindingId::OnlyOneIndicatorInCategory, indicator.at().cloned(), message)
    });
    findings.collect()
}
