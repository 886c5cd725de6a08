//! A satisfaction is stated, and nothing in the submission says where it comes from. Only where the office asks for it: many
//! agencies hand in their survey apart.

use super::Facts;
use crate::model::{Entry, Finding, FindingId};
use crate::words::{self, Class};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    if facts.case.checks.limits.survey.evidence != Some(true) || !facts.case.surveys.is_empty() {
        return Vec::new();
    }
    let found = facts.indicators().filter(|(indicator, _)| indicator.is_of_satisfaction());
    let found = found.filter_map(|(indicator, _)| {
        let actual = indicator.actual.as_ref().filter(|_| indicator.states_actual())?;
        let cells = [
            Some(actual),
            indicator.situation.as_ref(),
            indicator.remark.as_ref(),
            indicator.reason.as_ref(),
        ];
        let told = |entry: &Entry| words::of(Class::Surveyed).within(&entry.shown());
        let backed = cells.into_iter().flatten().any(told);
        (!backed).then(|| {
            let message = format!(
                "“{}”填报 {}，本次提交中没有问卷或统计表，也没有写明怎样调查。",
                indicator.name,
                indicator.actual_shown()
            );
            Finding::new(FindingId::SatisfactionWithoutSurvey, actual.at.clone(), message)
        })
    });
    found.collect()
}
