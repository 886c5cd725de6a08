//! A qualitative indicator's typed score outside the band of the grade that was chosen.

use super::Facts;
use crate::model::{Finding, FindingId, State};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let outside =
        facts.indicators().filter(|(_, result)| by_person(result.state)).filter_map(|(_, result)| {
            let (band, score) = result.band.as_ref().zip(result.score)?;
            (!band.contains(score)).then(|| {
                let message = format!(
                    "“{}”为“{}”，得分应在 {} 分之间，填报 {score} 分。",
                    result.name,
                    band.grade,
                    band.interval()
                );
                Finding::new(FindingId::ScoreOutsideBand, result.cell.clone(), message)
            })
        });
    outside.collect()
}

/// Whether a person gave the score.
fn by_person(state: State) -> bool {
    matches!(state, State::Judged | State::Overridden)
}
