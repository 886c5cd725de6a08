//! A cell of the form's head is blank, or the first of its budgets is, where the other is filled in.

use crate::check::Facts;
use crate::mapping::title::{bare, normalise};
use crate::model::{Finding, FindingId};
use crate::words::Class;

/// The budget as it was set first, which stands beside that of the whole year.
fn initial_budget(facts: &Facts) -> Option<Finding> {
    let total = facts.case.score_form.as_ref()?.budget.first()?;
    let whole_year = total.adjusted.as_ref().is_some_and(|entry| !entry.is_blank());
    let first = total.budget.as_ref().filter(|entry| whole_year && entry.is_blank())?;
    let message = "“年初预算数”没有填写。".to_owned();
    Some(Finding::new(FindingId::HeaderFieldMissing, first.at.clone(), message))
}

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
    findings.chain(initial_budget(facts)).collect()
}
