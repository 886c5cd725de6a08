//! That nobody complained is given for satisfaction.

use super::Facts;
use crate::model::{Entry, Finding, FindingId};
use crate::words::{self, Class};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let found = facts.indicators().filter(|(indicator, _)| indicator.is_of_satisfaction());
    let found = found.filter_map(|(indicator, _)| {
        let cells = [&indicator.actual, &indicator.situation, &indicator.remark, &indicator.reason];
        let says = |entry: &&Entry| {
            let text = entry.shown();
            words::of(Class::NoComplaint).within(&text) && !words::of(Class::Surveyed).within(&text)
        };
        let entry = cells.into_iter().flatten().find(says)?;
        let message = format!(
            "“{}”以没有投诉作为满意的依据：没有投诉不等于满意，没有调查得不出满意度。",
            indicator.name
        );
        Some(Finding::new(FindingId::NoComplaintAsSatisfaction, entry.at.clone(), message))
    });
    found.collect()
}
