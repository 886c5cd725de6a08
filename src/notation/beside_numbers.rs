//! The words that may stand around a number without changing it.

use super::context::Context;
use super::quantity::{Quantity, from, spaces};
use super::sign::Sign;
use super::unit::Dimension;
use crate::words::{self, Class, Lexicon, list};

/// A word of change that the indicator's name has too, with what it is measured from, and how many bytes it is.
fn change(text: &str, name: &str) -> Option<usize> {
    let since = words::of(Class::ChangedSince).longest(text).map_or(0, str::len);
    let rest = from(text, since);
    let (up, down) = ([list::RISE_NAMES, list::GAINS], [list::FALL_NAMES, list::SAVINGS]);
    let begun = |way: [&'static Lexicon; 2]| way.into_iter().find_map(|words| words.longest(rest));
    // Both ways in one name (提高效率降低成本) say neither.
    let named = |way: [&Lexicon; 2]| way.into_iter().any(|words| words.within(name));
    let word = match (named(up), named(down)) {
        (true, false) => begun(up),
        (false, true) => begun(down),
        _ => None,
    };
    word.map(|word| since.saturating_add(word.len()))
}

/// What stands before a number.
pub(super) struct Lead {
    /// Where the number begins.
    pub(super) at: usize,
    /// It says that so much was done.
    pub(super) done: bool,
    /// It says that so much was counted or made: a number of things, not a rate or an amount.
    pub(super) counted: bool,
    /// The sign it stands for.
    pub(super) bound: Option<Sign>,
}

/// Skips the words before a number.
pub(super) fn leads(text: &str, context: &Context) -> Lead {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return Lead { at: 0, done: false, counted: false, bound: None };
    }
    let mut at = named(text, &context.name().words);
    let mut done = false;
    let mut counted = false;
    let mut bound = None;
    // Each word once, in any order: nobody writes more.
    for _ in 0..4 {
        at = spaces(text, at);
        let rest = from(text, at);
        if let Some(taken) = change(rest, &context.name().words) {
            at = at.saturating_add(taken);
        } else if let Some((_, taken)) = strip_lead(rest) {
            at = at.saturating_add(taken);
        } else if let Some(word) = list::FIGURE_DONE.longest(rest) {
            done = true;
            at = at.saturating_add(word.len());
        } else if rest.starts_with("控制在") {
            bound = Some(Sign::AtMost);
            at = at.saturating_add("控制在".len());
        } else if let Some(taken) = strip_verb(rest) {
            counted = true;
            at = at.saturating_add(taken);
        } else if rest.starts_with(':') {
            at = at.saturating_add(1);
        } else {
            break;
        }
    }
    Lead { at: spaces(text, at), done, counted, bound }
}

/// A verb of doing or finding (开展, 已培训), and how many bytes it is.
pub(super) fn strip_verb(text: &str) -> Option<usize> {
    let already = if text.starts_with('已') { '已'.len_utf8() } else { 0 };
    let verb = list::FIGURE_VERBS.longest(from(text, already))?;
    already.checked_add(verb.len())
}

pub(super) fn strip_lead(text: &str) -> Option<(&'static str, usize)> {
    list::FIGURE_LEADS.longest(text).map(|word| (word, word.len()))
}

/// How many bytes at the start of the text repeat the indicator's name or its end (`满意度95%` under 群众满意度).
fn named(text: &str, name: &str) -> usize {
    let mut starts = name.char_indices().map(|(at, _)| at);
    starts
        .find_map(|at| {
            let end = name.get(at..)?;
            // 合格率 is the opposite of 不合格率.
            let denied = name.get(..at).is_some_and(|before| list::OPPOSITE_SIGNS_OR_NONE.ends(before));
            (!denied && text.starts_with(end) && end.chars().nth(1).is_some()).then_some(end.len())
        })
        .unwrap_or(0)
}

/// Skips the noun behind a measure word.
pub(super) fn noun(text: &str, at: usize, quantity: &Quantity) -> usize {
    let counted = matches!(quantity.unit.dimension, Dimension::Count(_));
    let noun = list::COUNTED_NOUNS.longest(from(text, at)).filter(|_| counted);
    at.saturating_add(noun.map_or(0, str::len))
}

/// The end of the words for what was counted, if they close the text: `3处问题`, `1起安全事故`; and 整 behind money.
pub(super) fn counted_harm(text: &str, at: usize, quantity: &Quantity) -> usize {
    let rest = from(text, at);
    let harm = matches!(quantity.unit.dimension, Dimension::Count(_))
        && rest.char_indices().nth(MAX_HARM_CHARS).is_none()
        && !rest.contains(['，', '、', '；', ';'])
        && !list::TURNS_OF_HARM.within(rest)
        && !rest.bytes().any(|b| b.is_ascii_digit())
        && list::FOUND_THINGS.ends(rest);
    if harm || (quantity.unit.is_money() && rest == "整") { text.len() } else { at }
}

/// `1起一般安全责任事故` has eight.
const MAX_HARM_CHARS: usize = 10;
