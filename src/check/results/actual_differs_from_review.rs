//! What the agency says was done is not what the reviewer found.

use crate::check::Facts;
use crate::check::promise::Promise;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId, Indicator};
use crate::notation::quantity::Quantity;
use crate::notation::{Notation, Row};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.scored_rows().filter_map(|row| {
        let stated = row.indicator.stated_actual.as_ref()?;
        let found = row.indicator.actual.as_ref().filter(|entry| !entry.is_blank())?;
        // The agency's words are read as the reviewer's are.
        let own = Indicator { actual: Some(stated.clone()), actual_words: None, ..row.indicator.clone() };
        if are_same(&row, &Row::read(facts.case, &own, None, None), (&stated.shown(), &found.shown())) {
            return None;
        }
        let message = format!(
            "“{}”自评完成 {}，复核为 {}，按复核的完成值评分。",
            row.name(),
            own.actual_shown(),
            row.indicator.actual_shown()
        );
        Some(row.at(Some(stated), FindingId::ActualDiffersFromReview, message))
    });
    findings.collect()
}

fn are_same(found: &Promise<'_>, own: &Row, (stated, review): (&str, &str)) -> bool {
    let quantity = |row: &Row| row.actual().and_then(Notation::quantity).and_then(Quantity::in_base);
    match (quantity(own), quantity(&found.row)) {
        (Some(own), Some(found)) => own == found,
        _ => normalise(stated) == normalise(review),
    }
}
