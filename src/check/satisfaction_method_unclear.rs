//! Nobody has said how the satisfaction of a survey is measured, and the ways there are do not agree; or the form has said it.

use super::{Facts, Promise};
use crate::model::satisfaction::percent;
use crate::model::{ChosenBy, Finding, FindingId, Indicator, Satisfaction};
use crate::notation::{Notation, Quantity};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let unclear = facts.scored_rows().filter_map(|promise| {
        let found = promise.indicator.satisfaction.as_ref()?;
        let (id, said) = said(&promise, found)?;
        let result = promise.result.filter(|result| result.waits_for_survey);
        let message = match result.and_then(|result| result.refusal.clone()) {
            Some(refusal) => refusal,
            None => format!("“{}”的问卷统计：{said}", promise.indicator.name),
        };
        let actual = promise.indicator.actual.as_ref().and_then(|entry| entry.at.clone());
        let at = actual.or_else(|| promise.indicator.at().cloned());
        Some(Finding::new(id, at, message))
    });
    let unread = facts.case.surveys.iter().flat_map(|survey| {
        let at = |cell| crate::base::CellAt::new(survey.sheet.clone(), cell);
        survey.unread.iter().map(move |(cell, why)| {
            let message = format!("满意度一题的{why}，没有统计。");
            Finding::new(FindingId::SatisfactionMethodUnclear, Some(at(*cell)), message)
        })
    });
    unclear.chain(unread).collect()
}

/// What is said of an indicator, and whether it is a question or was answered by the form.
fn said(promise: &Promise, found: &Satisfaction) -> Option<(FindingId, String)> {
    let stated = promise.row.actual().and_then(Notation::quantity).and_then(Quantity::ratio);
    let stated = stated.filter(|_| promise.indicator.states_actual());
    match &found.chosen {
        None if found.measures.is_empty() => None,
        None => {
            let none = stated
                .filter(|stated| found.measures.iter().all(|measure| measure.differs_from(stated.number())));
            let shown = Indicator::actual_shown(promise.indicator);
            let none = none.map(|_| format!("填报的 {shown} 与各种算法都不相同。")).unwrap_or_default();
            Some((FindingId::SatisfactionMethodUnclear, format!("{}{none}", found.question())))
        }
        Some((at, ChosenBy::Words(cell))) => {
            let chosen = found.measures.get(*at)?;
            let other = found.measures.iter().any(|measure| measure.share != chosen.share);
            let said = format!("{}{}计{}", "表中写明", chosen.name, percent(chosen.share));
            other.then(|| {
                let said = format!("{}；{said}（{}），已采用。", found.told(), cell.spoken());
                (FindingId::SatisfactionMethodStated, said)
            })
        }
        Some(_) => None,
    }
}
