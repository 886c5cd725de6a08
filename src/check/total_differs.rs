//! A typed total against the sum of the computed scores.

use super::Facts;
use crate::base::Score;
use crate::model::{Entry, Finding, FindingId};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let Some((form, card)) = facts.scored() else { return Vec::new() };
    if !card.total.complete {
        return Vec::new();
    }
    let summary = facts.case.summary.as_ref().and_then(|summary| summary.total.score.as_ref());
    let cells = [form.total.stated_score.as_ref(), form.total.score.as_ref(), summary];
    cells.into_iter().flatten().filter_map(|entry| finding(entry, facts, card.total.score)).collect()
}

fn finding(entry: &Entry, facts: &Facts, total: Score) -> Option<Finding> {
    let stated = Score::new(entry.number()?.get());
    if stated == total {
        return None;
    }
    let rows = Score::sum(facts.scorecard?.indicators.iter().filter_map(|i| i.stated));
    let rows = rows.filter(|rows| !rows.is_zero() && *rows != total && *rows != stated);
    let rows = rows.map(|rows| format!("（各项填报得分合计 {rows} 分）")).unwrap_or_default();
    let message = format!("填报总分 {stated} 分，按各项得分计算应为 {total} 分{rows}。");
    Some(Finding::new(FindingId::TotalDiffers, entry.at.clone(), message))
}
