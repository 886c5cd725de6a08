//! Which state the deeds come to that an answer tells one by one: 平台已建成，尚未投入运行 under 建成并投入运行, 建成未运行, 未建成.
//!
//! Each deed of the state must be told, done or not as the state says, and each that is told must be one of the state's. What the
//! one says more of a deed than the other must be the form's own words, and say nothing of how it is done.

use crate::words::{self, Class, list};

use super::super::IndicatorFacts;
use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::Answer;
use super::item_clauses::asks;

/// More deeds are a report.
const MOST: usize = 4;

/// Something that was done, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Deed {
    act: String,
    done: bool,
}

/// A state's deeds.
struct Asked {
    deeds: Vec<Deed>,
    /// 仅建立未执行: the others are not done.
    only: bool,
}

/// The only state whose deeds are those that are told.
pub(super) fn state(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    let text = plain_words(facts.actual_text);
    let doubt = [Class::InPart, Class::Hoped, Class::LastYears, Class::TakenBack];
    let unclear =
        doubt.iter().any(|class| words::of(*class).within(&text)) || list::SOFT_DENIALS.within(&text);
    let figure = text.contains(|c: char| c.is_ascii_digit() || matches!(c, '、' | '或'));
    if rule.states.len() < 2 || !rule.bands.is_empty() || unclear || figure {
        return None;
    }
    let labels: Vec<String> = rule.states.iter().map(|state| plain_words(&state.label)).collect();
    let asked: Vec<Asked> = labels.iter().map(|label| asked(label)).collect::<Option<_>>()?;
    let known = format!("{}|{}", facts.indicator, labels.join("|"));
    let ways = told(&text)?;
    let is_it =
        |state: &Asked| ways.iter().any(|said| is_told(state, said, &asked, (facts.indicator, &known)));
    let mut hits = rule.states.iter().zip(&asked).filter(|(_, state)| is_it(state));
    match (hits.next(), hits.next()) {
        (Some((state, _)), None) => Some(Answer::word(&state.label)),
        _ => None,
    }
}

/// The deeds of a state: what stands before a denial is done.
fn asked(label: &str) -> Option<Asked> {
    let rest = list::ONLY.strip(label);
    let mut deeds = Vec::new();
    for piece in pieces(rest.unwrap_or(label)) {
        match denied(piece) {
            Some((before, act)) => {
                deeds.extend((!before.is_empty()).then(|| deed(before, true)));
                deeds.push(deed(act, false));
            }
            None => deeds.push(deed(piece, true)),
        }
    }
    let whole = deeds.iter().all(|deed| deed.act.chars().nth(1).is_some());
    (whole && !deeds.is_empty() && deeds.len() <= MOST).then_some(Asked { deeds, only: rest.is_some() })
}

/// What is told, in each way in which it may be meant: 报告尚未印发 is of one deed, 建成未运行 of two.
fn told(text: &str) -> Option<Vec<Vec<Deed>>> {
    let mut ways: Vec<Vec<Deed>> = vec![Vec::new()];
    let all: Vec<&str> = pieces(text);
    if all.len() > MOST {
        return None;
    }
    for piece in all {
        let each: Vec<Vec<Deed>> = match denied(piece) {
            Some(("", act)) => vec![vec![deed(act, false)]],
            Some((before, act)) => {
                vec![vec![deed(before, true), deed(act, false)], vec![deed(&format!("{before}{act}"), false)]]
            }
            None => vec![vec![deed(piece, true)]],
        };
        ways = ways
            .iter()
            .flat_map(|way| each.iter().map(|more| way.iter().chain(more).cloned().collect()))
            .collect();
    }
    Some(ways)
}

fn pieces(text: &str) -> Vec<&str> {
    let clauses = text.split(|c: char| list::CLAUSE_SIGNS.has_char(c));
    let mut found: Vec<&str> = clauses.collect();
    for link in list::DEED_LINKS.iter() {
        found = found.iter().flat_map(|piece| piece.split(link)).collect();
    }
    found.retain(|piece| !piece.is_empty());
    found
}

fn deed(act: &str, done: bool) -> Deed {
    let act: String = act.chars().filter(|c| !list::DEED_FILLERS.has_char(*c)).collect();
    Deed { act, done }
}

/// What stands before the only denial, and what is denied.
fn denied(piece: &str) -> Option<(&str, &str)> {
    let (at, no) = list::DENIED_DEEDS.find(piece)?;
    let (before, rest) = (piece.get(..at)?, piece.get(at.checked_add(no.len())?..)?);
    (list::DENIED_DEEDS.find(rest).is_none() && rest.chars().nth(1).is_some()).then_some((before, rest))
}

/// Whether all that a state asks is told, and nothing else.
fn is_told(state: &Asked, said: &[Deed], all: &[Asked], words: (&str, &str)) -> bool {
    let mut left: Vec<&Deed> = said.iter().collect();
    for deed in &state.deeds {
        let Some(at) = left.iter().position(|told| told.done == deed.done && is_like(deed, told, words))
        else {
            return false;
        };
        left.remove(at);
    }
    // 仅通过验收 beside 通过验收且资料齐全: what another state asks for, and is not done.
    let of_another = |told: &&Deed| {
        let other = |deed: &Deed| deed.done && is_like(deed, &Deed { done: true, ..(*told).clone() }, words);
        !told.done && all.iter().any(|state| state.deeds.iter().any(other))
    };
    left.is_empty() || (state.only && left.iter().all(of_another))
}

/// Whether a deed of a state is the one that is told.
fn is_like(asked: &Deed, told: &Deed, (about, known): (&str, &str)) -> bool {
    let more = |short: &str, long: &str| rest_of(short, long);
    if let Some(more) = more(&asked.act, &told.act) {
        // 未执行到位 is no 未执行.
        return more.iter().all(|more| is_known(more, known) && (told.done || !asks(more)));
    }
    match more(&told.act, &asked.act) {
        // 省级示范点 of 创建省级示范点 may be what decides.
        Some(open) => open.iter().all(|open| {
            let own = list::ITEM_DEEDS.has(open) || about.contains(open.as_str());
            own && !asks(open) && !words::of(Class::Sound).within(open)
        }),
        None => false,
    }
}

/// What is left of the long words, a stretch each, where the short ones stand in them in their order.
fn rest_of(short: &str, long: &str) -> Option<Vec<String>> {
    short.chars().nth(1)?;
    let mut signs = short.chars().peekable();
    let (mut found, mut left) = (Vec::new(), String::new());
    for c in long.chars() {
        if signs.peek() == Some(&c) {
            signs.next();
            found.extend((!left.is_empty()).then(|| std::mem::take(&mut left)));
        } else {
            left.push(c);
        }
    }
    found.extend((!left.is_empty()).then_some(left));
    signs.peek().is_none().then_some(found)
}

/// Whether words are the form's own, or say no more than that it was done.
fn is_known(more: &str, known: &str) -> bool {
    known.contains(more) || list::ITEM_DEEDS.has(more) || list::ITEM_FILLERS.has(more)
}
