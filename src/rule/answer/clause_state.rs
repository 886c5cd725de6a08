//! The state that one clause of an answer is, beside others that say no more of it: 已通过等保测评，取得备案证明 under 通过等保测评, 未通过.

use crate::words::{self, Class, list};

use super::super::IndicatorFacts;
use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::Answer;

/// The only state that a clause repeats, where the others are of no other state and take nothing back.
pub(super) fn state(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    if rule.states.len() < 2 || !rule.bands.is_empty() {
        return None;
    }
    let text = plain_words(facts.actual_text);
    let clauses: Vec<&str> =
        text.split(|c: char| list::CLAUSE_SIGNS.has_char(c)).filter(|clause| !clause.is_empty()).collect();
    let labels: Vec<String> = rule.states.iter().map(|state| plain_words(&state.label)).collect();
    let bare = |clause: &str| list::ALREADY.strip(clause).unwrap_or(clause).to_owned();
    let is_label = |clause: &&&str| labels.contains(&bare(clause));
    let mut hits = clauses.iter().filter(is_label);
    let hit = hits.next().filter(|_| hits.next().is_none() && clauses.len() > 1)?;
    let (state, label) = rule.states.iter().zip(&labels).find(|(_, label)| **label == bare(hit))?;
    let full = state.award.fixed(facts.weight) == Some(facts.weight.number());
    let denies =
        [Class::Negations, Class::Faults, Class::InPart, Class::Hoped, Class::LastYears, Class::TakenBack];
    let plain = |clause: &&&str| {
        let of_another = labels
            .iter()
            .any(|other| other != label && (clause.contains(other.as_str()) || other.contains(**clause)));
        let takes_back =
            denies.iter().any(|class| words::of(*class).within(clause)) || list::LATE_SIGNS.within(clause);
        !of_another && !takes_back && !clause.contains(|c: char| c.is_ascii_digit())
    };
    let whole = full && label.chars().nth(1).is_some() && !words::of(Class::Negations).within(label);
    (whole && clauses.iter().filter(|clause| *clause != hit).all(|clause| plain(&clause)))
        .then(|| Answer::word(&state.label))
}
