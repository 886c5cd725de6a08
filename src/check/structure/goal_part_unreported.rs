//! A part of the goal of the whole of which the account of what was reached says nothing, though it reports on others.

use crate::check::Facts;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::GoalPartUnreported;
/// Characters of a clause: of a shorter one little can be told, a longer one is no clause.
const LEAST: usize = 6;
const LONGEST: usize = 40;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(share) = facts.least(ID, 0) else { return Vec::new() };
    let of = |result: bool| facts.case.goals.iter().filter(move |goal| goal.result == result);
    let findings = of(true).filter_map(|result| {
        let at = result.entry.at.as_ref()?;
        let text = normalise(&result.entry.shown());
        let goal =
            of(false).find(|goal| goal.entry.at.as_ref().is_some_and(|other| other.sheet == at.sheet))?;
        let promised = goal.entry.shown();
        let clauses = || promised.split(['，', ',', '。', '；', ';', '\n']).map(str::trim);
        let long = |clause: &&str| (LEAST..=LONGEST).contains(&clause.chars().count());
        let (told, left): (Vec<&str>, Vec<&str>) =
            clauses().filter(long).partition(|clause| tells(&text, clause, share));
        // An account in words of its own is read by nobody but a person.
        let [first, ..] = left.as_slice() else { return None };
        let most = !told.is_empty() && told.len() >= left.len();
        (most && normalise(&promised) != text).then(|| {
            let what = last(first).unwrap_or_default();
            let message =
                format!("总体目标写有“{first}”，完成情况没有写到“{what}”，请核对是否需要单位补充。");
            Finding::new(ID, Some(at.clone()), message)
        })
    });
    findings.collect()
}

/// Whether a text says something of a clause: a figure in its unit, what it ends with, or enough of it. Of a clause without a
/// figure a person tells more than letters do.
fn tells(text: &str, clause: &str, share: usize) -> bool {
    let Some(unit) = unit(clause) else { return true };
    if text.split(&unit).any(|before| before.ends_with(|sign: char| sign.is_ascii_digit()))
        && text.contains(&unit)
    {
        return true;
    }
    let words = plain(clause);
    let pairs: Vec<String> = words.windows(2).map(|pair| pair.iter().collect()).collect();
    let found = pairs.iter().filter(|pair| text.contains(pair.as_str())).count();
    let enough = found.saturating_mul(100) >= pairs.len().saturating_mul(share);
    pairs.last().is_none_or(|last| text.contains(last.as_str())) || enough
}

/// What follows the first figure of a clause: its first two signs.
fn unit(clause: &str) -> Option<String> {
    let text = normalise(clause);
    let behind = text.get(text.find(|sign: char| sign.is_ascii_digit())?..)?;
    let unit = behind.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '.' || sign == ',');
    let unit: String = unit.chars().take(2).collect();
    (!unit.is_empty()).then_some(unit)
}

/// What a clause ends with.
fn last(clause: &str) -> Option<String> {
    plain(clause).windows(2).last().map(|pair| pair.iter().collect())
}

/// The signs of a clause before its last figure with the unit, where one ends it.
fn plain(clause: &str) -> Vec<char> {
    let text = normalise(clause);
    let figure = text.rfind(|sign: char| sign.is_ascii_digit());
    let behind = figure.and_then(|at| text.get(at.saturating_add(1)..)).unwrap_or_default();
    let is_unit = figure.is_some() && behind.chars().count() <= 3;
    let kept =
        if is_unit { text.get(..figure.unwrap_or(text.len())).unwrap_or(&text) } else { text.as_str() };
    kept.chars().filter(|sign| !sign.is_ascii()).collect()
}
