//! What is counted is a verdict, or is counted over the whole year, and the answer gives less: 2笔审批手续不全 under 违规拨付, 上半年1起
//! under 全年.

use crate::words::{Class, list, of};

use super::super::graded::Graded;
use super::super::{IndicatorFacts, Refusal};
use super::counts::HINT;

/// Refuses a count that may be of something else than what the criterion counts.
pub(super) fn checked(text: &str, rule: &Graded, facts: &IndicatorFacts) -> Result<(), Refusal> {
    let words = super::super::facts::plain_words(&rule.all_words());
    if let Some(breach) = breach(&words).filter(|_| is_of_less(text, &words, facts)) {
        let why = format!("写明的问题是不是“{breach}”，没有认定，无法确定");
        return Err(Refusal::new(facts.actual_text, why, HINT));
    }
    let parts = [list::HALVES, list::QUARTERS, list::QUARTERS_IN_FULL];
    let timed = of(Class::PartsOfTheYear);
    let only = parts
        .iter()
        .any(|parts| parts.begins(text) && parts.iter().filter(|part| text.contains(*part)).count() == 1);
    if only
        && !text.contains(|c: char| c.is_ascii_digit())
        && !timed.within(&words)
        && !timed.within(facts.indicator)
        && !timed.within(facts.target_text)
    {
        let why = "只写了一年中一段时间的数，全年是多少没有写明";
        return Err(Refusal::new(facts.actual_text, why, HINT));
    }
    Ok(())
}

/// 违规拨付 of 未发现违规拨付的: that rules were broken by an act.
fn breach(words: &str) -> Option<&str> {
    let behind = of(Class::FoundNone).iter().find_map(|no| words.split_once(no))?.1;
    let end = behind.find(|c: char| list::ENDS_OF_COUNTED.has_char(c))?;
    let thing = behind.get(..end)?;
    let act = list::BREACHES.strip(thing)?;
    (act.chars().nth(1).is_some() && !of(Class::Faults).within(act)).then_some(thing)
}

/// Whether what was found is called by other words, and not held to be a breach.
fn is_of_less(text: &str, words: &str, facts: &IndicatorFacts) -> bool {
    let said: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let found = list::FOUND_OUT.strip(&said).unwrap_or(&said);
    let bare = found.chars().skip(1).collect::<String>();
    let known = |what: &str| words.contains(what) || facts.indicator.contains(what);
    let judged = list::BREACHES.within(&said) || of(Class::FoundNone).begins(text);
    found.chars().nth(3).is_some() && !judged && !known(found) && !known(&bare)
}
