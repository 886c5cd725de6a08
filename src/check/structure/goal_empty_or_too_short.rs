//! The goal of the year is blank, too short, or the project's name.

use std::collections::BTreeMap;

use crate::base::SheetId;
use crate::check::Facts;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId, Goal};

const ID: FindingId = FindingId::GoalEmptyOrTooShort;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(least) = facts.least(ID, 0) else { return Vec::new() };
    let project = facts.case.project.name.as_deref().map(normalise).unwrap_or_default();
    let mut by_sheet: BTreeMap<&SheetId, Vec<&Goal>> = BTreeMap::new();
    for goal in facts.case.goals.iter().filter(|goal| !goal.result) {
        if let Some(at) = &goal.entry.at {
            by_sheet.entry(&at.sheet).or_default().push(goal);
        }
    }
    let findings = by_sheet.values().filter_map(|goals| {
        // Of several labels (年度总体目标, 预期目标) the longest text is the goal.
        let goal = goals.iter().max_by_key(|goal| length(goal))?;
        let text = normalise(&goal.entry.shown());
        // What looks like another label, or like a figure of a table, is no goal.
        let is_label = text.ends_with("目标") || !text.contains(|c: char| c.is_alphabetic());
        // A figure says what is to be reached, however shortly.
        let says = text.contains(|c: char| c.is_ascii_digit()) || is_label;
        let message = if text.is_empty() {
            "没有填写年度总体目标。".to_owned()
        } else if text == project {
            "年度总体目标只写了项目名称。".to_owned()
        } else if length(goal) < least && !says {
            format!("年度总体目标只有“{}”，没有写明要做成什么。", goal.entry.shown().trim())
        } else {
            return None;
        };
        Some(Finding::new(ID, goal.entry.at.clone(), message))
    });
    findings.collect()
}

/// Characters that say something.
fn length(goal: &Goal) -> usize {
    goal.entry.shown().chars().filter(|c| c.is_alphanumeric()).count()
}
