//! How an actual stands to an average that it names itself: 我县64.2%，全市平均63.8% under 高于全市平均水平得4分.

use std::cmp::Ordering;

use crate::words::{self, Class, list};

use super::super::IndicatorFacts;
use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::parts::{AnswerPart, parts};
use super::{Answer, names};

/// The state that the two numbers come to, where every state says how the one stands to the other.
pub(super) fn state(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    if rule.states.is_empty() || !rule.bands.is_empty() {
        return None;
    }
    let labels: Vec<String> = rule.states.iter().map(|state| plain_words(&state.label)).collect();
    let ways: Option<Vec<(&[Ordering], &str)>> = labels.iter().map(|label| way(label)).collect();
    let ways = ways?;
    let (_, mean) = ways.first()?;
    if ways.iter().any(|(_, other)| core(other) != core(mean)) {
        return None;
    }
    if let Some(order) = told(facts.actual_text, core(mean)) {
        return of_order(rule, &ways, order);
    }
    let found = parts(facts.actual_text)?;
    let is_mean = |part: &AnswerPart| {
        let label = part.before.trim_end_matches(['为', ':', '是']);
        // 全市平均增幅: of the same as is asked for.
        let bare = words::of(Class::AreaMeans).strip(label).filter(|rest| {
            rest.chars().nth(1).is_some() && names(rule, facts).any(|name| name.ends_with(*rest))
        });
        let label = bare.and_then(|rest| label.strip_suffix(rest)).unwrap_or(label);
        part.after.is_empty() && words::of(Class::AreaMeans).has(label) && core(label) == core(mean)
    };
    let (own, of) = match found.as_slice() {
        [own, of] if !is_mean(own) && is_mean(of) => (own, of),
        [of, own] if !is_mean(own) && is_mean(of) => (own, of),
        _ => return None,
    };
    let (a, b) = (own.amount.as_ref()?, of.amount.as_ref()?);
    if a.sign.is_some() || b.sign.is_some() || !a.unit.comparable(&b.unit) || !is_own(own, rule, facts) {
        return None;
    }
    of_order(rule, &ways, a.in_base()?.cmp(&b.in_base()?)).or_else(|| {
        // 否则不得分
        let only = rule.otherwise.is_some() && rule.states.len() == 1;
        let answer = list::ANSWERED_NO.iter().next().filter(|_| only)?;
        (!list::DENIALS.begins(&rule.states.first()?.label)).then(|| Answer::word(answer))
    })
}

/// 增长6.8%，比全市平均高0.3个百分点: how it stands, in words.
fn told(text: &str, mean: &str) -> Option<Ordering> {
    let text = plain_words(text);
    let mut hits = text.split(['，', ';', '(', ')']).filter_map(|clause| beside(clause, mean));
    let order = hits.next()?;
    // Of 6.8% and how it stands nothing more may be said.
    let clauses = text.split(['，', ';', '(', ')']).filter(|clause| !clause.is_empty()).count();
    (hits.next().is_none() && clauses <= 2 && !list::DENIAL_SIGNS.within(&text)).then_some(order)
}

/// 比全市平均高0.3个百分点, 高于全市平均水平
fn beside(clause: &str, mean: &str) -> Option<Ordering> {
    let of_mean = |text: &'_ str| -> Option<String> {
        let (at, word) = words::of(Class::AreaMeans).find(text)?;
        (at == 0 && core(word) == mean).then(|| text.get(word.len()..).map(str::to_owned))?
    };
    let order = |text: &str| match (list::STANDS_ABOVE.strip(text), list::STANDS_BELOW.strip(text)) {
        (Some(rest), None) => Some((Ordering::Greater, rest.to_owned())),
        (None, Some(rest)) => Some((Ordering::Less, rest.to_owned())),
        _ => None,
    };
    let (order, by) = match list::BESIDE_WHICH.strip(clause) {
        Some(rest) => order(&of_mean(rest)?)?,
        None => {
            let (order, rest) = order(clause)?;
            (order, of_mean(&rest)?)
        }
    };
    let whole =
        by.is_empty() || crate::notation::scan_quantity(&by).is_some_and(|(_, taken)| taken == by.len());
    whole.then_some(order)
}

/// The state in which it stands so.
fn of_order(rule: &Graded, ways: &[(&[Ordering], &str)], order: Ordering) -> Option<Answer> {
    let mut hits = rule.states.iter().zip(ways).filter(|(_, (orders, _))| orders.contains(&order));
    match (hits.next(), hits.next()) {
        (Some((state, _)), None) => Some(Answer::word(&state.label)),
        // 否则不得分
        (None, _) if rule.otherwise.is_some() && rule.states.len() == 1 => {
            let answer = list::ANSWERED_NO.iter().next()?;
            (!list::DENIALS.begins(&rule.states.first()?.label)).then(|| Answer::word(answer))
        }
        _ => None,
    }
}

/// The orders that a label asks for, and of which average.
fn way(label: &str) -> Option<(&'static [Ordering], &str)> {
    const HOW: [(&str, &[Ordering]); 5] = [
        ("高于或等于", &[Ordering::Greater, Ordering::Equal]),
        ("低于或等于", &[Ordering::Less, Ordering::Equal]),
        ("不低于", &[Ordering::Greater, Ordering::Equal]),
        ("高于", &[Ordering::Greater]),
        ("低于", &[Ordering::Less]),
    ];
    let known = |mean: &&str| words::of(Class::AreaMeans).has(mean);
    let beside =
        |rest: &'_ str| HOW.iter().find_map(|(how, orders)| Some((*orders, rest.strip_prefix(how)?.len())));
    if let Some((orders, length)) = beside(label) {
        let mean = label.get(label.len().checked_sub(length)?..)?;
        return Some(mean).filter(known).map(|mean| (orders, mean));
    }
    let mean = label.strip_prefix(['与', '和', '同'])?.strip_suffix("持平")?;
    Some(mean).filter(known).map(|mean| (&[Ordering::Equal][..], mean))
}

/// 全市 of 全市平均水平
fn core(mean: &str) -> &str {
    mean.find(['平', '均']).and_then(|at| mean.get(..at)).unwrap_or(mean)
}

/// Whether a part is the row's own number.
fn is_own(part: &AnswerPart, rule: &Graded, facts: &IndicatorFacts) -> bool {
    let label = part.before.trim_end_matches(['为', ':', '是', '达']);
    let short = words::of(Class::OneSOwn).strip(label).unwrap_or(label);
    part.after.is_empty() && (short.is_empty() || names(rule, facts).any(|name| name.ends_with(short)))
}
