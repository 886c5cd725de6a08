//! The survey, counted: which answers are satisfied is a setting of the mapping.

use crate::base::{Number, Ratio};
use crate::model::{Survey, SurveyTally};

/// The share of satisfied answers; `None` without answers.
pub fn tally(survey: &Survey) -> Option<SurveyTally> {
    let (satisfied, answers) = survey.tally();
    let share = Number::from(satisfied).over(Number::from(answers))?;
    Some(SurveyTally { satisfied, answers, share: Ratio::new(share.get()) })
}
