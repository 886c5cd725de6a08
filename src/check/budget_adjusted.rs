//! A form has a budget as it was set and one as it was adjusted: of which the execution is scored, and what the other
//! gives.

use super::Facts;
use crate::model::{BudgetBlock, Entry, Finding, FindingId, IndicatorScore, MoneyUnit, State};
use crate::notation::money;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let row = facts.case.score_form.as_ref().and_then(|form| form.budget.first());
    row.and_then(|row| adjusted(row, facts.execution())).into_iter().collect()
}

fn adjusted(row: &BudgetBlock, result: Option<&IndicatorScore>) -> Option<Finding> {
    let (other, base) = (row.other_base.as_ref()?, row.base.as_ref()?);
    let number = |entry: &Entry| Some(money::in_row(row, entry, row.unit)?.number);
    if number(base) == number(&other.entry) {
        return None;
    }
    let (by, not_by) = other.names("预算数");
    let (by, not_by) =
        (format!("{by}{}", with_unit(row, base)), format!("{not_by}{}", with_unit(row, &other.entry)));
    let computed = result.filter(|result| result.state == State::Computed);
    let scores = computed.and_then(|result| Some((result.score?, result.by_other_target)));
    let said = match scores {
        None => format!("预算执行率以{by}为准（表中另有{not_by}）"),
        Some((score, None)) => format!("预算执行率按{by}计算，得{score}分（按{not_by}不能计算）"),
        Some((score, Some(other))) if score == other => {
            format!("预算执行率按{by}计算，得{score}分（按{not_by}得分相同）")
        }
        Some((score, Some(other))) => {
            format!("预算执行率按{by}计算，得{score}分（按{not_by}计算为{other}分）")
        }
    };
    let message = format!("{said}，请核对预算调整的批复。");
    let at = if other.adjusted { &other.entry } else { base }.at.clone();
    Some(Finding::new(FindingId::BudgetAdjusted, at, message))
}

/// An amount as it is shown, with the unit that its row states.
pub(super) fn with_unit(row: &BudgetBlock, entry: &Entry) -> String {
    let bare = money::amount(&entry.cell).is_some_and(|shown| shown.unit.is_none());
    let unit = row.unit.filter(|_| bare).map(MoneyUnit::name).unwrap_or_default();
    format!("{}{unit}", entry.shown().trim())
}
