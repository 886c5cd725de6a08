//! The goal speaks of another year than the form.

use std::collections::BTreeSet;

use crate::check::Facts;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(year) = facts.case.project.year else { return Vec::new() };
    let findings = facts.case.goals.iter().filter_map(|goal| {
        let text = normalise(&goal.entry.shown());
        let years = years(&text);
        let [only] = years.iter().copied().collect::<Vec<_>>()[..] else { return None };
        let carried = facts.case.words.of(Class::MultiYearWords).within(&text);
        (only != year && !carried).then(|| {
            let message = format!("表的年度是 {year} 年，这里写的是 {only} 年。");
            Finding::new(FindingId::YearMismatch, goal.entry.at.clone(), message)
        })
    });
    findings.collect()
}

/// The years that a text names before 年. Numbers of documents have brackets.
fn years(text: &str) -> BTreeSet<i16> {
    let before = text.match_indices('年').filter_map(|(at, _)| {
        let head = text.get(..at)?;
        let digits = head.get(head.trim_end_matches(|c: char| c.is_ascii_digit()).len()..)?;
        digits.parse::<i16>().ok().filter(|year| digits.len() == 4 && (1990..=2100).contains(year))
    });
    before.collect()
}
