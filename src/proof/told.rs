//! Figures that are bound to what they are of, told twice: satisfaction by whatever word, and the accounts of one thing
//! (`“三公经费”…实际支出2.96万元`). Two figures are of one thing where head and topic are the same and no qualifier tells them
//! apart; where that is not certain nothing is said.

use std::collections::BTreeSet;

use super::accounts::{Role, role_of};
use super::bound::clause;
use super::found::{Reading, plain_name};
use super::prose::Spot;
use super::quantities::{Quantity, percent, quantities};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of a topic that can be told from others.
const MIN_TOPIC: usize = 3;
const MAX_TOPIC: usize = 16;
/// Figures of one report.
const MAX_FIGURES: usize = 1_500;

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    Satisfied,
    Account(Role),
}

/// A figure with what it is, and the topic that it is of.
struct Headed<'r> {
    head: Head,
    topic: String,
    qualifiers: BTreeSet<String>,
    one: &'r Quantity,
    spot: Spot,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let all = headed(reading);
    let mut findings = accounts(reading, &all);
    findings.extend(satisfaction(reading, &all));
    findings
}

/// The figures that are bound to a head.
fn headed<'r>(reading: &'r Reading) -> Vec<Headed<'r>> {
    let mut found = Vec::new();
    // What the first figure of a sentence is of all of it is of.
    let mut topic: Option<(Spot, String)> = None;
    for one in &reading.told {
        let text = reading.prose.at(one.sentence);
        let clause = clause(text, &one.one);
        let plain = words::of(Class::ReportFigureLinks).trim_end(clause);
        let account = one.one.is_money().then(|| role_of(plain)).flatten();
        if topic.as_ref().is_none_or(|(sentence, _)| *sentence != one.sentence) {
            topic = Some((one.sentence, plain_name(account.map_or(plain, |(_, before)| before))));
        }
        let head = match account {
            Some((of, _)) => Head::Account(of),
            None if one.one.is_percent() && words::of(Class::SatisfiedRates).ends(plain) => Head::Satisfied,
            None => continue,
        };
        let rule =
            words::of(Class::ConditionsOfScores).within(text) || words::of(Class::TargetsTold).within(text);
        let compared = words::of(Class::ComparedWith).within(clause) && head == Head::Satisfied;
        let lead = text.get(..one.one.figure.from).unwrap_or_default();
        if rule
            || super::two_values::is_below_plans(reading, one.sentence)
            || one.bounded()
            || words::of(Class::AboutFigures).ends(plain)
            || compared
            || reading.is_of_other_year(lead)
            || words::of(Class::TimesBefore).within(clause)
        {
            continue;
        }
        // What a rate is of stands in its own clause, what an amount is of before it.
        let (qualifiers, topic) = match head {
            Head::Satisfied => (one.qualifiers.clone(), plain_name(plain)),
            Head::Account(_) => {
                let all = words::of(Class::FigureQualifiers).iter().filter(|word| lead.contains(*word));
                let topic = topic.as_ref().map(|(_, topic)| topic.clone()).unwrap_or_default();
                (all.map(str::to_owned).collect(), topic)
            }
        };
        found.push(Headed { head, topic, qualifiers, one: &one.one, spot: one.spot });
        if found.len() >= MAX_FIGURES {
            break;
        }
    }
    found
}

fn differs(reading: &Reading, own: &Headed, other: &Headed, name: &str) -> Finding {
    let place = reading.prose.where_is(other.spot);
    let message = format!("“{name}”此处为{}，{place}为{}。", own.one.shown(), other.one.shown());
    reading.finding(FindingId::ReportContradictsItself, own.spot, name, message)
}

/// Amounts of one topic and one account with two values that a slip explains.
fn accounts(reading: &Reading, all: &[Headed]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, own) in all.iter().enumerate() {
        let length = own.topic.chars().count();
        let Head::Account(_) = own.head else { continue };
        if !(MIN_TOPIC..=MAX_TOPIC).contains(&length) || words::of(Class::MoneyLeadIns).has(&own.topic) {
            continue;
        }
        let same = |other: &&Headed| {
            other.head == own.head && other.topic == own.topic && other.qualifiers == own.qualifiers
        };
        let before = all.get(..at).unwrap_or_default();
        if before.iter().filter(same).any(|other| other.one.is_as(own.one)) {
            continue;
        }
        let other = before.iter().filter(same).find(|other| {
            let (one, known) = (own.one.figure.value.to_string(), other.one.figure.value.to_string());
            own.spot.unit != other.spot.unit
                && own.one.written == other.one.written
                && super::slips::is_slip(&one, &known)
        });
        findings.extend(other.map(|other| differs(reading, own, other, &own.topic)));
    }
    findings
}

/// The satisfaction of a report that asks for one only: a value that stands once beside one that is told often, or in a table.
fn satisfaction(reading: &Reading, all: &[Headed]) -> Vec<Finding> {
    let rates: Vec<&Headed> = all.iter().filter(|one| one.head == Head::Satisfied).collect();
    let asked: BTreeSet<String> = reading
        .stated
        .iter()
        .map(|stated| plain_name(&stated.name))
        .filter(|name| words::of(Class::SatisfiedRates).ends(name))
        .filter(|name| !words::of(Class::SatisfactionOfAll).has(name))
        .collect();
    if asked.len() > 1 || rates.len() < 2 {
        return Vec::new();
    }
    let times = |value: Number| rates.iter().filter(|one| one.one.value == value).count();
    let values: BTreeSet<Number> = rates.iter().map(|one| one.one.value).collect();
    let values: Vec<Number> = values.into_iter().collect();
    let [one, other] = values.as_slice() else { return Vec::new() };
    let narrow = rates.iter().any(|one| !one.qualifiers.is_empty());
    let (rare, right) = match (times(*one), times(*other)) {
        (1, more) if more > 1 => (*one, *other),
        (more, 1) if more > 1 => (*other, *one),
        // Of two that stand once each the sum or the table behind one of them decides.
        (1, 1) => match (borne(reading, *one), borne(reading, *other)) {
            (false, true) => (*one, *other),
            (true, false) => (*other, *one),
            _ => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    let find = |value: Number| rates.iter().find(|one| one.one.value == value);
    let (Some(own), Some(known)) = (find(rare), find(right)) else { return Vec::new() };
    if narrow || own.spot.unit == known.spot.unit {
        return Vec::new();
    }
    vec![differs(reading, own, known, "满意度")]
}

/// Whether two counts of the sentence of a rate give it.
fn borne(reading: &Reading, rate: Number) -> bool {
    let gives = |sentence: Spot| {
        let all = quantities(reading.prose.at(sentence));
        let Some(one) = all.iter().find(|one| one.is_percent() && one.value == rate) else { return false };
        let counts: Vec<&Quantity> =
            all.iter().filter(|one| !one.is_percent() && !one.value.is_zero()).collect();
        counts.iter().any(|part| {
            counts.iter().any(|whole| {
                let exact = percent(part.value, whole.value);
                part.value < whole.value && exact.is_some_and(|exact| one.figure.is(exact))
            })
        })
    };
    reading.prose.sentences().any(gives)
}
