//! Changes that are told as a rate, against the numbers of their own sentence: `比上年的40万元增加10万元，增长25%`.

use super::found::Reading;
use super::prose::Spot;
use super::quantities::{Quantity, percent, quantities};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Quantities before a rate; of more it is not certain which are meant.
const MAX_QUANTITIES: usize = 6;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    reading.prose.sentences().flat_map(|sentence| sentence_rates(reading, sentence)).collect()
}

fn sentence_rates(reading: &Reading, sentence: Spot) -> Vec<Finding> {
    let text = reading.prose.at(sentence);
    let all = quantities(text);
    let mut findings = Vec::new();
    let mut from = 0_usize;
    for (at, rate) in all.iter().enumerate().filter(|(_, one)| one.is_percent()) {
        let own = all.get(from..at).unwrap_or_default();
        from = at.saturating_add(1);
        let begin = own.first().map_or(rate.figure.from, |one| one.figure.from);
        let head = text.get(..rate.figure.from).unwrap_or_default();
        let told = words::of(Class::ChangeWords).ends(head.trim_end_matches(['了', '为', '约', ':']));
        let behind = text.get(rate.to..).unwrap_or_default();
        let lead = text.get(..rate.figure.from).unwrap_or_default();
        if !told
            || words::of(Class::AboutFigures).begins(behind)
            || head.ends_with('约')
            || words::of(Class::ChangesOfSeveral).within(lead)
            || own.len() > MAX_QUANTITIES
        {
            continue;
        }
        let Some(base) = base(text, own, begin) else { continue };
        let same: Vec<&Quantity> = own.iter().filter(|one| one.unit == base.unit && *one != base).collect();
        if same.is_empty() || base.value.is_zero() {
            continue;
        }
        let rates: Vec<(Number, Number)> =
            same.iter().flat_map(|one| [share(one, base, text), change(one, base)]).flatten().collect();
        let told = same.iter().find_map(|one| share(one, base, text));
        // The same amounts may be told more exactly than the rate, or less: each as exactly as it is written.
        let is = |(exact, off): &(Number, Number)| rate.is(*exact, *off) || rate.figure.is_cut(*exact);
        if rates.is_empty() || rates.iter().any(is) {
            continue;
        }
        let Some((exact, _)) = told.as_ref().or(rates.first()) else { continue };
        let spot = Spot {
            unit: sentence.unit,
            from: sentence.from.saturating_add(rate.figure.from),
            to: sentence.from.saturating_add(rate.to),
        };
        let message = format!(
            "增减的比率写的是{}%，以{}为基数计算为{}%。",
            rate.figure.value,
            base.shown(),
            exact.round(rate.figure.places.max(2))
        );
        findings.push(reading.finding(FindingId::ReportArithmeticWrong, spot, "增减比率", message));
    }
    findings
}

/// What a change is told against: the quantity behind the last word that says so (比上年的, 由).
fn base<'q>(text: &str, own: &'q [Quantity], begin: usize) -> Option<&'q Quantity> {
    let of = own.iter().enumerate().filter(|(at, one)| {
        let before = at.checked_sub(1).and_then(|at| own.get(at)).map_or(0, |one| one.to);
        let from = if *at == 0 { 0 } else { before.max(begin) };
        let lead = text.get(from..one.figure.from).unwrap_or_default();
        let clause = lead.rsplit(['，', ';', '、', '(']).next().unwrap_or(lead);
        // What it grew by is no base (较上年增加5万元).
        words::of(Class::BasesOfChange).within(clause) && !is_change(lead)
    });
    let found: Vec<&Quantity> = of.map(|(_, one)| one).collect();
    match found.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// The change from the base to a value, in percent, and by how much it may be off.
fn change(one: &Quantity, base: &Quantity) -> Option<(Number, Number)> {
    rate(one.value.minus(base.value)?.abs(), one.half.plus(base.half)?, base)
}

/// A quantity that is the change itself.
fn share(one: &Quantity, base: &Quantity, text: &str) -> Option<(Number, Number)> {
    let head = text.get(..one.figure.from)?;
    is_change(head).then(|| rate(one.value, one.half, base))?
}

/// Whether the words before a figure say that it is a change.
fn is_change(head: &str) -> bool {
    words::of(Class::ChangeWords).ends(head.trim_end_matches(['了', '为', '约']))
}

fn rate(part: Number, off: Number, base: &Quantity) -> Option<(Number, Number)> {
    let exact = percent(part, base.value)?;
    let low = base.value.minus(base.half)?;
    let high = percent(part.plus(off)?, low)?;
    Some((exact, high.minus(exact)?.abs()))
}
