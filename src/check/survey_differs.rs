//! What the sheet says of the satisfaction against what the survey gives by the measure that is meant.

use super::Facts;
use crate::base::Number;
use crate::model::survey::percent;
use crate::model::{Finding, FindingId, Indicator};
use crate::notation::Notation;

/// Places of a share that is stated without a percent sign.
const PLACES: u32 = 4;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let differing = facts.scored_rows().filter_map(|promise| {
        let indicator = promise.indicator;
        let measure = indicator.satisfaction.as_ref()?.measure()?;
        let stated = promise.row.actual().and_then(Notation::quantity)?.ratio()?.number();
        let cell = indicator.actual.as_ref().filter(|entry| !entry.is_blank())?;
        differs(stated, measure.share).then(|| {
            let (name, share) = (&measure.name, percent(measure.share));
            let counted = measure.written.contains('/').then(|| format!("（{}）", measure.written));
            let message = format!(
                "“{}”填报 {}，问卷{name}计 {share}{}。",
                indicator.name,
                Indicator::actual_shown(indicator),
                counted.unwrap_or_default()
            );
            Finding::new(FindingId::FactHasTwoValues, cell.at.clone(), message)
        })
    });
    differing.collect()
}

/// Whether a stated share is another, to the places that it is stated with.
pub(super) fn differs(stated: Number, share: Number) -> bool {
    let digits = stated.to_string();
    let places = digits.split_once('.').map_or(0, |(_, behind)| behind.len());
    let places = u32::try_from(places).unwrap_or(PLACES).clamp(2, PLACES);
    stated.round(places) != share.round(places)
}
