//! A goal is written as what was done.

use crate::check::Facts;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let words = facts.case.words.of(Class::GoalsAsResults);
    let findings = facts.case.goals.iter().filter(|goal| !goal.result).filter_map(|goal| {
        // 完成了解企业需求 is to be done.
        let text = normalise(&goal.entry.shown()).replace("了解", "");
        let (_, said) = words.find(&text)?;
        let message = format!("年度总体目标写的是“{said}……”，是完成情况，不是目标。");
        Some(Finding::new(FindingId::GoalInPastTense, goal.entry.at.clone(), message))
    });
    findings.collect()
}
