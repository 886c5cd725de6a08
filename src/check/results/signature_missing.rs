//! A form has no name where it is to be signed.

use crate::check::Facts;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let labels = facts.case.words.of(Class::SignatureLabels);
    let notes = &facts.case.notes;
    let findings = notes.iter().filter_map(|note| {
        let at = note.at.as_ref()?;
        let text = normalise(&note.shown());
        let label = text.strip_suffix(':').filter(|label| labels.has(label))?;
        // A name may stand in a cell of its own, right behind the label.
        let named = notes.iter().any(|other| {
            other.at.as_ref().is_some_and(|place| {
                let same_row = place.sheet == at.sheet && place.cell.row() == at.cell.row();
                let behind = place.cell.col() > at.cell.col();
                same_row && behind && !normalise(&other.shown()).ends_with(':')
            })
        });
        (!named).then(|| {
            let message = format!("“{label}”没有姓名。");
            Finding::new(FindingId::SignatureMissing, Some(at.clone()), message)
        })
    });
    findings.collect()
}
