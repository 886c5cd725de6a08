//! A reason has nothing but stock phrases.

use crate::check::Facts;
use crate::check::reason_missing::says_nothing;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};
use crate::words::Class;

const ID: FindingId = FindingId::ReasonSaysNothingSpecific;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(shortest) = facts.least(ID, 0) else { return Vec::new() };
    let findings = facts.own_rows().into_iter().filter_map(|row| {
        let cell = row.indicator.reason.as_ref().filter(|cell| !says_nothing(facts, cell))?;
        let lost = row.typed()?.number() < row.weight()?.number();
        let text = normalise(&cell.shown());
        let specific = text.contains(|c: char| c.is_ascii_digit());
        let stock = row.words.of(Class::StockPhrases).within(&text);
        (lost && !specific && stock && text.chars().count() < shortest).then(|| {
            let message = format!("“{}”扣了分，原因“{}”没有写明具体的事。", row.name(), cell.shown().trim());
            row.at(Some(cell), ID, message)
        })
    });
    findings.collect()
}
