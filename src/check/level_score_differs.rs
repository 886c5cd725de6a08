//! A typed score of a level, a subtotal or a level 2 in the score summary against the scores that it adds up.

use super::Facts;
use super::sum_by_rule;
use super::voices::{Voice, added, voices};
use crate::base::{CellAt, Score};
use crate::model::{Entry, Finding, FindingId, LevelScore, ScoreForm, Scorecard, Subtotal, SummaryRow};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let Some((form, card)) = facts.scored() else { return Vec::new() };
    let rows = facts.case.summary.iter().flat_map(|summary| &summary.rows);
    let summary = rows.filter_map(|row| in_summary(form, card, row));
    let subtotals = form.subtotals.iter().flat_map(|row| subtotal(form, card, row));
    summary.chain(subtotals).collect()
}

fn score(entry: &Entry) -> Option<Score> {
    Some(Score::new(entry.number()?.get()))
}

/// A row of the summary: of a form that is reviewed it may be the agency's scores or the reviewer's.
fn in_summary(form: &ScoreForm, card: &Scorecard, row: &SummaryRow) -> Option<Finding> {
    let level = row.matches(&card.levels).filter(|level| level.complete)?;
    let stated = score(&row.score)?;
    let typed = form.reviewed && typed(form, card, level).contains(&stated);
    if stated != level.score && card.sum_by_rule(Some(level)) == Some(stated) {
        return Some(sum_by_rule::finding(&row.level2, stated, level.score, &row.score));
    }
    (stated != level.score && !typed).then(|| {
        let message = format!("“{}”填报 {stated} 分，其三级指标得分合计 {} 分。", row.level2, level.score);
        Finding::new(FindingId::LevelScoreDiffers, row.score.at.clone(), message)
    })
}

/// What the scores of each voice in a level come to.
fn typed(form: &ScoreForm, card: &Scorecard, level: &LevelScore) -> Vec<Score> {
    let inside = form.indicators.iter().filter(|i| i.level1 == level.level1 && i.level2 == level.level2);
    let names: Vec<CellAt> = inside.filter_map(|indicator| indicator.name_entry.at.clone()).collect();
    let sums = voices(form).iter().filter_map(|voice| added(form, card, *voice, Some(&names)));
    sums.map(|added| added.sum).collect()
}

/// A row between the indicators: each of its scores against those of its own column.
fn subtotal(form: &ScoreForm, card: &Scorecard, row: &Subtotal) -> Vec<Finding> {
    let cells = [(&row.stated_score, Voice::Own), (&row.score, Voice::Review)];
    let differing = cells.into_iter().filter_map(|(entry, voice)| {
        let entry = entry.as_ref()?;
        let stated = score(entry)?;
        let voice = if form.reviewed { voice } else { Voice::Own };
        let sum = added(form, card, voice, Some(&row.addends)).filter(|sum| sum.contradicts(stated))?;
        let message = format!("“{}”填报 {stated} 分，其各项得分合计 {} 分。", row.label, sum.sum);
        Some(Finding::new(FindingId::LevelScoreDiffers, entry.at.clone(), message))
    });
    differing.collect()
}
