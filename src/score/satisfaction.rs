//! An indicator of satisfaction whose actual surveys give: the measure that is meant, or why a person must say which.

use std::collections::BTreeSet;

use crate::base::{Number, Score};
use crate::model::satisfaction::percent;
use crate::model::{ChosenBy, Indicator, Measure, Satisfaction, State};
use crate::rule::Refusal;

/// The share of satisfied answers (`19/20`), where the indicator's own cell is blank and it is settled which is meant.
pub(super) fn share(indicator: &Indicator) -> Option<String> {
    let found = indicator.satisfaction.as_ref().filter(|_| !indicator.states_actual())?;
    found.measure().map(|measure| measure.written.clone())
}

/// Why an indicator is left to a person: what may be meant does not earn the same, nothing is stated that would be one of
/// the measures, or what is stated is not what the survey gives.
pub(super) fn undecided(
    indicator: &Indicator,
    own: Option<Score>,
    earned: impl Fn(&Indicator) -> (Option<Score>, State),
) -> Option<Refusal> {
    let found = indicator.satisfaction.as_ref().filter(|found| !found.measures.is_empty())?;
    let stated = indicator.states_actual();
    if found.chosen.is_some() && !stated {
        return None;
    }
    let by = |at: usize| {
        let chosen = Some((at, ChosenBy::Same));
        let satisfaction = Some(Box::new(Satisfaction { chosen, ..Satisfaction::clone(found) }));
        earned(&Indicator { actual: None, actual_words: None, satisfaction, ..indicator.clone() }).0
    };
    if let Some((at, measure)) = found.chosen.as_ref().map(|(at, _)| *at).zip(found.measure()) {
        let by_survey = by(at);
        // What differs by rounding alone earns the same, or nearly.
        if by_survey == own || by_survey.is_none() || !differs(indicator, measure) {
            return None;
        }
        let score = |score: Option<Score>| {
            score.map_or_else(|| "不能评分".to_owned(), |score| format!("得 {score} 分"))
        };
        let why = format!(
            "填报 {}（{}），问卷{}计{}（{}），两者不同",
            indicator.actual_shown(),
            score(own),
            measure.name,
            percent(measure.share),
            score(by_survey)
        );
        let hint = "请核对问卷和填报数，更正后重新评分，或由评审人员打分。";
        return Some(Refusal::new(&indicator.name, why, hint));
    }
    let by_each: Vec<Option<Score>> = (0..found.measures.len()).map(by).collect();
    let same = by_each.windows(2).all(|pair| pair.first() == pair.last());
    if stated && same {
        return None;
    }
    let scores: BTreeSet<Score> = by_each.into_iter().flatten().collect();
    let scores: Vec<String> = scores.iter().map(|score| format!("{score} 分")).collect();
    let scores =
        if scores.is_empty() { String::new() } else { format!("分别可得 {}", scores.join("、")) };
    let why = format!("{}{scores}", found.question()).trim_end_matches('。').to_owned();
    let hint = "请在评分标准或设置中写明算法（见“满意度统计表”）后重新评分，或由评审人员打分。";
    Some(Refusal::new(&indicator.name, why, hint))
}

/// Whether the cell states another share than a measure, to the places that it is stated with.
fn differs(indicator: &Indicator, measure: &Measure) -> bool {
    let text = indicator.actual_shown();
    let stated = text.trim().trim_end_matches(['%', '％']).parse::<Number>().ok();
    let hundredths = stated.and_then(|stated| stated.over(Number::from(100)));
    hundredths.is_none_or(|stated| measure.differs_from(stated))
}
