//! A price beside what all of them cost, where the report tells elsewhere how many there are:
//! `救护车购置2,460,000元，单价4.1万元`, and 6辆 in another paragraph.

use super::bound::{Bound, clause, place};
use super::found::Reading;
use super::prose::Spot;
use super::quantities::{Quantity, quantities};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of the words that a count and its cost share.
const SHARED: usize = 3;
/// Characters around a count among which its noun stands.
const AROUND: usize = 6;
/// A count with the words around it.
struct Counted {
    around: String,
    value: Number,
    shown: String,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut counts: Option<Vec<Counted>> = None;
    let mut findings = Vec::new();
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        if !words::of(Class::NamesOfPrices).within(text) {
            continue;
        }
        let counts = counts.get_or_insert_with(|| counted(reading));
        findings.extend(priced(reading, sentence, counts));
    }
    findings
}

fn counted(reading: &Reading) -> Vec<Counted> {
    let whole = |one: &&Bound| {
        let exact = one.one.figure.places == 0 && !one.one.value.is_zero();
        exact && !one.one.is_money() && !one.one.is_percent()
    };
    let around = |one: &Bound| {
        let before: Vec<char> = one.lead.chars().rev().take(AROUND).collect();
        let around = before.into_iter().rev().chain(['。']).chain(one.behind.chars()).collect();
        Counted { around, value: one.one.value, shown: one.one.shown() }
    };
    reading.told.iter().filter(whole).map(around).collect()
}

fn priced(reading: &Reading, sentence: Spot, counts: &[Counted]) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let all = quantities(text);
    let bounded = |one: &&Quantity| {
        let head = text.get(..one.figure.from).unwrap_or_default();
        !head.ends_with(['≤', '≥', '<', '>']) && !words::of(Class::ComparedWith).within(clause(text, one))
    };
    let money: Vec<&Quantity> = all.iter().filter(|one| one.is_money()).filter(bounded).collect();
    let [total, price] = money.as_slice() else { return None };
    let named = clause(text, price).trim_end_matches(['为', ':']);
    let alone = !all.iter().any(|one| !one.is_money() && !one.is_percent());
    if !words::of(Class::NamesOfPrices).ends(named) || !alone || price.value.is_zero() {
        return None;
    }
    let noun: Vec<char> = clause(text, total).chars().filter(|c| c.is_alphabetic()).collect();
    let pieces: Vec<String> = noun.windows(SHARED).map(|piece| piece.iter().collect()).collect();
    let own: Vec<&Counted> =
        counts.iter().filter(|one| pieces.iter().any(|piece| one.around.contains(piece.as_str()))).collect();
    let fits = |count: &&&Counted| {
        let exact = price.value.times(count.value)?;
        let off = price.half.times(count.value)?;
        Some(total.is(exact, off))
    };
    let first = own.first()?;
    // Counts that differ are of several things.
    if own.iter().any(|one| one.value != first.value) || own.iter().any(|one| fits(&one).unwrap_or(true)) {
        return None;
    }
    let exact = total.value.over(first.value)?;
    let factor = price.value.over(price.figure.value)?;
    let shown = exact.over(factor)?.round(2);
    let message = format!(
        "单价写的是{}，{}按{}计算为{shown}{}。",
        price.shown(),
        total.shown(),
        first.shown,
        price.written
    );
    Some(reading.finding(FindingId::ReportArithmeticWrong, place(sentence, price), "单价", message))
}
