//! 完成 and 未完成 beside other grade words are grade words themselves.

use crate::criterion::grammar::condition::About;
use crate::criterion::grammar::words::TARGET;
use crate::criterion::meaning::draft::{StepsDraft, Worded};
use crate::criterion::meaning::rungs::Rung;
use crate::rule::{StateBand, Words};

pub(super) fn grade_words(
    worded: &[Worded],
    steps: Option<&StepsDraft>,
    rungs: &mut Vec<Rung>,
    about: &mut Vec<About>,
    states: &mut Vec<StateBand>,
) {
    if states.is_empty() || steps.is_some() {
        return;
    }
    let all_words = rungs.len() == worded.len()
        && about.iter().all(|m| matches!(m, About::Value | About::Lateness(None)));
    if !all_words || worded.is_empty() {
        return;
    }
    let mut found = Vec::new();
    for Worded { text, award, words } in worded {
        let label: String =
            text.chars().take_while(|c| !matches!(c, '得' | '计' | '记' | '扣' | ':' | '的')).collect();
        let label = label.strip_suffix('不').unwrap_or(&label).to_owned();
        if TARGET.within(&label) || label.is_empty() {
            return;
        }
        found.push(StateBand { label, award: award.clone(), words: Words::new(words.clone()) });
    }
    found.append(states);
    *states = found;
    rungs.clear();
    about.clear();
}
