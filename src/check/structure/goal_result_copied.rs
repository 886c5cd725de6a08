//! What was reached repeats what was to be reached.

use crate::check::Facts;
use crate::check::likeness::likeness;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::GoalResultCopied;
/// Characters of a clause that is quoted.
const LONGEST: usize = 40;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let (Some(share), Some(least)) = (facts.least(ID, 0), facts.least(ID, 1)) else { return Vec::new() };
    let of = |result: bool| facts.case.goals.iter().filter(move |goal| goal.result == result);
    let findings = of(true).filter_map(|result| {
        let at = result.entry.at.as_ref()?;
        let text = normalise(&result.entry.shown());
        let copied = of(false).any(|goal| {
            let promised = normalise(&goal.entry.shown());
            let same_form = goal.entry.at.as_ref().is_some_and(|other| other.sheet == at.sheet);
            let figures = digits(&promised) == digits(&text) || promised.contains(&text);
            same_form
                && figures
                && promised.chars().count() >= least
                && (likeness(&promised, &text) >= share || is_part(&promised, &text, least))
        });
        let same = of(false).any(|goal| normalise(&goal.entry.shown()) == text);
        let left = of(false).find_map(|goal| left_out(&goal.entry.shown(), &text, least));
        let message = match left.filter(|_| !same) {
            Some(left) => format!("总体目标的完成情况只重复了目标的部分文字，没有写明“{left}”的完成情况。"),
            None => {
                let like = if same { "相同" } else { "基本相同" };
                format!("总体目标的完成情况与目标文字{like}，没有反映实际完成情况。")
            }
        };
        copied.then(|| Finding::new(ID, Some(at.clone()), message))
    });
    findings.collect()
}

/// The first clause of a goal of which the result, made of others of its clauses, says nothing.
fn left_out(promised: &str, text: &str, least: usize) -> Option<String> {
    let clauses = || promised.split(['，', ',', '。', '；', ';', '\n']).map(str::trim);
    let long = |clause: &&str| clause.chars().count() >= least && clause.chars().count() <= LONGEST;
    let told = |clause: &str| text.contains(&normalise(clause));
    let some = clauses().filter(long).any(told);
    some.then(|| clauses().filter(long).find(|clause| !told(clause)).map(str::to_owned)).flatten()
}

/// Whether the result is a piece of the goal, long enough to be none by accident.
fn is_part(promised: &str, text: &str, least: usize) -> bool {
    text.chars().count() > least && promised.contains(text.trim_end_matches(['。', '.']))
}

/// The digits of a text: with other figures it is no copy.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
