//! A qualitative indicator's typed score outside the band of the grade that was chosen.

use super::Facts;
use crate::model::{Finding, FindingId, State, UNSCORED};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let outside = facts.indicators().filter_map(|(_, result)| {
        // What a reviewer put there with a reason counts all the same; what only stands in the form does not.
        let by_person = matches!(result.state, State::Judged | State::Overridden);
        let score = result.score.filter(|_| by_person).or(result.outside)?;
        let band = result.band.as_ref().filter(|band| !band.contains(score))?;
        let counts =
            if result.score.is_some() { String::new() } else { format!("，不计入总分，{UNSCORED}") };
        let message = format!(
            "“{}”为“{}”，得分应在{}分之间，填报 {score} 分{counts}。",
            result.name,
            band.grade,
            band.interval()
        );
        Some(Finding::new(FindingId::ScoreOutsideBand, result.cell.clone(), message))
    });
    outside.collect()
}
