//! The state that all clauses of an answer together are: 已编制，逾期2天上报 under 已编制但未按时上报.

use crate::notation::scan_date;
use crate::words::{self, Class, list};

use super::super::IndicatorFacts;
use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::Answer;
use super::item_clauses::{Fit, asks, signs};
use super::parts::{AnswerPart, parts};

/// More clauses are a report.
const MAX_CLAUSES: usize = 4;

/// The only state in which all that is said stands, and that asks for no more.
pub(super) fn state(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    if rule.states.len() < 2 || !rule.bands.is_empty() {
        return None;
    }
    let labels: Vec<String> = rule.states.iter().map(|state| plain_words(&state.label)).collect();
    let said = joined(facts.actual_text)?;
    let led: Vec<char> = without_subject(&said, &labels, facts).unwrap_or_else(|| signs(&said));
    let is_it = |label: &String| {
        let fits = |said: &[char]| {
            Fit::of(said, &signs(label), 0).is_some_and(|fit| fit.left_out().iter().all(|left| is_link(left)))
        };
        fits(&signs(&said)) || fits(&led)
    };
    let mut hits = rule.states.iter().zip(&labels).filter(|(_, label)| is_it(label));
    match (hits.next(), hits.next()) {
        (Some((state, _)), None) => Some(Answer::word(&state.label)),
        _ => None,
    }
}

/// All clauses in one, without how many there are: 发现问题整改到位 of 发现问题4个，均已整改到位. That something came late is
/// that it did not come in time.
fn joined(text: &str) -> Option<String> {
    let text = without_day(&plain_words(text));
    let found = parts(&text)?;
    if found.len() < 2 || found.len() > MAX_CLAUSES {
        return None;
    }
    // 发现问题4个，其中3个已整改: of a part nothing is said of all.
    let counts = found.iter().filter(|part| part.amount.is_some()).count();
    let in_part = |part: &AnswerPart| {
        words::of(Class::InPart).within(&part.before) || words::of(Class::InPart).within(&part.after)
    };
    if counts > 1 || found.iter().any(in_part) {
        return None;
    }
    let mut said = String::new();
    for part in &found {
        let before = words::of(Class::ClauseLinks).strip(&part.before).unwrap_or(&part.before);
        match &part.amount {
            Some(amount) if amount.sign.is_some() || amount.unit.is_ratio() || amount.number.is_zero() => {
                return None;
            }
            Some(_) => match list::STATED_LATE.strip_end(before) {
                Some(lead) => said.push_str(&format!("{lead}未按时{}", part.after)),
                None => {
                    said.push_str(before);
                    said.push_str(&part.after);
                }
            },
            None => said.push_str(before),
        }
    }
    (!said.contains(['、', '或'])).then_some(said)
}

/// 已于2022年11月5日完工，尚未验收 as 已完工，未验收: the day is of no state.
fn without_day(text: &str) -> String {
    let text = list::STATUS_NOT_YET.iter().fold(text.to_owned(), |text, no| text.replace(no, "未"));
    let Some((before, rest)) = text.split_once("已于") else { return text };
    match scan_date(rest, false) {
        Some((_, taken)) => format!("{before}已{}", rest.get(taken..).unwrap_or_default()),
        None => text,
    }
}

/// 发现问题 of 审计发现问题: what the form or another state says it is about.
fn without_subject(said: &str, labels: &[String], facts: &IndicatorFacts) -> Option<Vec<char>> {
    let cuts = said.char_indices().map(|(at, _)| at).skip(2).take(4);
    let about = |subject: &str| {
        facts.indicator.contains(subject) || labels.iter().any(|label| label.starts_with(subject))
    };
    let at = cuts.filter(|at| said.get(..*at).is_some_and(about)).last()?;
    said.get(at..).map(signs)
}

/// What joins what a state says, or names a thing; no denial, and nothing of how something is done.
fn is_link(left: &str) -> bool {
    let bare = words::of(Class::ClauseLinks).strip(left).unwrap_or(left);
    let asks = asks(bare) || words::of(Class::Negations).within(bare);
    !asks && !list::DENIALS.within(bare) && !words::of(Class::Faults).within(bare)
}
