//! A category that should describe the whole work has one declared indicator only.

use super::Facts;
use crate::model::{Finding, FindingId};

/// Categories (二级指标) that a single indicator hardly covers: the amount of work done.
const BROAD: [&str; 2] = ["数量指标", "产出数量"];

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let declared = || facts.case.declared.iter().map(|declared| &declared.indicator);
    let lonely = declared().filter(|indicator| {
        BROAD.contains(&indicator.level2.as_str())
            && declared()
                .filter(|other| other.level1 == indicator.level1 && other.level2 == indicator.level2)
                .count()
                == 1
    });
    let findings = lonely.map(|indicator| {
        let message = format!(
            "“{}”只设了“{}”一个指标，可能未覆盖项目的全部工作内容。",
            indicator.level2, indicator.name
        );
        Finding::new(FindingId::OnlyOneIndicatorInCategory, indicator.at().cloned(), message)
    });
    findings.collect()
}
