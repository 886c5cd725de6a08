//! A document is cited that is no longer in force.

use crate::check::Facts;
use crate::mapping::title::normalise;
use crate::model::{Entry, Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let case = facts.case;
    let words = case.words.of(Class::AbolishedDocuments);
    let goals = case.goals.iter().map(|goal| &goal.entry);
    let rows = case.score_form.iter().flat_map(|form| &form.indicators);
    let cells = rows.flat_map(|row| [&row.criterion, &row.standard, &row.evidence, &row.remark]).flatten();
    let findings = goals.chain(&case.notes).chain(cells).filter_map(|entry: &Entry| {
        let (_, cited) = words.find(&normalise(&entry.shown())).map(|(at, word)| (at, word.to_owned()))?;
        let shown = cited.replace('[', "〔").replace(']', "〕");
        let message = format!("引用的“{shown}”已经修订，有了新的办法。");
        Some(Finding::new(FindingId::AbolishedDocumentCited, entry.at.clone(), message))
    });
    findings.collect()
}
