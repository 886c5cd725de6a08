//! A workbook that we returned, handed in again though a later return of the same chain exists.

use super::Facts;
use crate::model::{Accepted, Finding, FindingId, Later, Scorecard};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let said = |later: &Later| Finding::new(FindingId::OlderReturn, None, sentence(later, facts.scorecard));
    facts.case.overrides.later.iter().map(said).collect()
}

fn sentence(later: &Later, card: Option<&Scorecard>) -> String {
    let Later { file, at, name, accepted } = later;
    let subject = file.as_ref().map_or_else(|| "本文件".to_owned(), |file| format!("文件“{file}”"));
    let (stand, differ): (Vec<_>, Vec<_>) =
        accepted.iter().partition(|before| card.is_some_and(|card| stands(before, card)));
    let listed = |all: &[&Accepted]| all.iter().map(|one| words(one)).collect::<Vec<_>>().join("、");
    let mut text = format!("{subject}是以前返回过的，{at} 已返回过更新的一份（“{name}”）。");
    if !stand.is_empty() {
        text.push_str(&format!("其中采用的改定继续有效：{}。", listed(&stand)));
    }
    if !differ.is_empty() {
        text.push_str(&format!("其中采用的改定与{subject}的内容不一致，须重新确认：{}。", listed(&differ)));
    }
    text
}

/// Whether what stood there stands here.
fn stands(before: &Accepted, card: &Scorecard) -> bool {
    let value = before.given.value.as_str();
    if before.row.is_none() {
        return card.total.grade.as_deref() == Some(value);
    }
    let mut named = card.indicators.iter().filter(|result| result.name == before.name);
    named.any(|result| result.score.is_some_and(|score| score.to_string() == value))
}

/// `“里程完成率”50 分（理由：现场复核少3公里；改定人：张三）`.
fn words(one: &Accepted) -> String {
    let Accepted { row, name, given, .. } = one;
    let value = given.value.as_str();
    let what =
        if row.is_some() { format!("“{name}”{value} 分") } else { format!("等级“{value}”") };
    format!("{what}{}", super::score_overridden::because(Some(&given.reason), Some(&given.by)))
}
