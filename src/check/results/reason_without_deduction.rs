//! A reason says that something is wanting, and no points came off.

use crate::check::Facts;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let findings =
        facts.own_rows().into_iter().filter(crate::check::promise::Promise::is_full).filter_map(|row| {
            let cell = row.indicator.reason.as_ref().or(row.indicator.remark.as_ref())?;
            let text = normalise(&cell.shown());
            let words = |class: Class| row.words.of(class);
            let denied =
                words(Class::DeniedFaults).within(&text) || words(Class::PrefilledInstructions).within(&text);
            let (_, fault) = words(Class::AdmittedFaults).find(&text).filter(|_| !denied)?;
            let message = format!("“{}”写明“{fault}”，得分却是满分。", row.name());
            Some(row.at(Some(cell), FindingId::ReasonWithoutDeduction, message))
        });
    findings.collect()
}
