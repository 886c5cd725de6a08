//! What a report says of all its indicators, or all its problems: which have full marks, how many have, how many problems and
//! pieces of advice there are.

use super::figures::{Figure, count_at};
use super::found::{Reading, level_name, plain_name};
use super::prose::Spot;
use super::stated::Stated;
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Indicators that lost points and that a message names.
const MAX_NAMED: usize = 3;
/// Indicators from which on the analysis is taken to be whole.
const MIN_INDICATORS: usize = 5;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for sentence in reading.prose.sentences() {
        findings.extend(full_marks(reading, sentence));
        findings.extend(numbers(reading, sentence));
    }
    findings
}

/// The indicators of the analysis with their scores, each once; nothing where it is not certain that these are all.
fn indicators<'r>(reading: &'r Reading) -> Vec<&'r Stated> {
    let own: Vec<&Stated> = reading.stated.iter().filter(|stated| stated.heading.is_some()).collect();
    let points = Number::sum(own.iter().filter_map(|stated| stated.points).map(|points| points.value));
    let whole = points == Some(Number::from(100)) && own.len() >= MIN_INDICATORS;
    if whole && own.iter().all(|stated| stated.score.is_some()) { own } else { Vec::new() }
}

fn lost(stated: &Stated) -> bool {
    stated.points.zip(stated.score).is_some_and(|(points, score)| score.value < points.value)
}

/// All but the one that is named are said to have full marks (除满意度外各项指标均得满分), and others have not.
fn full_marks(reading: &Reading, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let (at, word) = words::of(Class::FullMarksOfAll).find(text)?;
    let head = text.get(..at)?;
    let clause = head.rsplit(['，', ';', ':']).next()?;
    let ends = words::of(Class::ExceptionsEnd);
    let inside = clause.split_once('除').and_then(|(_, rest)| rest.get(..ends.find(rest)?.0));
    let excepted = plain_name(inside.unwrap_or_default());
    let spoken = |stated: &&&Stated| {
        let name = plain_name(&stated.name);
        let level = level_name(&stated.name);
        !excepted.is_empty()
            && (excepted.contains(&level) || name.contains(&excepted) || excepted.contains(&name))
    };
    let all = indicators(reading);
    let others: Vec<&&Stated> = all.iter().filter(|one| lost(one)).filter(|one| !spoken(one)).collect();
    let first = others.first()?;
    // Where nothing is excepted a part of the indicators may be meant.
    if inside.is_none() && !clause.trim_start_matches(['各', '全', '部', '所', '有']).is_empty() {
        return None;
    }
    let names: Vec<&str> = others.iter().take(MAX_NAMED).map(|one| one.name.as_str()).collect();
    let place = Spot {
        unit: sentence.unit,
        from: sentence.from,
        to: sentence.from.saturating_add(at).saturating_add(word.len()),
    };
    let message = format!("写的是{clause}{word}，“{}”却扣了分。", names.join("”“"));
    Some(reading.finding(FindingId::ReportContradictsItself, place, &first.name, message))
}

/// How many problems or pieces of advice are told in a summary, against the sections on them; how many indicators have full
/// marks.
fn numbers(reading: &Reading, sentence: Spot) -> Vec<Finding> {
    let text = reading.prose.at(sentence);
    let mut findings = Vec::new();
    if words::of(Class::NotOfSections).within(text) || !words::of(Class::SummariesOfProblems).within(text) {
        return findings;
    }
    for (nouns, chapter) in
        [(Class::NounsOfProblems, Class::ChapterProblems), (Class::NounsOfAdvice, Class::ChapterAdvice)]
    {
        let Some(section) = reading.outline.about(chapter) else { continue };
        // What the section says of itself is looked at with its list.
        if reading.outline.extent(section).contains(&sentence.unit) {
            continue;
        }
        let Some(items) = reading.outline.items(&reading.prose, section).filter(|items| !items.is_empty())
        else {
            continue;
        };
        for (at, noun) in words::of(nouns).iter().flat_map(|noun| text.match_indices(noun)) {
            let Some((figure, unit)) = counted(text, at, noun) else { continue };
            if u32::try_from(items.len()).is_ok_and(|count| Number::from(count) == figure.value) {
                continue;
            }
            let place = Spot {
                unit: sentence.unit,
                from: sentence.from.saturating_add(figure.from.min(at)),
                to: sentence.from.saturating_add(figure.to.max(at.saturating_add(noun.len()))),
            };
            let title = reading.outline.headings.get(section).map_or("", |heading| heading.title.as_str());
            let message =
                format!("此处写的是{}{unit}{noun}，“{title}”列出的有{}{unit}。", figure.value, items.len());
            findings.push(reading.finding(FindingId::ReportContradictsItself, place, noun, message));
            break;
        }
    }
    findings
}

/// The count of a noun: `问题有三个`, `提出三条建议`; only where words say that all are counted.
fn counted<'t>(text: &'t str, at: usize, noun: &str) -> Option<(Figure, &'t str)> {
    let head = text.get(..at)?;
    let measures = words::of(Class::MeasuresOfItems);
    let leads = words::of(Class::LeadsOfCounts);
    // 三条建议, 三个方面的问题.
    let lead = words::of(Class::NounLeads).strip_end(head).unwrap_or(head);
    if let Some(rest) = measures.strip_end(lead) {
        let unit = lead.get(rest.len()..)?;
        let numeral = |c: char| c.is_ascii_digit() || crate::notation::is_numeral(c);
        let from = rest
            .len()
            .checked_sub(rest.chars().rev().take_while(|c| numeral(*c)).map(char::len_utf8).sum())?;
        let figure = count_at(rest, from).filter(|figure| figure.to == rest.len())?;
        return leads.ends(rest.get(..from)?).then_some((figure, unit));
    }
    // 问题有三个.
    let behind = at.saturating_add(noun.len());
    let rest = text.get(behind..)?;
    let rest = words::of(Class::CountLinks).strip(rest)?;
    let figure = count_at(text, text.len().saturating_sub(rest.len()))?;
    let tail = text.get(figure.to..)?;
    let unit = measures.longest(tail)?.len();
    let ends = tail.get(unit..)?.chars().next().is_none_or(|c| !c.is_alphanumeric());
    let whole = words::of(Class::WholeOfItems).ends(head) || head.is_empty();
    (ends && whole).then_some((figure, tail.get(..unit)?))
}
