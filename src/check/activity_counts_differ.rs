//! Counts of what was done in the year that do not fit together: two totals of it in one unit, more opinions than there were
//! occasions for them, and a figure that has another value where a reason is given than where the same is stated. Each may be
//! counted in another way, so that it is a hint only.

use super::Facts;
use super::fact_has_two_values::{figures, plain_name};
use crate::base::{CellAt, Number};
use crate::model::{Case, Entry, Finding, FindingId};
use crate::notation::{normalise, scan_quantity};
use crate::words::{Class, Words};

const ID: FindingId = FindingId::ActivityCountsDiffer;
/// Counts that are read of one submission.
const MOST: usize = 2_000;
/// Digits of a year.
const YEAR: usize = 4;

/// What a count is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Activity,
    Opinions,
}

/// A total of the year.
struct Count<'a> {
    of: Of,
    name: String,
    number: Number,
    unit: String,
    shown: String,
    at: &'a CellAt,
}

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let words = &facts.case.words;
    let texts = facts.case.statements.iter().map(|one| (one.text.as_str(), &one.at));
    let counts: Vec<Count> = texts.flat_map(|(text, at)| counts(text, at, words)).take(MOST).collect();
    let mut findings = totals(&counts);
    findings.extend(opinions(&counts));
    findings.extend(reasons(facts.case));
    findings
}

/// Totals in one unit that differ: each is held against the first.
fn totals(counts: &[Count<'_>]) -> Vec<Finding> {
    let activities = || counts.iter().filter(|count| count.of == Of::Activity);
    let other = |count: &Count| {
        let first = activities().find(|first| first.unit == count.unit)?;
        (first.number != count.number && first.at != count.at).then(|| {
            let message = format!(
                "“{}”（{}）为{}，“{}”中“{}”（{}）为{}，请核对口径是否相同。",
                count.name,
                count.at.spoken(),
                count.shown,
                first.at.sheet.spoken(),
                first.name,
                first.at.cell,
                first.shown
            );
            Finding::new(ID, Some(count.at.clone()), message)
        })
    };
    activities().filter_map(other).collect()
}

/// More opinions than there were occasions for them.
fn opinions(counts: &[Count<'_>]) -> Vec<Finding> {
    let most = counts.iter().filter(|count| count.of == Of::Activity).max_by_key(|count| count.number);
    let Some(most) = most else { return Vec::new() };
    let more = counts.iter().filter(|count| count.of == Of::Opinions && count.number > most.number);
    let finding = |count: &Count| {
        let message = format!(
            "“{}”（{}）为{}，多于“{}”中“{}”（{}）的{}，请核对。",
            count.name,
            count.at.spoken(),
            count.shown,
            most.at.sheet.spoken(),
            most.name,
            most.at.cell,
            most.shown
        );
        Finding::new(ID, Some(count.at.clone()), message)
    };
    more.map(finding).collect()
}

/// Figures of reasons and remarks that stand with another value in a statement.
fn reasons(case: &Case) -> Vec<Finding> {
    let words = &case.words;
    let stated: Vec<_> = case
        .statements
        .iter()
        .flat_map(|one| figures(&one.text, words).into_iter().map(move |figure| (figure, &one.at)))
        .take(MOST)
        .collect();
    let rows = case.score_form.iter().flat_map(|form| &form.indicators);
    let entries = rows.flat_map(|row| [&row.reason, &row.remark]).flatten();
    let said = |entry: &Entry| {
        let at = entry.at.as_ref()?;
        let figures = figures(&entry.shown(), words);
        let differs = figures.iter().find_map(|figure| {
            let same =
                stated.iter().filter(|(other, _)| other.name == figure.name && other.unit == figure.unit);
            let mut same = same.peekable();
            same.peek()?;
            let all: Vec<_> = same.collect();
            let found = all.iter().any(|(other, _)| other.number == figure.number);
            all.first().filter(|_| !found).map(|(other, place)| (figure, other, place))
        });
        let (figure, other, place) = differs?;
        let message = format!(
            "“{}”在“{}”（{}）为{}，在“{}”（{}）为{}，两处不一致。",
            figure.name,
            at.sheet.spoken(),
            at.cell,
            figure.shown,
            place.sheet.spoken(),
            place.cell,
            other.shown
        );
        Some(Finding::new(ID, Some(at.clone()), message))
    };
    entries.filter_map(said).collect()
}

/// The totals of the year in a text.
fn counts<'a>(text: &str, at: &'a CellAt, words: &Words) -> Vec<Count<'a>> {
    let text = normalise(text);
    let clauses = text.as_str().split(['。', '；', ';', '！', '\n', '、', '，', ',']);
    clauses.filter_map(|clause| count(clause, at, words)).collect()
}

/// The first figure of a clause, where it is a total.
fn count<'a>(clause: &str, at: &'a CellAt, words: &Words) -> Option<Count<'a>> {
    let clause = without_years(clause);
    let digit = clause.find(|sign: char| sign.is_ascii_digit())?;
    let (before, rest) = clause.split_at_checked(digit)?;
    if !words.of(Class::TotalsOfAYear).within(before) {
        return None;
    }
    let name = plain_name(before, words);
    let (quantity, _) = scan_quantity(rest)?;
    let unit = &quantity.unit;
    if unit.is_ratio() || unit.is_money() || unit.word.is_empty() {
        return None;
    }
    let of = if words.of(Class::ActivityCounts).ends(&name) {
        Of::Activity
    } else if words.of(Class::OpinionCounts).ends(&name) {
        Of::Opinions
    } else {
        return None;
    };
    Some(Count {
        of,
        name,
        number: quantity.number,
        unit: unit.word.clone(),
        shown: quantity.to_string(),
        at,
    })
}

/// A clause without the years in it (`2021年`, `2021年度`), which are no counts.
fn without_years(clause: &str) -> String {
    let mut all = String::new();
    let mut rest = clause;
    while let Some(digit) = rest.find(|sign: char| sign.is_ascii_digit()) {
        let Some((before, from)) = rest.split_at_checked(digit) else { break };
        let digits = from.bytes().take_while(u8::is_ascii_digit).count();
        let Some(behind) = from.get(digits..) else { break };
        all.push_str(before);
        let Some(behind) = behind.strip_prefix('年').filter(|_| digits == YEAR) else {
            all.push_str(from);
            return all;
        };
        // A total of that year is one of the whole.
        all.push_str(if behind.starts_with('度') { "年" } else { "" });
        rest = behind;
    }
    all.push_str(rest);
    all
}
