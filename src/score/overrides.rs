//! What reviewers typed in the place of ours: which of it counts (`docs/design.md`, "Whose word stands").

use std::collections::BTreeSet;

use super::Scored;
use crate::base::{CellAt, Number, Score, Weight, half_width, sha256};
use crate::model::{
    Accepted, Bound, Case, Entry, Extra, FormKind, Given, GradeOverride, Indicator, IndicatorScore, Override,
    Overrides, ScoreForm, State, Verdict, Voice,
};

/// Digits behind the point that a score has at most.
const PLACES: u32 = 2;
/// Characters of a digest.
const DIGEST: usize = 32;

/// Puts what reviewers typed in the place of the computed scores, where it counts, and says who decided each score.
pub(super) fn apply(case: &Case, form: &ScoreForm, scored: &mut Scored) {
    for result in &mut scored.card.indicators {
        let indicator = match result.index {
            Some(index) => form.indicators.get(index),
            None => scored.execution.as_ref(),
        };
        let Some(indicator) = indicator else { continue };
        if let Some(typed) = typed(case, form, indicator, result) {
            // What was typed over ours is not the agency's.
            if typed.in_form && !form.reviewed {
                result.stated = None;
            }
            take(result, typed);
        } else if result.state == State::Judged {
            result.voice = Some(judge(case, form));
        }
    }
}

fn take(result: &mut IndicatorScore, typed: Override) {
    if let Some(score) = typed.score.filter(|_| typed.verdict.counts()) {
        result.score = Some(score);
        result.voice = Some(typed.voice);
        result.reason = None;
        result.state = if result.state == State::Computed { State::Overridden } else { State::Judged };
    }
    result.overriding = Some(typed);
}

/// Whose a score is that stands in the form where no rule decides.
fn judge(case: &Case, form: &ScoreForm) -> Voice {
    let own = form.kind == FormKind::SelfEvaluation && !form.reviewed;
    form.score_voice.unwrap_or(if own { Voice::Agency } else { case.overrides.voice })
}

/// What a person put in the place of a score of ours.
fn typed(case: &Case, form: &ScoreForm, indicator: &Indicator, result: &IndicatorScore) -> Option<Override> {
    let told = Some(&case.overrides).filter(|told| !told.taken_back)?;
    let anchor = result.anchor(Some(indicator))?;
    let bound = told.bound.get(&anchor);
    let computed = result.score.filter(|_| result.state == State::Computed);
    let given = told.given.get(&anchor);
    let beside = given.filter(|given| !given.value.trim().is_empty());
    let known = |entry: &&Entry| bound.is_some_and(|bound| bound.in_form) || is_over(told, entry.at.as_ref());
    let entry = if form.reviewed { &indicator.score } else { &indicator.stated_score };
    let in_form = entry.as_ref().filter(|entry| !entry.is_blank());
    // Where no rule gives a score, a reviewer's in the form is the score itself.
    let judged = in_form.filter(|_| form.reviewed && result.state == State::Judged && beside.is_some());
    let in_form = in_form.filter(|_| computed.is_some()).filter(|entry| form.reviewed || known(entry));
    let in_form = in_form.or(judged);
    if in_form.is_none() && beside.is_none() {
        return None;
    }
    let part = |text: Option<&String>| Some(text?.trim().to_owned()).filter(|text| !text.is_empty());
    let by = part(given.map(|given| &given.by));
    let told_reason = part(given.map(|given| &given.reason));
    let in_cell = || {
        let entry = indicator.reason.as_ref().filter(|entry| !entry.is_blank())?;
        let since = entry.at.as_ref().is_some_and(|at| told.changed.contains(at));
        let theirs =
            since || bound.is_some_and(|bound| bound.reason_in_form) || is_over(told, entry.at.as_ref());
        theirs.then(|| entry.shown().trim().to_owned())
    };
    let reason_in_form = told_reason.is_none() && in_cell().is_some();
    let reason = told_reason.or_else(in_cell);
    let shown = |given: &Given| given.value.trim().to_owned();
    let text = in_form.map(|entry| entry.shown().trim().to_owned()).or_else(|| beside.map(shown))?;
    let number = in_form.map_or_else(|| beside.and_then(|given| given.number), Entry::number);
    let number = number.map(|number| Score::new(number.get()));
    let score = number.filter(|score| score.get().normalize().scale() <= PLACES);
    let basis = basis(indicator, result);
    let said = said(&text, reason.as_deref(), by.as_deref());
    let title = form.score_voice.filter(|voice| in_form.is_some() && *voice != Voice::Agency);
    // The same word keeps the voice of the column that it was said in.
    let voice = title.or_else(|| bound?.voice_of(&said)).unwrap_or(told.voice);
    let mut typed = Override {
        typed: text,
        score,
        computed,
        reason,
        reason_in_form,
        by,
        voice,
        verdict: Verdict::Stands,
        once_stood: false,
        at: in_form.and_then(|entry| entry.at.clone()),
        in_form: in_form.is_some(),
        basis,
        said,
    };
    let other = beside.filter(|_| in_form.is_some()).map(|given| given.number);
    let contradicts = other.is_some_and(|other| other.map(|n| Score::new(n.get())) != typed.score);
    let claimed = in_form.is_some_and(|entry| form.reviewed && !known(&entry));
    typed.verdict = match typed.score {
        _ if contradicts => Verdict::Contradicted,
        None => Verdict::Unreadable,
        Some(score) if computed == Some(score) && claimed => return None,
        Some(score) if computed == Some(score) => Verdict::Agrees,
        Some(_) if claimed && (typed.reason.is_none() || typed.by.is_none()) => Verdict::Disputed,
        Some(score) if !in_range(indicator, result, score) => Verdict::OutOfRange,
        Some(_) => decide(told, &typed, bound, told.bases.get(&anchor)),
    };
    if let (Verdict::Outdated, Some(basis)) =
        (typed.verdict, given_for(bound, told.bases.get(&anchor), &typed))
    {
        // It stays bound to what it was given for until a person says it anew.
        typed.basis = basis;
        typed.once_stood = stood(bound, &typed.said);
    }
    Some(typed)
}

/// What an override that is said as before, or for the first time, was given for.
fn given_for(bound: Option<&Bound>, before: Option<&String>, typed: &Override) -> Option<String> {
    match bound {
        Some(bound) if bound.said == typed.said => Some(bound.basis.clone()),
        // Said anew beside inputs that stand as the run before left them, or were changed with it.
        Some(_) => None,
        None => before.cloned(),
    }
}

fn decide(told: &Overrides, typed: &Override, bound: Option<&Bound>, before: Option<&String>) -> Verdict {
    if given_for(bound, before, typed).is_some_and(|basis| basis != typed.basis) {
        return Verdict::Outdated;
    }
    match (&typed.reason, &typed.by) {
        _ if !(told.accepts || stood(bound, &typed.said)) => Verdict::Proposed,
        (Some(_), Some(_)) => Verdict::Stands,
        _ => Verdict::Draft,
    }
}

/// Whether what is said stood before.
fn stood(bound: Option<&Bound>, said: &str) -> bool {
    bound.is_some_and(|bound| bound.stood && bound.said == said)
}

/// A digest of what is said: score or grade, reason and name.
pub fn said(typed: &str, reason: Option<&str>, by: Option<&str>) -> String {
    digest([typed, reason.unwrap_or_default(), by.unwrap_or_default()])
}

fn is_over(told: &Overrides, at: Option<&CellAt>) -> bool {
    at.is_some_and(|at| told.over.contains(at))
}

/// Whether an indicator can earn that, or take it off.
fn in_range(indicator: &Indicator, result: &IndicatorScore, score: Score) -> bool {
    let number = score.number();
    if result.extra == Some(Extra::Penalty) {
        let most = indicator.weight.map(Weight::number);
        return number <= Number::ZERO && most.is_none_or(|most| number.abs() <= most);
    }
    !score.is_negative() && number <= result.weight.number()
}

/// A digest of what a score is of: a person who overrides it has these before him.
pub(super) fn basis(indicator: &Indicator, result: &IndicatorScore) -> String {
    let shown =
        |entry: &Option<Entry>| entry.as_ref().map(Entry::shown).unwrap_or_default().trim().to_owned();
    let computed = result.score.filter(|_| result.state == State::Computed);
    // Where a row has none the digest is what it always was.
    let standards = indicator
        .standards
        .iter()
        .map(|benchmark| format!("{}{}", benchmark.standard.name(), benchmark.entry.shown().trim()));
    let parts = [
        result.weight.to_string(),
        indicator.target_shown(),
        indicator.other_target_shown(),
        indicator.actual_shown(),
        shown(&indicator.criterion),
        computed.map(|score| score.to_string()).unwrap_or_default(),
    ];
    let all: Vec<String> = parts.into_iter().chain(standards).collect();
    digest(all.iter().map(String::as_str))
}

fn digest<'t>(parts: impl IntoIterator<Item = &'t str>) -> String {
    let plain = |part: &str| part.chars().map(half_width).filter(|c| !c.is_whitespace()).collect::<String>();
    let all: Vec<String> = parts.into_iter().map(plain).collect();
    let mut digest = sha256(&mut all.join("\u{1f}").as_bytes()).unwrap_or_default();
    digest.truncate(DIGEST);
    digest
}

/// Puts what was typed in the place of the grade there, where it counts.
pub(super) fn grade(case: &Case, form: &ScoreForm, scored: &mut Scored) {
    let told = &case.overrides;
    if told.taken_back {
        return;
    }
    let total = &mut scored.card.total;
    let was_in_form = told.bound_grade.as_ref().is_some_and(|bound| bound.in_form);
    let known = |entry: &&Entry| was_in_form || is_over(told, entry.at.as_ref());
    let in_form = form.total.grade.as_ref().filter(|entry| !entry.is_blank()).filter(known);
    let shown = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let beside = shown(&told.grade.value);
    let cell = in_form.map(|entry| entry.shown().trim().to_owned());
    let Some(typed) = cell.clone().or_else(|| beside.clone()) else { return };
    if in_form.is_some() {
        total.stated_grade = None;
    }
    let (reason, by) = (shown(&told.grade.reason), shown(&told.grade.by));
    let points = total.score.to_string();
    let basis = digest([points.as_str(), total.grade.as_deref().unwrap_or_default()]);
    let said = said(&typed, reason.as_deref(), by.as_deref());
    let bound = told.bound_grade.as_ref().filter(|bound| bound.said == said);
    let names: BTreeSet<&str> = case.grades.iter().map(|band| band.name.as_str()).collect();
    let outdated = bound.is_some_and(|bound| bound.basis != basis);
    let verdict = match (&reason, &by) {
        _ if cell.zip(beside).is_some_and(|(cell, beside)| cell != beside) => Verdict::Contradicted,
        _ if !names.contains(typed.as_str()) => Verdict::Unreadable,
        _ if total.grade.as_ref() == Some(&typed) => Verdict::Agrees,
        _ if outdated => Verdict::Outdated,
        _ if !(told.accepts || bound.is_some_and(|bound| bound.stood)) => Verdict::Proposed,
        (Some(_), Some(_)) => Verdict::Stands,
        _ => Verdict::Draft,
    };
    let computed = total.grade.take();
    total.grade = match verdict {
        Verdict::Agrees => computed.clone(),
        Verdict::Stands if total.complete => Some(typed.clone()),
        _ => None,
    };
    let basis = bound.filter(|_| verdict == Verdict::Outdated).map_or(basis, |bound| bound.basis.clone());
    let at = in_form.and_then(|entry| entry.at.clone());
    let voice = bound.and_then(|bound| bound.voice).unwrap_or(told.voice);
    let once_stood = verdict == Verdict::Outdated && stood(bound, &said);
    total.overriding =
        Some(GradeOverride { typed, computed, reason, by, voice, verdict, once_stood, at, basis, said });
}

/// What stands in the place of ours, for whoever meets this return again; and what stood in a later return than what was
/// handed in and is not decided anew: it never vanishes.
pub fn accepted(case: &Case, scored: &Scored) -> Vec<Accepted> {
    let indicators = &scored.card.indicators;
    let told = |reason: &Option<String>, by: &Option<String>, value: String, score: Option<Score>| Given {
        value,
        number: score.map(Score::number),
        reason: reason.clone().unwrap_or_default(),
        by: by.clone().unwrap_or_default(),
        ..Given::default()
    };
    let score = |(row, result): (usize, &IndicatorScore)| {
        let typed = result.overriding.as_ref().filter(|typed| typed.bound().stood)?;
        let given = told(&typed.reason, &typed.by, typed.score?.to_string(), typed.score);
        let (name, basis, voice) = (result.name.clone(), typed.basis.clone(), Some(typed.voice));
        Some(Accepted { row: Some(row), name, given, basis, voice })
    };
    let grade = scored.card.total.overriding.as_ref().filter(|typed| typed.bound().stood).map(|typed| {
        let given = told(&typed.reason, &typed.by, typed.typed.clone(), None);
        let (basis, voice) = (typed.basis.clone(), Some(typed.voice));
        Accepted { row: None, name: String::new(), given, basis, voice }
    });
    let mut all: Vec<Accepted> = indicators.iter().enumerate().filter_map(score).chain(grade).collect();
    let later = case.overrides.later.iter().filter(|_| !case.overrides.taken_back);
    for before in later.flat_map(|later| &later.accepted) {
        let alone = indicators.iter().filter(|result| result.name == before.name).count() < 2;
        let same = |have: &Accepted| {
            have.name == before.name && (have.row == before.row || (alone && before.row.is_some()))
        };
        if !all.iter().any(same) {
            all.push(before.clone());
        }
    }
    all
}
