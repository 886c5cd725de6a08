//! An indicator is called by a task or a sentence.

use crate::check::Facts;
use crate::check::promise::Promise;
use crate::mapping::title::bare;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

const ID: FindingId = FindingId::NameIsASentence;

/// Signs behind the target from which on a name says what the work is to be done on.
const LEAST: usize = 4;

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

/// Whether a name begins with its own target: 健全……制度, to be 健全, says what is to be done.
fn repeats_target(row: &Promise<'_>, name: &str) -> bool {
    let rest = |target: String| name.strip_prefix(&target).map(|rest| rest.chars().count());
    let target = row.target_in_words().filter(|target| target.chars().count() > 1);
    target.and_then(rest).is_some_and(|rest| rest >= LEAST)
}

fn is_sentence(row: &Promise<'_>, longest: usize, task: usize) -> bool {
    let key = row.key();
    let name = bare(&key).unwrap_or(&key).trim_end_matches(['。', '.']);
    let long = name.chars().count();
    // A full stop ends a sentence, whatever its last word is.
    if key.ends_with('。') && long >= task {
        return true;
    }
    let measured =
        row.words.of(Class::MeasureEndings).ends(name) && !words::of(Class::NotMeasures).ends(name);
    if measured || name.is_empty() {
        return false;
    }
    let stops = name.contains([',', ';', '。', '，', '；']);
    let opens = row.words.of(Class::SentenceOpenings).begins(name) && row.percent().is_some();
    long > longest || stops || (opens && long >= task) || repeats_target(row, name)
}
