//! A note says that the history standard or that of the trade was used, and nothing of the form uses it.

use super::Facts;
use crate::base::CellAt;
use crate::criterion;
use crate::model::{Entry, Finding, FindingId, Indicator, Standard};
use crate::words::{self, Class};

/// Whether a standard is of a kind.
type Is = fn(Standard) -> bool;

/// The standards that are claimed, by the words of their claims.
const CLAIMS: [(Class, Is); 2] =
    [(Class::ClaimsHistory, Standard::is_history), (Class::ClaimsTrade, is_of_trade)];

fn is_of_trade(standard: Standard) -> bool {
    standard == Standard::Industry
}

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let case = facts.case;
    let scored: Vec<&Indicator> = facts.indicators().map(|(indicator, _)| indicator).collect();
    let declared = || case.declared.iter().map(|declared| &declared.indicator);
    let rows: Vec<&Indicator> = if scored.is_empty() { declared().collect() } else { scored.clone() };
    if rows.is_empty() {
        return Vec::new();
    }
    let texts = claims(facts);
    let finding = |(class, is): (Class, Is)| {
        let (_, at) = texts.iter().find(|(text, _)| words::of(class).within(text))?;
        let has = |indicator: &&&Indicator| {
            indicator.standards.iter().any(|have| is(have.standard) && have.taken.is_none())
        };
        // Where points are given it is the criterion that uses a standard; else a value beside the target does.
        let used = if scored.is_empty() {
            rows.iter().any(|row| has(&row))
        } else {
            scored.iter().any(|row| uses(row, is))
        };
        (!used).then(|| {
            let lacks = if scored.is_empty() {
                "没有一个指标列出它的数值"
            } else {
                "没有一个指标的评分标准用到它"
            };
            let name = words::of(class).iter().next().unwrap_or_default();
            let message = format!("写明采用了{name}，但{lacks}。");
            Finding::new(FindingId::StandardClaimedNotUsed, at.clone(), message)
        })
    };
    CLAIMS.into_iter().filter_map(finding).collect()
}

/// Whether the criterion of any scored indicator uses the standard that a class of claims names.
pub fn uses_standard(facts: &Facts, claim: Class) -> bool {
    let is = CLAIMS.into_iter().find(|(class, _)| *class == claim).map(|(_, is)| is);
    is.is_some_and(|is| facts.indicators().any(|(row, _)| uses(row, is)))
}

/// Whether the indicator's criterion uses such a standard.
fn uses(indicator: &Indicator, is: Is) -> bool {
    let text = indicator.rubric.clone().or_else(|| indicator.criterion.as_ref().map(Entry::shown));
    let text = text.unwrap_or_default();
    let changes =
        is(Standard::LastYear) && (words::of(Class::LastYears).within(&text) || text.contains("同比"));
    changes || criterion::standard_of(&text).is_some_and(is)
}

/// Where the forms may say which standards they used: notes, sentences, 标准依据.
fn claims(facts: &Facts) -> Vec<(String, Option<CellAt>)> {
    let case = facts.case;
    let notes = case.notes.iter().map(|note| (note.shown(), note.at.clone()));
    let said = case.statements.iter().map(|said| (said.text.clone(), Some(said.at.clone())));
    notes.chain(said).collect()
}
