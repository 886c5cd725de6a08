//! 完成 and 未完成 beside other grade words are grade words themselves.

use crate::criterion::grammar::condition::{About, Shape};
use crate::criterion::grammar::words::{MISSED, TARGET};
use crate::criterion::meaning::draft::{StepsDraft, Worded};
use crate::criterion::meaning::rungs::Rung;
use crate::rule::{StateBand, Words};

pub(super) fn grade_words(
    worded: &[Worded],
    counted: bool,
    steps: Option<&StepsDraft>,
    rungs: &mut Vec<Rung>,
    about: &mut Vec<About>,
    states: &mut Vec<StateBand>,
) {
    // 逾期完成得一半，未完成不得分: whether it came late a date tells, too.
    let kept = |shape: &Shape| rungs.iter().any(|rung| rung.shape == *shape);
    let dated = about.contains(&About::Lateness(None)) && kept(&Shape::Meets) && kept(&Shape::Misses);
    if dated && states.iter().all(|state| MISSED.has(&state.label)) {
        return;
    }
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
        let label = label(text);
        if (counted && TARGET.within(label)) || label.is_empty() {
            return;
        }
        found.push(StateBand {
            label: label.to_owned(),
            award: award.clone(),
            words: Words::new(words.clone()),
        });
    }
    found.append(states);
    *states = found;
    rungs.clear();
    about.clear();
}

/// What stands before the award: 完成 of 完成的得满分, 于计划月份 of 于计划月份计5分.
pub(crate) fn label(text: &str) -> &str {
    let given =
        |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '满' | '零' | '分' | '得'));
    let end = text.char_indices().find(|(at, c)| match c {
        '得' | '扣' | ':' | '的' => true,
        '计' | '记' => text.get(at.saturating_add(c.len_utf8())..).is_some_and(given),
        _ => false,
    });
    let label = end.and_then(|(at, _)| text.get(..at)).unwrap_or(text);
    let label = label.strip_prefix("实际为").unwrap_or(label);
    label.strip_suffix('不').unwrap_or(label)
}
