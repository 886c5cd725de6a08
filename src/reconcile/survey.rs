//! The survey, counted: which answers are satisfied is a setting of the mapping.

use crate::base::{Number, Ratio};
use crate::model::{Survey, SurveyTally};

/// The share of satisfied answers; `None` without answers.
pub fn tally(survey: &Survey) -> Option<SurveyTally> {
    let plain = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let counted: Vec<String> = survey.satisfied.iter().map(|answer| plain(answer)).collect();
    let mut answers = 0_u32;
    let mut satisfied = 0_u32;
    for (answer, count) in &survey.answers {
        answers = answers.checked_add(*count)?;
        if counted.contains(&plain(answer)) {
            satisfied = satisfied.checked_add(*count)?;
        }
    }
    let share = Number::from(satisfied).over(Number::from(answers))?;
    Some(SurveyTally { satisfied, answers, share: Ratio::new(share.get()) })
}
