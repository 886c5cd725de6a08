//! Declared targets against what was done: by name or by an alias of the mapping, never by silent similarity.

use super::facts::facts_of;
use super::observe::observe;
use super::read::{Read, read};
use crate::model::{
    Case, DeclaredResult, DeclaredStatus, DeclaredTarget, Entry, Indicator, Observed, ScoreForm,
};
use crate::notation::direction::{Direction, decide};
use crate::notation::facts::{self, days_late, not_measurable};
use crate::notation::{Notation, Status, StatusWord};

/// The answers to all declared targets.
pub(super) fn all(case: &Case, form: Option<&ScoreForm>) -> Vec<DeclaredResult> {
    case.declared.iter().enumerate().map(|(index, declared)| one(case, form, index, declared)).collect()
}

fn one(case: &Case, form: Option<&ScoreForm>, index: usize, declared: &DeclaredTarget) -> DeclaredResult {
    let indicators = form.map(|form| form.indicators.as_slice()).unwrap_or_default();
    let matched = matching(declared, indicators);
    // The promise is the declaration's, the fact the scored form's.
    let answered = Indicator {
        actual: matched.and_then(|at| indicators.get(at)).and_then(|indicator| indicator.actual.clone()),
        actual_words: matched.and_then(|at| indicators.get(at)).and_then(|i| i.actual_words.clone()),
        ..declared.indicator.clone()
    };
    let read = read(case, &answered, None);
    let observed =
        facts_of(case, &answered, &read).with(|facts| observe(facts, &answered.level2, &case.words));
    // Cells of which it is not certain what they say answer nothing.
    let doubtful = |indicator: &Indicator| indicator.doubt.is_some();
    let doubtful =
        doubtful(&declared.indicator) || matched.and_then(|at| indicators.get(at)).is_some_and(doubtful);
    let observed = if doubtful { Observed::default() } else { observed };
    let unit = answered.unit.as_ref().map(Entry::shown);
    let why = read.target.as_ref().and_then(|target| not_measurable(&answered.name, unit.as_deref(), target));
    let words = if doubtful { None } else { in_words(case, &answered, &read) };
    // What was to be done by a day and was done later is not done by it.
    let late =
        read.target.as_ref().zip(read.actual.as_ref()).and_then(|(target, done)| days_late(target, done));
    let late = late.filter(|_| !doubtful).map(|_| false);
    let met = observed.met.or(words.filter(|done| *done)).or(late);
    let status = match (why, met) {
        (Some(_), _) => DeclaredStatus::NotMeasurable,
        (None, Some(true)) => DeclaredStatus::Met,
        (None, Some(false)) => DeclaredStatus::NotMet,
        (None, None) => DeclaredStatus::Unmatched,
    };
    let observed = if why.is_some() { Observed { met: None, ..observed } } else { observed };
    DeclaredResult { index, status, why, matched, in_words: words.is_some(), observed }
}

/// Whether a promise in words is answered by something, and then whether the answer is that it is kept: 达成年度指标, or
/// the promise's own words. How far anything else keeps it a person says.
fn in_words(case: &Case, answered: &Indicator, read: &Read) -> Option<bool> {
    let target = read.target.as_ref()?;
    let decision = decide(target, &answered.name, &answered.level2, &case.words).ok()?;
    let words = answered.actual_shown();
    if decision.direction != Direction::Qualitative
        || words.is_empty()
        || read.actual == Some(Notation::Blank)
    {
        return None;
    }
    let done = |status: &Status| status.word == StatusWord::Done && status.rate.is_none();
    let own = plain(&words);
    let kept = (!own.is_empty() && own == plain(&answered.target_shown()))
        || matches!(&read.actual, Some(Notation::Status(status)) if done(status));
    Some(kept)
}

/// The indicator of the same name, or of the alias the mapping gives. Names compare without spaces, punctuation and
/// brackets, where nothing is so called also without 指标 at their end; two indicators of one name answer nothing.
fn matching(declared: &DeclaredTarget, indicators: &[Indicator]) -> Option<usize> {
    let wanted = plain(declared.alias.as_deref().unwrap_or(&declared.indicator.name));
    let bare = |name: &str| name.strip_suffix("指标").unwrap_or(name).to_owned();
    let called = |by: &dyn Fn(&str) -> String| -> Vec<usize> {
        let wanted = by(&wanted);
        let same = indicators.iter().enumerate().filter(|(_, one)| by(&plain(&one.name)) == wanted);
        same.map(|(at, _)| at).collect()
    };
    let exact = called(&str::to_owned);
    let same = if exact.is_empty() { called(&bare) } else { exact };
    match same.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

fn plain(name: &str) -> String {
    facts::without_brackets(name).chars().filter(|c| c.is_alphanumeric()).collect()
}
