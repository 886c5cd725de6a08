//! A typed score that is not that of the target or budget that counts, but the other's. Where nothing in the form rules the
//! other out it may be right by what was set first, which is asked and no error.

use super::Facts;
use super::budget_adjusted::with_unit;
use crate::base::Score;
use crate::model::{Finding, FindingId, IndicatorScore, ScoreForm};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let Some((form, card)) = facts.scored() else { return Vec::new() };
    card.indicators.iter().filter_map(|result| said(form, result)).collect()
}

fn said(form: &ScoreForm, result: &IndicatorScore) -> Option<Finding> {
    let other = form.other_base(result).filter(|_| form.may_be_right(result))?;
    let (stated, score) = result.stated.zip(result.score)?;
    let shown = by_other(form, result)?;
    let (by, counts) = match result.index.and_then(|index| form.indicators.get(index)) {
        Some(indicator) => (other.names("指标值").0, format!("“{}”", indicator.target_shown())),
        None => {
            let row = form.budget.first()?;
            (other.names("预算数").0, with_unit(row, row.base.as_ref()?))
        }
    };
    let message = format!(
        "“{}”填报 {stated} 分，是按{shown}计算的；按{by}{counts}应得 {score} 分，请核对以哪一个为准，确认前不定等级。",
        result.name
    );
    Some(Finding::new(FindingId::ByOtherBase, result.cell.clone(), message))
}

/// What the other target or budget is called, with what it is, where a typed score is that of it.
pub(super) fn by_other(form: &ScoreForm, result: &IndicatorScore) -> Option<String> {
    let other = form.other_base(result).filter(|_| result.is_by_other())?;
    match result.index.and_then(|index| form.indicators.get(index)) {
        Some(indicator) => Some(format!("{}“{}”", other.names("指标值").1, indicator.other_target_shown())),
        None => Some(format!("{}{}", other.names("预算数").1, with_unit(form.budget.first()?, &other.entry))),
    }
}

/// What all indicators earn together where each that may be right by the other target or budget is; `None` where none is.
pub(super) fn total_as_typed(form: &ScoreForm, results: &[IndicatorScore]) -> Option<Score> {
    results.iter().find(|result| form.may_be_right(result))?;
    let earned = results.iter().map(|result| {
        let typed = result.by_other_target.filter(|_| form.may_be_right(result));
        typed.or(result.score)
    });
    Score::sum(earned.collect::<Option<Vec<_>>>()?)
}
