//! An indicator is called by a task or a sentence.

use crate::check::Facts;
use crate::check::promise::Promise;
use crate::mapping::title::bare;
use crate::model::{Finding, FindingId};
use crate::words::Class;

const ID: FindingId = FindingId::NameIsASentence;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let sentences = facts.promises().filter(|row| is_told(facts, row));
    let findings = sentences.map(|promise| {
        let message = format!("“{}”是要做的事，不是衡量的内容。", promise.name());
        promise.at_name(ID, message)
    });
    findings.collect()
}

/// Whether a row is told of here.
pub(super) fn is_told(facts: &Facts, row: &Promise<'_>) -> bool {
    let limits = facts.least(ID, 0).zip(facts.least(ID, 1));
    !row.is_system_made() && limits.is_some_and(|(longest, task)| is_sentence(row, longest, task))
}

fn is_sentence(row: &Promise<'_>, longest: usize, task: usize) -> bool {
    let key = row.key();
    let name = bare(&key).unwrap_or(&key).trim_end_matches(['。', '.']);
    let long = name.chars().count();
    // A full stop ends a sentence, whatever its last word is.
    if key.ends_with('。') && long >= task {
        return true;
    }
    if row.words.of(Class::MeasureEndings).ends(name) || name.is_empty() {
        return false;
    }
    let stops = name.contains([',', ';', '。', '，', '；']);
    let opens = row.words.of(Class::SentenceOpenings).begins(name) && row.percent().is_some();
    long > longest || stops || (opens && long >= task)
}
