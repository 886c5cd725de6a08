//! A cell of the form's head is blank.

use crate::check::Facts;
use crate::mapping::title::{bare, normalise};
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let labels = facts.case.words.of(Class::HeaderLabels);
    let blank = facts.case.fields.iter().filter(|field| field.entry.is_blank() && field.entry.at.is_some());
    let findings = blank.filter_map(|field| {
        let key = normalise(&field.label);
        labels.has(bare(&key).unwrap_or(&key)).then(|| {
            let message = format!("“{}”没有填写。", field.label.trim());
            Finding::new(FindingId::HeaderFieldMissing, field.entry.at.clone(), message)
        })
    });
    findings.collect()
}
