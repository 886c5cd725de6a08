//! 确定能, and nothing done yet.

use super::{by_when, watched};
use crate::check::Facts;
use crate::model::{Finding, FindingId, Likelihood};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let sure = watched(facts).into_iter().filter(|one| {
        let nothing = one.progress.as_ref().is_some_and(|done| done.number.is_zero());
        let asked = one.target.as_ref().is_some_and(|target| !target.number.is_zero());
        one.likely() == Some(Likelihood::Sure)
            && one.cap == Some(false)
            && nothing
            && asked
            && !one.row.explained
    });
    let finding = |one: super::Watched| {
        let message = format!(
            "“{}”填报“确定能”完成，但{}完成值为0，请补充后续安排。",
            one.name(),
            by_when(facts, one.form)
        );
        one.find(FindingId::MonitoredSureWithoutProgress, one.row.progress.as_ref(), message)
    };
    sure.map(finding).collect()
}
