//! Kinds of faults that are named and not counted: 不存在截留，存在挤占、挪用 under 不存在截留、挤占、挪用的得6分，每存在一种情形扣2分.

use crate::base::Number;
use crate::notation::{Notation, Quantity, Unit};
use crate::words::{self, Class, list};

use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::super::{Award, IndicatorFacts};
use super::Answer;

/// How many of the kinds that the criterion lists there are; nothing where any of them is unsaid in part.
pub(super) fn answer(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    let text = plain_words(facts.actual_text);
    let words = plain_words(&rule.all_words());
    let listed = listed(&words)?;
    let mut there: Vec<&str> = Vec::new();
    let mut denied: Vec<&str> = Vec::new();
    for clause in text.split(['，', ';', '。']).filter(|clause| !clause.is_empty()) {
        let clause = words::of(Class::ClauseLinks).strip(clause).unwrap_or(clause);
        let (names, found) = match words::of(Class::FoundNone).strip(clause) {
            Some(names) => (names, &mut denied),
            None => (words::of(Class::FoundSome).strip(clause)?, &mut there),
        };
        for name in split(list::FAULT_NOUNS.strip_end(names).unwrap_or(names)) {
            let own = listed.iter().find(|own| **own == name)?;
            found.push(own);
        }
    }
    let once =
        |names: &[&str]| names.iter().enumerate().all(|(at, name)| !names.iter().take(at).any(|n| n == name));
    if !once(&there) || !once(&denied) || there.iter().any(|name| denied.contains(name)) {
        return None;
    }
    if there.is_empty() {
        return (denied.len() == listed.len()).then(|| Answer::of(Notation::NothingFound));
    }
    let unit = unit(rule)?;
    let count = u32::try_from(there.len()).ok()?;
    Some(Answer::number(Quantity::new(Number::from(count), Unit::count(unit))))
}

/// 不存在截留、挤占 where the criterion lists other kinds, too: of those nothing is said.
pub(super) fn leaves_some(rule: &Graded, text: &str) -> bool {
    let words = plain_words(&rule.all_words());
    let Some(listed) = listed(&words) else { return false };
    let Some(names) = words::of(Class::FoundNone).strip(text) else { return false };
    let names: Vec<&str> = split(list::FAULT_NOUNS.strip_end(names).unwrap_or(names)).collect();
    // 截留、挤占等情况 are all of them.
    let some = !text.contains('等') && names.len() < listed.len();
    some && names.iter().all(|name| listed.contains(name))
}

/// The kinds that a criterion lists behind 不存在.
fn listed(words: &str) -> Option<Vec<&str>> {
    let behind = words::of(Class::FoundNone).iter().find_map(|no| words.split_once(no))?.1;
    let end = behind.find(|c: char| list::ENDS_OF_COUNTED.has_char(c))?;
    let names = behind.get(..end)?;
    let names: Vec<&str> = split(list::FAULT_NOUNS.strip_end(names).unwrap_or(names)).collect();
    let plain = |name: &&str| name.chars().nth(1).is_some() && !words::of(Class::Negations).within(name);
    (names.len() > 1 && names.iter().all(plain)).then_some(names)
}

fn split(names: &str) -> impl Iterator<Item = &str> {
    names.split(|c: char| list::KIND_JOINS.has_char(c)).map(|name| name.trim_start_matches('以'))
}

/// The unit of the only step, where it counts kinds and not cases.
fn unit(rule: &Graded) -> Option<&'static str> {
    let mut steps = rule.all_awards().filter_map(|award| match award {
        Award::Steps(steps) => Some(steps.size.unit.word.as_str()),
        _ => None,
    });
    let word = steps.next().filter(|_| steps.next().is_none())?;
    list::KIND_UNITS.iter().find(|unit| *unit == word)
}
