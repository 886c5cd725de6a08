//! The numbers of two years that an actual tells, and how far the one lies from the other: 上年80起，本年76起.

use crate::base::Number;
use crate::notation::date::YearPart;
use crate::notation::{Quantity, Unit, scan_date};
use crate::words::{self, Class};

use super::super::facts::plain_words;
use super::parts::parts;

/// The numbers of two years, the earlier first: 上年80起，本年76起; 2024年2060万元，2023年2000万元.
pub(super) fn years(text: &str) -> Option<(Quantity, Quantity)> {
    let clauses: Vec<&str> = text.split(['，', ';']).collect();
    let [a, b] = clauses.as_slice() else { return None };
    in_order(&of_year(a)?, &of_year(b)?)
}

/// The numbers of two years that an actual says and nothing else, the earlier first.
pub(in crate::rule) fn of_two_years(text: &str) -> Option<(Quantity, Quantity)> {
    years(&plain_words(text))
}

/// The numbers of two years that stand beside other words: 压减6%（上年100万元，本年96万元）.
pub(super) fn years_beside(text: &str) -> Option<(Quantity, Quantity)> {
    let clauses = text.split(['，', ';', '(', ')']).filter_map(of_year);
    match clauses.collect::<Vec<_>>().as_slice() {
        [a, b] => in_order(a, b),
        _ => None,
    }
}

/// The number of a year, with the words around it: 能耗250吨标准煤.
struct OfYear {
    year: i32,
    amount: Quantity,
    words: (String, String),
}

/// A clause that begins with its year.
fn of_year(clause: &str) -> Option<OfYear> {
    let last = words::of(Class::LastYears).strip(clause).map(|rest| (-1, rest));
    let this = || words::of(Class::ThisYears).strip(clause).map(|rest| (0, rest));
    let named = || {
        let (when, taken) = scan_date(clause, false).filter(|(when, _)| when.part == YearPart::Year)?;
        Some((i32::from(when.year?), clause.get(taken..)?))
    };
    let (year, rest) = last.or_else(this).or_else(named)?;
    let found = parts(rest)?;
    let [only] = found.as_slice() else { return None };
    let before = only.before.trim_end_matches([':', '为', '共']).to_owned();
    // Of a loss nothing grows by a share: 上年-50万元.
    if before.ends_with(['-', '负', '亏']) || before.contains("亏损") {
        return None;
    }
    Some(OfYear { year, amount: only.amount.clone()?, words: (before, only.after.clone()) })
}

/// The earlier of two years first, where both are numbers of the same thing.
fn in_order(a: &OfYear, b: &OfYear) -> Option<(Quantity, Quantity)> {
    let before = a.words.0 == b.words.0 || a.words.0.is_empty() || b.words.0.is_empty();
    if !before || a.words.1 != b.words.1 {
        return None;
    }
    match b.year.checked_sub(a.year)? {
        1 => Some((a.amount.clone(), b.amount.clone())),
        -1 => Some((b.amount.clone(), a.amount.clone())),
        _ => None,
    }
}

/// By how much of the number of the year before.
pub(super) fn grown(before: &Quantity, now: &Quantity) -> Option<Quantity> {
    let plain = |q: &Quantity| q.sign.is_none() && q.fraction.is_none() && !q.unit.is_ratio();
    let same = plain(before) && plain(now) && before.unit.comparable(&now.unit);
    let (a, b) = (before.in_base().filter(|a| same && *a > Number::ZERO)?, now.in_base()?);
    Some(Quantity::new(b.minus(a)?.over(a)?, Unit::ratio()))
}

/// How many points one rate lies from the other.
pub(super) fn apart(before: &Quantity, now: &Quantity) -> Option<Quantity> {
    let plain = |q: &Quantity| q.sign.is_none() && q.fraction.is_none() && q.unit.is_ratio();
    let number = now.in_base()?.minus(before.in_base()?).filter(|_| plain(before) && plain(now))?;
    Some(Quantity::new(number, Unit::ratio()))
}

/// Whether the words state the numbers of two years, of which the change is.
pub(in crate::rule) fn is_of_two_years(text: &str) -> bool {
    years(&plain_words(text)).is_some()
}
