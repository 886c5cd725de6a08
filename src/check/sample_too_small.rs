//! Few answered. A small population that was asked whole is no small sample.

use super::Facts;
use crate::base::CellAt;
use crate::model::{Finding, FindingId, Survey, SurveyCounts};

/// Answers below which a sample is small, where no setting says it.
const LEAST: u32 = 30;
/// The largest population that counts as asked whole, likewise.
const WHOLE: u32 = 50;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let settings = &facts.case.checks.limits.survey;
    let least = settings.least_answers.unwrap_or(LEAST);
    let whole = settings.whole_population.unwrap_or(WHOLE);
    let small = |survey: &Survey, counts: &SurveyCounts, answers: u32, of: &str| {
        let asked_whole = counts.population.is_some_and(|all| all.number <= whole && answers >= all.number);
        (answers > 0 && answers < least && !asked_whole).then(|| {
            let at = counts.valid.map_or(survey.at, |valid| valid.at);
            // How many of those that came back are valid only the survey says.
            let counted = if counts.valid.is_some() { "有效答卷" } else { "统计到答卷" };
            let message = format!("{of}{counted} {answers} 份，少于 {least} 份，样本偏少。");
            Finding::new(FindingId::SampleTooSmall, Some(CellAt::new(survey.sheet.clone(), at)), message)
        })
    };
    let mut found = Vec::new();
    for survey in &facts.case.surveys {
        let groups: Vec<_> = survey.questions.iter().filter(|question| question.only.is_none()).collect();
        let grouped = groups.iter().filter(|question| question.group.is_some());
        let mut told: Vec<&str> = Vec::new();
        for question in grouped {
            let name = question.group.as_deref().unwrap_or_default();
            if told.contains(&name) {
                continue;
            }
            told.push(name);
            let counts = SurveyCounts {
                population: question.counts.population.or(survey.counts.population),
                ..question.counts
            };
            let answers = question.counts.valid.map_or_else(|| question.answered(), |valid| valid.number);
            found.extend(small(survey, &counts, answers, &format!("“{name}”")));
        }
        if told.is_empty() {
            found.extend(small(survey, &survey.counts, survey.valid(), "问卷"));
        }
    }
    found
}
