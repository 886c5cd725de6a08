//! What the sheet says of the satisfaction against what the survey gives by the measure that is meant.

use super::Facts;
use crate::model::satisfaction::percent;
use crate::model::{Finding, FindingId, Indicator};
use crate::notation::Notation;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let differing = facts.scored_rows().filter_map(|promise| {
        let indicator = promise.indicator;
        let measure = indicator.satisfaction.as_ref()?.measure()?;
        let stated = promise.row.actual().and_then(Notation::quantity)?.ratio()?.number();
        let cell = indicator.actual.as_ref().filter(|_| indicator.states_actual())?;
        measure.differs_from(stated).then(|| {
            let sheets = measure.parts.iter().filter_map(|part| facts.case.surveys.get(part.survey));
            let mut sheets: Vec<String> = sheets.map(|survey| format!("“{}”", survey.sheet)).collect();
            sheets.dedup();
            let from = sheets.concat();
            let (name, share) = (&measure.name, percent(measure.share));
            let counted = measure.written.contains('/').then(|| format!("（{}）", measure.written));
            let waits = promise.result.is_some_and(|result| result.waits_for_survey);
            let waits = if waits { "两者得分不同，核对前不定分。" } else { "" };
            let message = format!(
                "“{}”填报 {}，问卷{from}{name}计 {share}{}。{waits}",
                indicator.name,
                Indicator::actual_shown(indicator),
                counted.unwrap_or_default()
            );
            Finding::new(FindingId::SurveyDiffers, cell.at.clone(), message)
        })
    });
    differing.collect()
}
