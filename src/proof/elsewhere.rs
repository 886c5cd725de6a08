//! Results of indicators that are told outside of the paragraph on them (in the conclusion, among the problems): each is one of
//! the figures of that paragraph.

use std::collections::BTreeMap;

use super::found::{Reading, plain_name};
use super::prose::{SENTENCE, Spot, pieces};
use super::quantities::{Quantity, quantities};
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of a name that can be told from the words around it.
const MIN_NAME: usize = 4;
/// Indicators of one report.
const MAX_NAMES: usize = 400;

/// The paragraph on an indicator: its units, and the figures in them.
struct Own {
    units: Vec<usize>,
    figures: Vec<Quantity>,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    // With a workbook each is held against that.
    if reading.facts.is_some() {
        return Vec::new();
    }
    let paragraphs = paragraphs(reading);
    let mut findings = Vec::new();
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        let all = quantities(text);
        for (name, own) in paragraphs.iter().filter(|(name, _)| text.contains(name.as_str())) {
            let longer = |at: usize| {
                let end = at.saturating_add(name.len());
                paragraphs.keys().any(|other| {
                    other.len() > name.len()
                        && text
                            .match_indices(other.as_str())
                            .any(|(from, other)| from <= at && from.saturating_add(other.len()) >= end)
                })
            };
            for (at, _) in text.match_indices(name.as_str()).filter(|(at, _)| !longer(*at)) {
                if own.units.contains(&sentence.unit) || super::two_values::is_below_plans(reading, sentence)
                {
                    continue;
                }
                let end = at.saturating_add(name.len());
                let told = all.iter().find(|one| {
                    let between = text.get(end..one.figure.from);
                    between.is_some_and(|between| {
                        words::of(Class::ReportFigureLinks).trim_start(between).is_empty()
                    })
                });
                findings.extend(told.and_then(|told| differing(reading, sentence, (at, name), told, own)));
            }
        }
    }
    findings
}

/// The paragraphs on indicators: those of headings that have points and nothing below them.
fn paragraphs(reading: &Reading) -> BTreeMap<String, Own> {
    let mut all: BTreeMap<String, Own> = BTreeMap::new();
    let mut twice = Vec::new();
    let headings = reading.outline.headings.iter().enumerate().take(MAX_NAMES);
    for (at, heading) in headings.filter(|(_, heading)| heading.level >= 2 && heading.points.is_some()) {
        let name = plain_name(&heading.title);
        if !reading.outline.below(at).is_empty() || name.chars().count() < MIN_NAME {
            continue;
        }
        let units: Vec<usize> = reading.outline.extent(at).collect();
        let figures = units.iter().flat_map(|unit| quantities(reading.prose.text(*unit))).collect();
        if all.insert(name.clone(), Own { units, figures }).is_some() {
            twice.push(name);
        }
    }
    let listed =
        reading.stated.iter().filter(|stated| stated.in_table).map(|stated| plain_name(&stated.name));
    let listed: std::collections::BTreeSet<String> = listed
        .filter(|name| name.chars().count() >= MIN_NAME && !all.contains_key(name))
        .take(MAX_NAMES)
        .collect();
    // Several indicators may be told in one paragraph, each in a sentence that begins with its name.
    for (unit, text) in reading.prose.texts() {
        for (from, to) in pieces(text, &SENTENCE) {
            let Some(piece) = text.get(from..to) else { continue };
            let Some(name) = listed.iter().find(|name| {
                piece
                    .strip_prefix(name.as_str())
                    .is_some_and(|rest| words::of(Class::AspectsOfNames).begins(rest))
            }) else {
                continue;
            };
            let own =
                all.entry(name.clone()).or_insert_with(|| Own { units: Vec::new(), figures: Vec::new() });
            own.units.push(unit);
            own.figures.extend(quantities(text));
        }
    }
    all.retain(|name, _| !twice.contains(name));
    all
}

fn differing(
    reading: &Reading,
    sentence: Spot,
    (at, name): (usize, &str),
    told: &Quantity,
    own: &Own,
) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let lead = text.get(..at)?;
    let clause = lead.rsplit(['，', ';', ':', '、', '(']).next()?;
    let behind = text.get(told.to..)?;
    let about =
        words::of(Class::AboutFigures).begins(behind) || behind.starts_with(['-', '~', '/', '分', '*']);
    // 政府采购执行率 is another than 执行率: the name is all that its clause begins with.
    let bare = clause.strip_prefix("其中").unwrap_or(clause);
    let bare = bare.get(super::outline::mark(bare).map_or(0, |mark| mark.len)..)?;
    let begins = words::of(Class::MoneyLeadIns).trim_start(bare).is_empty();
    let planned = !begins || words::of(Class::PlannedFigures).within(clause);
    let other = reading.is_of_other_year(lead) || words::of(Class::TimesBefore).within(lead);
    let mut same = own.figures.iter().filter(|one| one.unit == told.unit);
    let first = same.next()?;
    if about || planned || other || told.unit == "分" || first.is_as(told) || same.any(|one| one.is_as(told))
    {
        return None;
    }
    let place = Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(told.figure.from),
        to: sentence.from.saturating_add(told.to),
    };
    let unit = own.units.first().copied().unwrap_or_default();
    let where_is = reading.prose.where_is(Spot { unit, from: 0, to: 0 });
    let message = format!("“{name}”此处为{}，{where_is}的指标分析中没有这个数。", told.shown());
    Some(reading.finding(FindingId::ReportContradictsItself, place, name, message))
}
