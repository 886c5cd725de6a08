//! One figure with two values: the same words and the same unit in two paragraphs, and another number.

use std::collections::BTreeMap;

use super::figures::{Figure, figure_at};
use super::found::{Reading, plain_name, years};
use super::prose::{Spot, pieces};
use crate::model::{Finding, FindingId};
use crate::notation::scan_unit;
use crate::words::{self, Class, Words};

/// Characters of a name, and of one that says by itself what it is of.
const MIN_NAME: usize = 3;
const FULL_NAME: usize = 6;
/// Figures that are read of one report.
const MAX_FIGURES: usize = 20_000;

/// A figure with its name and what its sentence is about.
struct Named {
    name: String,
    subject: String,
    year: Option<i16>,
    unit: String,
    figure: Figure,
    spot: Spot,
}

/// By what two figures are the same: name, what their sentences are about, year, unit.
type Key = (String, String, Option<i16>, String);

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut seen: BTreeMap<Key, (Figure, Spot)> = BTreeMap::new();
    let mut findings = Vec::new();
    for sentence in reading.prose.sentences() {
        if is_planned(reading, sentence) {
            continue;
        }
        for named in figures(reading, sentence) {
            if seen.len() >= MAX_FIGURES {
                return findings;
            }
            let own = named.name.chars().count() >= FULL_NAME || is_indicator(reading, &named.name);
            // What is of the part that a sentence stands in has another value in the next part.
            if !own && words::of(Class::ThisPart).begins(&named.subject) {
                continue;
            }
            let subject = if own { String::new() } else { named.subject };
            let key = (named.name.clone(), subject, named.year, named.unit.clone());
            match seen.get(&key) {
                Some((before, spot))
                    if before.value != named.figure.value && spot.unit != named.spot.unit =>
                {
                    let message = format!(
                        "“{}”此处为{}{unit}，{}为{}{unit}。",
                        named.name,
                        named.figure.value,
                        reading.prose.where_is(*spot),
                        before.value,
                        unit = named.unit
                    );
                    findings.push(reading.finding(
                        FindingId::ReportContradictsItself,
                        named.spot,
                        &named.name,
                        message,
                    ));
                }
                Some(_) => {}
                None => {
                    seen.insert(key, (named.figure, named.spot));
                }
            }
        }
    }
    findings
}

fn is_indicator(reading: &Reading, name: &str) -> bool {
    reading.stated.iter().any(|stated| stated.heading.is_some() && plain_name(&stated.name) == name)
}

/// Whether a sentence says what is to be reached, or what is of another time: figures there may well differ.
pub(super) fn is_planned(reading: &Reading, sentence: Spot) -> bool {
    words::of(Class::PlannedFigures).within(reading.prose.at(sentence)) || is_below_plans(reading, sentence)
}

/// Whether the heading above a sentence says that its figures are planned.
pub(super) fn is_below_plans(reading: &Reading, sentence: Spot) -> bool {
    let planned = words::of(Class::PlannedFigures);
    let above = reading.outline.headings.iter().rev().filter(|heading| heading.unit <= sentence.unit);
    let near = above.into_iter().next();
    near.is_some_and(|heading| planned.within(&heading.title) && heading.points.is_none())
}

/// The figures of a sentence, each with the words of its clause before it.
fn figures(reading: &Reading, sentence: Spot) -> Vec<Named> {
    let text = reading.prose.at(sentence);
    let mut all = Vec::new();
    let mut subject: Option<String> = None;
    for (from, to) in pieces(text, &['，', ':', '、', '(', ')']) {
        let Some(clause) = text.get(from..to) else { continue };
        let name = name(clause, reading.vocabulary());
        let subject =
            subject.get_or_insert_with(|| name.clone().map_or_else(|| plain_name(clause), |(name, _)| name));
        let Some((name, at)) = name else { continue };
        let Some(figure) = figure_at(clause, at) else { continue };
        let Some(unit) = unit(clause, &figure) else { continue };
        // 90(含)-100 goes on behind the bracket.
        if text.get(to..).is_some_and(|rest| rest.starts_with('(')) && unit.is_empty() {
            continue;
        }
        let known = |digit: char| digit.is_ascii_digit();
        // 超过行业标准90% says of something else by how much.
        if name.chars().count() < MIN_NAME
            || name.contains(known)
            || words::of(Class::ComparesFigures).begins(&name)
        {
            continue;
        }
        let begin = sentence.from.saturating_add(from);
        let spot = Spot {
            unit: sentence.unit,
            from: begin,
            to: begin.saturating_add(figure.to).saturating_add(unit.len()),
        };
        let before = text.get(..from.saturating_add(figure.from)).unwrap_or_default();
        let year = years(before).last().copied().or(reading.year);
        all.push(Named { name, subject: subject.clone(), year, unit, figure, spot });
    }
    all
}

/// The name before the first figure of a clause, and where the figure begins.
fn name(clause: &str, vocabulary: &Words) -> Option<(String, usize)> {
    let begins = super::outline::mark(clause).map_or(0, |mark| mark.len);
    let mut at = begins;
    // 2021年, 2021年度, 12月: a time is no figure of its own.
    let figure = loop {
        let step = clause.get(at..)?.find(|c: char| c.is_ascii_digit())?;
        let figure = figure_at(clause, at.saturating_add(step))?;
        let behind = clause.get(figure.to..)?;
        if !behind.starts_with(['年', '月', '日', '.']) {
            break figure;
        }
        at = figure.to;
    };
    let words = clause.get(begins..figure.from)?;
    if words::of(Class::AboutFigures).ends(words) {
        return None;
    }
    let mut rest = words;
    while let Some(shorter) = vocabulary.of(Class::ValueLinks).strip_end(rest) {
        rest = shorter;
    }
    let rest: String =
        match rest.rfind("年度").map(|at| (at, "年度")).or_else(|| rest.rfind('年').map(|at| (at, "年")))
        {
            Some((at, word))
                if rest.get(..at).is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit())) =>
            {
                let digits = rest.get(..at)?.trim_end_matches(|c: char| c.is_ascii_digit());
                format!("{digits}{}", rest.get(at.saturating_add(word.len())..)?)
            }
            _ => rest.to_owned(),
        };
    Some((plain_name(&rest), figure.from))
}

/// The unit behind a figure; none for points, for time, and where more figures follow.
fn unit(clause: &str, figure: &Figure) -> Option<String> {
    let rest = clause.get(figure.to..)?;
    if rest.is_empty() {
        return Some(String::new());
    }
    if words::of(Class::AboutFigures).begins(rest)
        || rest.starts_with(['分', '年', '月', '日', '-', '~', '/', '*', '+'])
    {
        return None;
    }
    let (_, len) = scan_unit(rest)?;
    let unit = rest.get(..len)?;
    let behind = rest.get(len..)?;
    (!unit.is_empty() && !words::of(Class::AboutFigures).begins(behind)).then(|| unit.to_owned())
}
