//! Whether a form says anywhere why its money went as it did.

use crate::check::Facts;
use crate::check::reason_missing::says_nothing;
use crate::mapping::title::normalise;
use crate::model::Entry;
use crate::words::Class;

/// Whether a text of the form has a word of the class: the block's reason, notes, reasons of indicators, results.
pub(super) fn is_explained(facts: &Facts, class: Class) -> bool {
    let Some(form) = &facts.case.score_form else { return false };
    let words = &facts.case.words;
    let says = |entry: &Entry| words.of(class).within(&normalise(&entry.shown()));
    let own = form.budget.first().and_then(|row| row.reason.as_ref());
    // What is written in the block's own cell is an answer, unless it is the form's question.
    if let Some(own) = own.filter(|own| !says_nothing(facts, own) && !is_prefilled(facts, own)) {
        return !own.is_blank();
    }
    let reasons = form.indicators.iter().filter_map(|row| row.reason.as_ref());
    let results = facts.case.goals.iter().filter(|goal| goal.result).map(|goal| &goal.entry);
    let notes = facts.case.notes.iter().filter(|note| !is_rule(note));
    let others = reasons.chain(results).filter(|entry| !is_prefilled(facts, entry));
    others.chain(notes).any(says)
}

/// Whether a cell holds the form's own instruction.
fn is_prefilled(facts: &Facts, entry: &Entry) -> bool {
    facts.case.words.of(Class::PrefilledInstructions).within(&normalise(&entry.shown()))
}

/// Whether a text below the table is a note on how the form is filled in.
fn is_rule(note: &Entry) -> bool {
    let text = normalise(&note.shown());
    text.starts_with('注') || text.starts_with("备注") || text.starts_with("说明:")
}
