//! Figures of parts of the year: 1-9月完成8亿元，全年完成9亿元, 上半年80人，下半年100人; and what was reached before the year was
//! over: 截至9月底已培训210人, which is the least that it came to.

use crate::notation::{Notation, Quantity, Sign};
use crate::rule::Measure;
use crate::words::{self, Class, Lexicon, list};

use super::super::Answer;
use super::super::parts::{AnswerPart, parts};
use super::{Relevant, Said};

/// Which part of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
enum When {
    Whole,
    /// With the words for it.
    Part(String),
}

pub(super) fn turn(said: &Said) -> Option<Relevant> {
    let timed = words::of(Class::PartsOfTheYear);
    let of_year = !timed.within(&said.known()) && !said.names().any(|name| timed.within(name));
    let counted = matches!(said.rule.measure, Measure::Count(_));
    if !(said.rule.measure == Measure::Value || counted)
        || !said.rule.states.is_empty()
        || said.is_of_days()
        || !of_year
        || said.rule.written().is_some()
    {
        return None;
    }
    let figure = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let clauses = said.clauses().into_iter().flat_map(|clause| {
        // 一季度20亩、二季度30亩
        let each: Vec<&str> = clause.split('、').collect();
        if each.iter().all(|part| figure(part)) { each } else { vec![clause] }
    });
    let led: Vec<(When, &str)> = clauses.map(led).collect::<Option<_>>()?;
    match led.as_slice() {
        [(When::Part(_), rest)] if counted => found_by_then(rest),
        _ if counted => None,
        [(When::Part(_), rest)] => at_least(said, rest),
        [(When::Whole, rest)] => Some(Relevant::Text((*rest).to_owned())).filter(|_| amount(rest).is_some()),
        [] => None,
        several => of_whole(several).or_else(|| {
            let sum = sum(said, several)?;
            Some(Relevant::answer(Answer::number(sum)))
        }),
    }
}

/// When a clause says that it was, and what was then.
fn led(clause: &str) -> Option<(When, &str)> {
    let figure = |rest: &&str| rest.contains(|c: char| c.is_ascii_digit());
    if let Some(rest) = list::WHOLE_YEARS.strip(clause).filter(figure) {
        return Some((When::Whole, rest));
    }
    let (at, word) = words::of(Class::PartsOfTheYear).find(clause)?;
    let before = clause.get(..at)?;
    let bare = list::UP_TO_THEN.trim_start(before);
    let plain =
        |c: char| c.is_ascii_digit() || list::OF_WHICH_PART.has_char(c) || crate::notation::is_numeral(c);
    let rest = list::END_OF_PART.trim_start(clause.get(at.checked_add(word.len())?..)?);
    if bare.is_empty() || bare.chars().nth(5).is_some() || !bare.chars().all(plain) || !figure(&rest) {
        return None;
    }
    // 12月末, 1-12月
    let last = word == "月" && (bare == "12" || bare.ends_with("-12") || bare.ends_with("至12"));
    Some((if last { When::Whole } else { When::Part(format!("{bare}{word}")) }, rest))
}

/// The figure of the whole year beside those of parts of it.
fn of_whole(several: &[(When, &str)]) -> Option<Relevant> {
    let mut whole = several.iter().filter(|(when, _)| *when == When::Whole);
    let ((_, rest), None) = (whole.next()?, whole.next()) else { return None };
    let all = amount(rest)?.1;
    // What is done does not grow less.
    let grows = several.iter().filter(|(when, _)| *when != When::Whole).all(|(_, part)| {
        amount(part).is_some_and(|(_, part)| {
            part.unit.comparable(&all.unit) && (all.unit.is_ratio() || part.in_base() <= all.in_base())
        })
    });
    grows.then(|| Relevant::Text((*rest).to_owned()))
}

/// The only figure of a clause, with its part.
fn amount(clause: &str) -> Option<(AnswerPart, Quantity)> {
    let found = parts(clause)?;
    let [only] = found.as_slice() else { return None };
    let amount = only.amount.clone().filter(|amount| amount.sign.is_none() && amount.fraction.is_none())?;
    Some((only.clone(), amount))
}

/// Whether a figure is of what was done, which adds up over the year: 培训180人, and 180人 under 培训人数.
fn adds_up(said: &Said, part: &AnswerPart, amount: &Quantity) -> bool {
    let mut label = part.before.as_str();
    let mut acted = false;
    while let Some(rest) = list::DEEDS.strip(label) {
        acted = true;
        label = rest;
    }
    let named = label.is_empty() || said.asks_for(label, said.asked());
    let acts =
        acted || list::DEEDS.iter().any(|deed| deed.chars().nth(1).is_some() && said.asked().contains(deed));
    part.after.is_empty() && named && acts && !amount.unit.is_ratio() && !amount.unit.is_bare()
}

/// All parts of the year together.
fn sum(said: &Said, several: &[(When, &str)]) -> Option<Quantity> {
    let are = |words: &Lexicon| {
        words.len() == several.len()
            && several.iter().all(|(when, _)| matches!(when, When::Part(own) if words.has(own)))
    };
    let once =
        several.iter().enumerate().all(|(at, (when, _))| several.iter().take(at).all(|(own, _)| own != when));
    if !once || ![list::HALVES, list::QUARTERS, list::QUARTERS_IN_FULL].into_iter().any(are) {
        return None;
    }
    let mut sum: Option<Quantity> = None;
    for (_, clause) in several {
        let (part, amount) = amount(clause)?;
        if !adds_up(said, &part, &amount) {
            return None;
        }
        sum = Some(match sum {
            None => amount,
            Some(sum) => {
                let same = sum.unit.word == amount.unit.word;
                Quantity { number: sum.number.plus(amount.number).filter(|_| same)?, ..sum }
            }
        });
    }
    sum
}

/// 上半年发生1起: no fewer in the whole year.
fn found_by_then(rest: &str) -> Option<Relevant> {
    let (part, _) = amount(rest)?;
    let found = part.before.is_empty() || list::FOUND_OUT.has(&part.before);
    let text = rest.get(part.before.len()..)?;
    (found && part.after.is_empty()).then(|| Relevant::Text(format!("不少于{text}")))
}

/// 截至9月底已培训210人: no fewer by the end of the year.
fn at_least(said: &Said, rest: &str) -> Option<Relevant> {
    let (part, amount) = amount(rest)?;
    let target = said.facts.target.and_then(Notation::quantity)?;
    let fits = !target.sign.is_some_and(Sign::is_cap) && target.unit.comparable(&amount.unit);
    let text = rest.get(part.before.len()..)?;
    (fits && adds_up(said, &part, &amount)).then(|| Relevant::Text(format!("不少于{text}")))
}
