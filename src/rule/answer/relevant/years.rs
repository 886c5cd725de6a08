//! Numbers of several years: 上年96%，本年92%; 2023年96%，2024年93% under a target of 2024年.

use crate::notation::date::YearPart;
use crate::notation::scan_date;
use crate::words::{self, Class};

use super::super::super::Refusal;
use super::{Relevant, Said};

/// Whose number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Year {
    Last,
    This,
    Named(i16),
}

const HINT: &str = "请只写本年度的数；或由评审人员打分。";

pub(super) fn turn(said: &Said) -> Result<Option<Relevant>, Refusal> {
    if said.is_of_days() || compares(said) {
        return Ok(None);
    }
    // 累计建成180公里 where 当年 counts.
    let this = words::of(Class::ThisYears);
    let of_this = this.within(said.facts.target_text) || said.names().any(|name| this.within(name));
    if of_this && said.text.contains("累计") && !this.within(&said.text) {
        return said.refuse("写明的是累计数，没有写明本年度的数".to_owned(), HINT);
    }
    let clauses = said.clauses();
    let led: Option<Vec<(Year, &str)>> = clauses.iter().map(|clause| led(clause)).collect();
    let Some(led) = led else { return Ok(None) };
    let known = asked(said);
    let is_this = |year: &Year| match year {
        Year::This => true,
        Year::Last => false,
        Year::Named(year) => Some(*year) == known,
    };
    let named = |year: &Year| matches!(year, Year::Named(_));
    let other = |year: &Year| *year == Year::Last || (named(year) && known.is_some());
    match led.as_slice() {
        [] => Ok(None),
        [(year, rest)] if named(year) && is_this(year) => Ok(Some(Relevant::Text((*rest).to_owned()))),
        [(year, _)] if other(year) && !is_this(year) => {
            said.refuse("写明的是另一个年度的数，没有写明本年度的数".to_owned(), HINT)
        }
        [_] => Ok(None),
        several => {
            let mut own = several.iter().filter(|(year, _)| is_this(year));
            let rest_is_other = several.iter().all(|(year, _)| is_this(year) || other(year));
            match (own.next(), own.next()) {
                (Some((_, rest)), None) if rest_is_other => Ok(Some(Relevant::Text((*rest).to_owned()))),
                _ => said.refuse("写明了不止一年的数，无法确定以哪一年为准".to_owned(), HINT),
            }
        }
    }
}

/// A clause that begins with its year, and what follows.
fn led(clause: &str) -> Option<(Year, &str)> {
    let rest = |rest: &str| rest.contains(|c: char| c.is_ascii_digit());
    for (class, year) in [(Class::LastYears, Year::Last), (Class::ThisYears, Year::This)] {
        if let Some(after) = words::of(class).strip(clause) {
            return rest(after).then_some((year, after.trim_start_matches([':', '为'])));
        }
    }
    let (when, taken) = scan_date(clause, false).filter(|(when, _)| when.part == YearPart::Year)?;
    let after = clause.get(taken..).filter(|after| rest(after))?.trim_start_matches("度");
    Some((Year::Named(when.year?), after.trim_start_matches([':', '为'])))
}

/// Whether the rule itself compares years.
pub(super) fn compares(said: &Said) -> bool {
    let words = said.rule.all_words();
    let last = words::of(Class::LastYears);
    let moved = |text: &str| {
        words::of(Class::Risen).within(text)
            || words::of(Class::Fallen).within(text)
            || words::of(Class::Unchanged).within(text)
            || words::of(Class::ChangeRates).within(text)
            || text.contains("变动")
    };
    last.within(&words)
        || said.names().any(|name| last.within(name) || moved(name))
        || said.rule.states.iter().any(|state| moved(&state.label))
}

/// The only year that the target names.
fn asked(said: &Said) -> Option<i16> {
    let text = crate::notation::normalise(said.facts.target_text);
    let text = text.as_str();
    let mut found = None;
    for (at, _) in text.char_indices() {
        let before = text.get(..at).unwrap_or_default();
        if before.ends_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let named = scan_date(text.get(at..)?, false).and_then(|(when, _)| when.year);
        match (named, found) {
            (Some(year), Some(earlier)) if year != earlier => return None,
            (Some(year), _) => found = Some(year),
            _ => {}
        }
    }
    found
}
