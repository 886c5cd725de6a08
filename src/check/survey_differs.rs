//! What the sheet says of the satisfaction against what the survey gives.

use super::Facts;
use crate::base::Number;
use crate::model::{Binding, Finding, FindingId, Indicator};
use crate::notation::Notation;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(survey) = &facts.case.survey else { return Vec::new() };
    let (satisfied, answers) = survey.tally();
    let Some(share) = Number::from(satisfied).over(Number::from(answers)) else { return Vec::new() };
    let bound = facts.scored_rows().filter(|row| row.indicator.binding == Some(Binding::Survey));
    let differing = bound.filter_map(|promise| {
        let indicator = promise.indicator;
        let stated = promise.row.actual().and_then(Notation::quantity)?.ratio()?;
        let cell = indicator.actual.as_ref().filter(|entry| !entry.is_blank())?;
        (stated.number().round(4) != share.round(4)).then(|| {
            let message = format!(
                "“{}”填报 {}，问卷 {answers} 份中 {satisfied} 份满意。",
                indicator.name,
                Indicator::actual_shown(indicator)
            );
            Finding::new(FindingId::FactHasTwoValues, cell.at.clone(), message)
        })
    });
    differing.collect()
}
