//! A tally contradicts itself: a share is not what the counts beside it give, or a sum is not theirs.

use super::Facts;
use crate::base::{CellAt, Number};
use crate::model::satisfaction::percent;
use crate::model::{Finding, FindingId, Survey, SurveyQuestion};

/// Places of a share that may be rounded away: half of one percent.
const NEAR: (u32, u32) = (5, 1_000);

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let all = facts.case.surveys.iter().flat_map(|survey| {
        survey.questions.iter().flat_map(|question| shares(survey, question).chain(sum(survey, question)))
    });
    all.collect()
}

fn shares<'a>(survey: &'a Survey, question: &'a SurveyQuestion) -> impl Iterator<Item = Finding> + 'a {
    let all = Number::from(question.answered());
    question.options.iter().filter_map(move |option| {
        let (count, stated) = option.count.zip(option.share)?;
        let given = Number::from(count).over(all)?;
        let far = Number::from(NEAR.0).over(Number::from(NEAR.1))?;
        (given.minus(stated)?.abs() > far).then(|| {
            let message = format!(
                "“{}”的“{}”写的占比是 {}，按人数 {count}÷{all} 是 {}。按人数统计。",
                question.title,
                option.text,
                percent(stated),
                percent(given)
            );
            let at = option.at.map(|at| CellAt::new(survey.sheet.clone(), at));
            Finding::new(FindingId::SurveyTallyDiffers, at, message)
        })
    })
}

fn sum(survey: &Survey, question: &SurveyQuestion) -> Option<Finding> {
    let stated = question.total.or(question.counts.valid)?;
    let answered = question.answered();
    // Some may have left the question out; nobody answers twice.
    let wrong = if question.total.is_some() { stated.number != answered } else { stated.number < answered };
    (wrong && answered > 0).then(|| {
        let message = format!(
            "“{}”各回答的人数合计 {answered}，写的合计（有效）是 {}。按各回答的人数统计。",
            question.title, stated.number
        );
        let at = CellAt::new(survey.sheet.clone(), stated.at);
        Finding::new(FindingId::SurveyTallyDiffers, Some(at), message)
    })
}
