//! An indicator of satisfaction whose actual surveys give: the measure that is meant, or why a person must say which.

use crate::base::Score;
use crate::model::{Entry, Indicator, State};
use crate::rule::Refusal;

fn is_stated(indicator: &Indicator) -> bool {
    indicator.actual.as_ref().is_some_and(|entry| !entry.is_blank())
}

/// The share of satisfied answers (`19/20`), where the indicator's own cell is blank and it is settled which is meant.
pub(super) fn share(indicator: &Indicator) -> Option<String> {
    let found = indicator.satisfaction.as_ref().filter(|_| !is_stated(indicator))?;
    found.measure().map(|measure| measure.written.clone())
}

/// Why an indicator is left to a person: the measures that may be meant do not earn the same, or nothing is stated that
/// would be one of them.
pub(super) fn undecided(
    indicator: &Indicator,
    earned: impl Fn(&Indicator) -> (Option<Score>, State),
) -> Option<Refusal> {
    let found = indicator.satisfaction.as_ref().filter(|found| found.chosen.is_none())?;
    let stated = is_stated(indicator);
    let by_each = found.measures.iter().map(|measure| {
        let actual = Some(Entry::typed(&measure.written));
        earned(&Indicator { actual, actual_words: None, satisfaction: None, ..indicator.clone() })
    });
    let by_each: Vec<(Option<Score>, State)> = by_each.collect();
    let same = by_each.windows(2).all(|pair| pair.first() == pair.last());
    if stated && same || found.measures.is_empty() {
        return None;
    }
    let why = format!("问卷的满意度有几种算法：{}", found.question().trim_end_matches('。'));
    let hint = "请在评分标准或设置中写明算法（见“满意度统计表”）后重新评分，或由评审人员打分。";
    Some(Refusal::new(&indicator.name, why, hint))
}
