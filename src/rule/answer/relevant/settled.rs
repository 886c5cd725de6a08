//! A figure that was put right: 由5200人更正为4200人, 填报180人，经核实应为160人, 160人（原填180人）. The right one counts, with a finding.

use crate::notation::Quantity;
use crate::rule::Measure;
use crate::words::list;

use super::super::parts::parts;
use super::{Relevant, Said};

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    if !matches!(said.rule.measure, Measure::Value | Measure::Count(_)) || said.is_of_days() {
        return None;
    }
    let text = bracket_behind(&said.text).unwrap_or_else(|| said.text.clone());
    put_right(&text).or_else(|| was_wrong(&text)).map(Relevant::Corrected)
}

/// 84%(原填96%，作废) of (原填96%，作废)84%.
fn bracket_behind(text: &str) -> Option<String> {
    let (inside, rest) = text.strip_prefix('(')?.split_once(')')?;
    (!rest.is_empty() && !rest.contains('(')).then(|| format!("{rest}({inside})"))
}

/// 由5200人更正为4200人: the figure behind the word.
fn put_right(text: &str) -> Option<String> {
    let (at, word) = list::PUT_RIGHT
        .iter()
        .filter_map(|word| Some((text.find(word)?, word)))
        .min_by_key(|(at, word)| (*at, usize::MAX.saturating_sub(word.len())))?;
    let (before, rest) = text.split_at_checked(at)?;
    let rest = rest.get(word.len()..)?;
    let inner = before.ends_with('(') || before.contains('(');
    let right = if inner { rest.strip_suffix(')')? } else { rest };
    let wrong = list::SAID_WRONG.trim_end(list::BEFORE_PUT_RIGHT.trim_end(before));
    let (wrong, now) = (figure(wrong)?, figure(right)?);
    // 180人，应为200人: what should have been done, where it is not said to be what was written.
    let settled = !list::MAY_BE_DUE.has(word) || list::FIRST_WRITTEN.has(&wrong.0);
    let right = right.to_owned();
    (settled && alike(&wrong.1, &now.1) && now.0.is_empty() && is_first(&wrong.0)).then_some(right)
}

/// 160人(原填180人有误，已更正): the figure before the bracket.
fn was_wrong(text: &str) -> Option<String> {
    let (right, inside) = text.strip_suffix(')')?.split_once('(')?;
    let told = list::FIRST_WRITTEN.strip(inside)?;
    // 4期(原填5期，更正为4期): the bracket says it, too.
    let told = match list::PUT_RIGHT.find(told) {
        Some((at, word)) => {
            let again = figure(told.get(at.checked_add(word.len())?..)?)?;
            (again.1.in_base() == figure(right)?.1.in_base()).then_some(())?;
            list::BEFORE_PUT_RIGHT.trim_end(told.get(..at)?)
        }
        None => told,
    };
    let told = list::SAID_WRONG.trim_end(told.trim_end_matches('，')).trim_end_matches('，');
    let told = list::SAID_WRONG.trim_end(told);
    let (wrong, now) = (figure(told)?, figure(right)?);
    (alike(&wrong.1, &now.1) && wrong.0.is_empty()).then(|| right.to_owned())
}

/// The only figure of the words, and what it is called.
fn figure(text: &str) -> Option<(String, Quantity)> {
    let found = parts(text)?;
    let [only] = found.as_slice() else { return None };
    let amount = only.amount.clone().filter(|q| q.sign.is_none() && q.fraction.is_none())?;
    only.after.is_empty().then(|| (list::BEFORE_FIGURES.trim_end(&only.before).to_owned(), amount))
}

fn alike(a: &Quantity, b: &Quantity) -> bool {
    a.unit.word == b.unit.word
}

/// Words before the figure that was wrong.
fn is_first(label: &str) -> bool {
    label.is_empty() || label == "由" || list::FIRST_WRITTEN.has(label)
}
