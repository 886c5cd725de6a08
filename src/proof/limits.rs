//! Values that cannot be: rates of a whole above 100 %, scores above their points.

use super::found::{Reading, at};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = rates(reading);
    findings.extend(scores(reading));
    findings
}

/// 验收合格率达到160%.
fn rates(reading: &Reading) -> Vec<Finding> {
    let above = reading.told.iter().filter(|one| one.one.is_percent() && one.one.value > Number::from(100));
    let named = above.filter_map(|one| {
        let name = words::of(Class::RatesOfAWhole).longest_end(&one.lead)?;
        let message = format!("“{name}”写的是{}，高于100%。", one.one.shown());
        Some(reading.finding(FindingId::ReportContradictsItself, one.spot, name, message))
    });
    named.collect()
}

/// 基本运行30分，得82.5分.
fn scores(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for stated in reading.stated.iter().filter(|stated| stated.sure && !stated.in_table) {
        let Some((points, score)) = stated.points.zip(stated.score) else { continue };
        let more = words::of(Class::PointsAdded).within(&stated.passage.words);
        if score.value <= points.value || points.value.is_zero() || more {
            continue;
        }
        let message = format!("“{}”的分值为{}分，得分写的是{}分。", stated.name, points.value, score.value);
        findings.push(at(FindingId::ReportContradictsItself, stated.passage.clone(), message));
    }
    findings
}
