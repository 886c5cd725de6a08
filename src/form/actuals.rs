//! Actuals of a form that has no column for them: what stands in 评价情况, 扣分说明 or 备注, where it is a value and nothing
//! else, or states exactly one value of the kind that the target promises.
//!
//! It is taken from such a cell only where
//! - the notation room reads the cell, or the one clause of it that has a number, as a number without a sign, in a unit of
//!   the target's kind (a date where a date is promised), and
//! - no word in the cell denies, compares, plans or estimates (未达到92%, 应为100, 较上年增长5%).
//!
//! Everything else is left to a person. A cell merged over several indicators is nobody's, and cells that state different
//! values answer nothing.

use crate::model::{Actuals, Binding, Case, Entry, Indicator};
use crate::notation::{Hints, Notation, Role, Row, Unit, is_rate_name, read, read_text};
use crate::sheet::Value;
use crate::words::{self, Class, Words};

/// Gives the indicators of a form without a column of actuals what their other cells state.
pub(super) fn take(case: &mut Case) {
    let Some(form) = &case.score_form else { return };
    if form.actuals == Actuals::Column {
        return;
    }
    let found: Vec<Option<(Entry, Option<String>)>> = form
        .indicators
        .iter()
        .map(|indicator| {
            let wanting = indicator.actual.is_none()
                && indicator.doubt.is_none()
                && indicator.binding != Some(Binding::Survey);
            stated(case, indicator).filter(|_| wanting)
        })
        .collect();
    let Some(form) = &mut case.score_form else { return };
    for (indicator, found) in form.indicators.iter_mut().zip(found) {
        if let Some((entry, words)) = found {
            indicator.actual = Some(entry);
            indicator.actual_words = words;
        }
    }
}

/// The cell that states the actual, and the words of it that do, where it says more.
fn stated(case: &Case, indicator: &Indicator) -> Option<(Entry, Option<String>)> {
    let target = Row::read(case, indicator, None, None).target;
    let target = match &target {
        Some(Err(_)) => return None,
        Some(Ok(Notation::Blank)) | None => None,
        Some(Ok(target)) => Some(target),
    };
    let unit = indicator.unit.as_ref().map(Entry::shown);
    let hints = Hints {
        role: Role::Actual,
        indicator: &indicator.name,
        category: &indicator.level2,
        unit: unit.as_deref(),
        year: case.project.year,
        target,
        words: Some(&case.words),
        ..Hints::default()
    };
    let places = [(&indicator.situation, true), (&indicator.reason, false), (&indicator.remark, false)];
    let mut found: Option<(Notation, Entry, Option<String>)> = None;
    for (entry, is_situation) in places {
        let Some(entry) = entry.as_ref().filter(|entry| !entry.is_blank() && is_own(case, entry)) else {
            continue;
        };
        let Some((value, words)) = value_in(entry, is_situation, &hints, &case.words) else { continue };
        match &found {
            Some((before, ..)) if !same(before, &value) => return None,
            Some(_) => {}
            None => found = Some((value, entry.clone(), words)),
        }
    }
    found.map(|(_, entry, words)| (entry, words))
}

/// Whether a cell belongs to one indicator alone.
fn is_own(case: &Case, entry: &Entry) -> bool {
    let Some(at) = &entry.at else { return false };
    let indicators = case.score_form.iter().flat_map(|form| &form.indicators);
    let holds = |indicator: &&Indicator| {
        let cells = [&indicator.situation, &indicator.reason, &indicator.remark];
        cells.into_iter().flatten().any(|other| other.at.as_ref() == Some(at))
    };
    indicators.filter(holds).count() == 1
}

fn same(a: &Notation, b: &Notation) -> bool {
    match (a.quantity(), b.quantity()) {
        (Some(a), Some(b)) => a.unit.comparable(&b.unit) && a.in_base() == b.in_base(),
        _ => a == b,
    }
}

/// The value that a cell states, with the words that state it where they are not the whole cell.
fn value_in(
    entry: &Entry,
    is_situation: bool,
    hints: &Hints,
    words: &Words,
) -> Option<(Notation, Option<String>)> {
    let text = match &entry.cell.value {
        Value::Text(text) => text.clone(),
        Value::Number(_) | Value::Date(_) => {
            let value = read(&entry.cell, hints).ok()?;
            let explicit = is_situation || entry.shown().trim().ends_with('%');
            return (explicit && is_of_kind(&value, is_situation, hints)).then_some((value, None));
        }
        _ => return None,
    };
    if is_otherwise(&text, hints.indicator, words) {
        return None;
    }
    // A bare number in a remark may count anything.
    let bare =
        |words: &str| words.trim().chars().all(|c| c.is_numeric() || matches!(c, '.' | '．' | ',' | '，'));
    if bare(&text) && !is_situation {
        return None;
    }
    if let Ok(value) = read(&entry.cell, hints)
        && is_of_kind(&value, is_situation, hints)
    {
        return Some((value, None));
    }
    let telling = |clause: &&str| clause.contains(char::is_numeric) || clause.contains(['%', '％']);
    let clauses: Vec<&str> = clauses(&text);
    let [clause] = clauses.iter().copied().filter(|clause| telling(clause)).collect::<Vec<_>>()[..] else {
        return None;
    };
    if bare(clause) || clauses.iter().any(|other| *other != clause && has_numeral(other)) {
        return None;
    }
    // What it is called says nothing of how much it is.
    let named = own_name(clause, hints.indicator).and_then(|own| clause.strip_prefix(own));
    let clause = named.map_or(clause, |rest| words::of(Class::ValueCopulas).trim_start(rest));
    let value = read_text(clause, hints).ok()?;
    // Without a target only a rate is known to be what the indicator is about.
    let promised =
        hints.target.is_some() || (is_rate_name(hints.indicator) && value.unit().is_some_and(Unit::is_ratio));
    (promised && value.quantity().is_some() && is_of_kind(&value, is_situation, hints))
        .then(|| (value, Some(clause.trim().to_owned())))
}

/// The clauses of a text.
fn clauses(text: &str) -> Vec<&str> {
    let parts = text.split(['，', '。', '；', ';', '\n', '\r', '！']);
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Whether words of the text, the indicator's name aside, make its number another than what was done.
fn is_otherwise(text: &str, name: &str, words: &Words) -> bool {
    let rest = own_name(text, name).map_or_else(|| text.to_owned(), |own| text.replace(own, ""));
    words.of(Class::NotDone).within(&rest)
}

/// Whether Chinese digits stand in the text, which may state a second value.
fn has_numeral(text: &str) -> bool {
    words::of(Class::Digits).within(text) || words::of(Class::Numerals).within(text)
}

/// The end of the indicator's name that a text says (`数据有效率88%` of 监测数据有效率).
fn own_name<'n>(text: &str, name: &'n str) -> Option<&'n str> {
    let ends = name.char_indices().filter_map(|(at, _)| name.get(at..));
    ends.into_iter().find(|end| end.chars().nth(1).is_some() && text.contains(end))
}

/// Whether a value is of the kind that the target promises; without a target a number with a unit is one.
fn is_of_kind(value: &Notation, is_situation: bool, hints: &Hints) -> bool {
    match (value, hints.target) {
        (
            Notation::Quantity(value),
            Some(Notation::Quantity(target) | Notation::Range { high: target, .. }),
        ) => value.sign.is_none() && value.unit.comparable(&target.unit),
        (Notation::Quantity(value), None) => {
            let told = is_situation && !value.unit.is_bare();
            let rate = is_rate_name(hints.indicator) && value.unit.is_ratio();
            value.sign.is_none() && (told || rate)
        }
        (Notation::Date(_) | Notation::Period(_), Some(target)) => is_situation && target.is_date(),
        _ => false,
    }
}
