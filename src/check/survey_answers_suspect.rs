//! Answers that may be one person's, or that nobody can have thought about. What tells them apart is not repeated.

use super::Facts;
use crate::base::CellAt;
use crate::model::{AlikeAnswers, Finding, FindingId, Survey};

/// Answers of one address that are alike in everything, from which on they are suspect, where no setting says it.
const ALIKE: u32 = 3;
/// Seconds below which an answer was given too fast, likewise.
const SECONDS: u32 = 10;
/// Rows that are named.
const MAX_NAMED: usize = 10;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let settings = &facts.case.checks.limits.survey;
    let alike = usize::try_from(settings.alike.unwrap_or(ALIKE)).unwrap_or(usize::MAX);
    let least = settings.least_seconds.unwrap_or(SECONDS);
    let mut found = Vec::new();
    for survey in &facts.case.surveys {
        let at_once: Vec<&AlikeAnswers> = survey.alike.iter().filter(|alike| alike.at_once).collect();
        let same = survey.alike.iter().filter(|same| !same.at_once && same.rows.len() >= alike);
        // Those of one moment are told once.
        let told = |rows: &[u32]| at_once.iter().any(|once| rows.iter().all(|row| once.rows.contains(row)));
        let same = same.filter(|same| !told(&same.rows));
        for alike in at_once.iter().copied().chain(same) {
            let what = match (alike.at_once, alike.addressed) {
                (true, true) => "提交时间和网络地址都相同",
                (true, false) => "提交时间和各题回答都相同",
                (false, _) => "来自同一网络地址，各题回答全部相同",
            };
            found.push(say(survey, alike.at, &alike.rows, what));
        }
        let fast: Vec<_> = survey.took.iter().filter(|(_, seconds)| *seconds < least).collect();
        let rows: Vec<u32> = fast.iter().map(|(at, _)| at.row()).collect();
        if let Some((at, _)) = fast.first() {
            found.push(say(survey, *at, &rows, &format!("答题用时不足 {least} 秒")));
        }
    }
    found
}

fn say(survey: &Survey, at: crate::base::CellRef, rows: &[u32], what: &str) -> Finding {
    let named: Vec<String> =
        rows.iter().take(MAX_NAMED).map(|row| row.saturating_add(1).to_string()).collect();
    let more = if rows.len() > MAX_NAMED { "等" } else { "" };
    let message = format!(
        "第 {} 行{more} {} 份答卷{what}，疑似重复填写或代填。仍计入统计，请核实。",
        named.join("、"),
        rows.len()
    );
    Finding::new(FindingId::SurveyAnswersSuspect, Some(CellAt::new(survey.sheet.clone(), at)), message)
}
