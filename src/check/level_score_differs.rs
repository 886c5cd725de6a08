//! A typed score of a level 2 in the score summary against the sum of its indicators' scores.

use super::Facts;
use crate::base::Score;
use crate::model::{Finding, FindingId};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let Some((summary, card)) = facts.case.summary.as_ref().zip(facts.scorecard) else { return Vec::new() };
    let differing = summary.rows.iter().filter_map(|row| {
        let level = row.matches(&card.levels)?;
        let stated = Score::new(row.score.number()?.get());
        (level.complete && stated != level.score).then(|| {
            let message =
                format!("“{}”填报 {stated} 分，其三级指标得分合计 {} 分。", row.level2, level.score);
            Finding::new(FindingId::LevelScoreDiffers, row.score.at.clone(), message)
        })
    });
    differing.collect()
}
