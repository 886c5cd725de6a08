//! Problems: those of deductions that nobody wrote down, and those without advice.

use std::collections::BTreeSet;

use super::found::{Reading, at, plain_name};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters below a heading that say nothing: 无, 暂无.
const MAX_NOTHING: usize = 4;
/// Characters that two texts share where they speak of the same.
const SHARED_NAME: usize = 3;
const SHARED_TEXT: usize = 5;
const SHARED_OWN: usize = 4;
const SHARED_TITLE: usize = 2;
/// What is lost is a problem from this part of the points on: one of so many.
const LEAST_LOST: u32 = 20;
/// Characters of the title of a problem.
const MAX_TITLE: usize = 24;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let problems = reading.outline.about(Class::ChapterProblems);
    let advice = reading.outline.about(Class::ChapterAdvice);
    let Some(problems) = problems else { return Vec::new() };
    let mut findings = without_problem(reading, problems);
    findings.extend(without_advice(reading, problems, advice));
    findings
}

/// What was lost of the points.
fn loss(stated: &super::stated::Stated) -> Option<Number> {
    let lost = stated.points?.value.minus(stated.score?.value)?;
    (lost > Number::ZERO).then_some(lost)
}

/// Whether points were lost that a problem stands behind: less than a twentieth is what a rate of 98% leaves.
fn is_lost(stated: &super::stated::Stated) -> bool {
    let share = loss(stated).and_then(|lost| lost.times(Number::from(LEAST_LOST)));
    share.zip(stated.points).is_some_and(|(share, points)| share >= points.value)
}

fn text(reading: &Reading, section: usize) -> String {
    reading.outline.extent(section).map(|unit| reading.prose.text(unit)).collect()
}

/// Indicators that lost points and of which the problems say nothing, where there are fewer problems than levels that lost any.
fn without_problem(reading: &Reading, section: usize) -> Vec<Finding> {
    let all = reading.stated.iter().filter(|stated| stated.heading.is_some() && loss(stated).is_some());
    let levels: BTreeSet<Option<usize>> = all.clone().map(|stated| level(reading, stated.heading)).collect();
    // A level that is told as a whole is no indicator.
    let is_level = |stated: &&super::stated::Stated| {
        words::of(Class::FirstLevels).has(&super::found::level_name(&stated.name))
    };
    let lost: Vec<_> = all.filter(|stated| is_lost(stated) && !is_level(stated)).collect();
    if lost.is_empty() {
        return without_headings(reading, section);
    }
    let problems = plain_name(&text(reading, section));
    let items = match reading.outline.items(&reading.prose, section) {
        Some(items) => items.len(),
        // 无 under the heading is no item; of a text it is not certain how many problems it tells.
        None if problems.chars().count() <= MAX_NOTHING.saturating_add(title_length(reading, section)) => 0,
        None => return Vec::new(),
    };
    if items >= levels.len() {
        return Vec::new();
    }
    let spoken = |stated: &&super::stated::Stated| {
        let own: String = stated.units.clone().map(|unit| reading.prose.text(unit)).collect();
        let own = without_general(reading, &plain_name(&own));
        shares(&plain_name(&stated.name), &problems, SHARED_NAME) || shares(&own, &problems, SHARED_TEXT)
    };
    let finding = |stated: &super::stated::Stated| {
        let lost = stated.points?.value.minus(stated.score?.value).unwrap_or(Number::ZERO);
        let message = format!("“{}”扣了{lost}分，存在问题部分没有写到。", stated.name);
        Some(at(FindingId::DeductionWithoutProblem, stated.passage.clone(), message))
    };
    lost.into_iter().filter(|stated| !spoken(stated)).filter_map(finding).collect()
}

/// The same of a report whose paragraphs tell of several indicators each: those that a sentence takes points from, where there
/// are fewer problems than such indicators.
fn without_headings(reading: &Reading, section: usize) -> Vec<Finding> {
    let Some(items) = reading.outline.items(&reading.prose, section) else { return Vec::new() };
    let problems = plain_name(&text(reading, section));
    let extent = reading.outline.extent(section);
    let mut seen = BTreeSet::new();
    let mut lost = Vec::new();
    for stated in &reading.stated {
        let name = plain_name(&stated.name);
        if !is_lost(stated) || name.chars().count() < SHARED_TEXT || !seen.insert(name.clone()) {
            continue;
        }
        let told =
            reading.prose.sentences().filter(|sentence| !extent.contains(&sentence.unit)).find_map(|one| {
                let own = reading.prose.at(one);
                let from = own.find(name.as_str())?;
                let own = own.get(from..)?;
                own.contains('扣').then(|| (one, own.to_owned()))
            });
        lost.extend(told.map(|(spot, own)| (stated, spot, own)));
    }
    if items.len() > lost.len() {
        return Vec::new();
    }
    let unspoken = lost.into_iter().filter(|(stated, _, own)| {
        let own = without_general(reading, &plain_name(own));
        !shares(&plain_name(&stated.name), &problems, SHARED_NAME) && !shares(&own, &problems, SHARED_OWN)
    });
    let finding = |(stated, spot, _): (&super::stated::Stated, super::prose::Spot, String)| {
        let lost = stated.points?.value.minus(stated.score?.value)?;
        let message = format!("“{}”扣了{lost}分，存在问题部分没有写到。", stated.name);
        Some(reading.finding(FindingId::DeductionWithoutProblem, spot, &stated.name, message))
    };
    unspoken.filter_map(finding).collect()
}

fn title_length(reading: &Reading, section: usize) -> usize {
    let heading = reading.outline.headings.get(section);
    heading.map_or(0, |heading| plain_name(reading.prose.text(heading.unit)).chars().count())
}

/// Without what every paragraph says: the names of project and agency.
fn without_general(reading: &Reading, text: &str) -> String {
    let project = reading.facts.map(|facts| &facts.case.project);
    let names = project.into_iter().flat_map(|project| [&project.name, &project.agency, &project.unit]);
    names.flatten().fold(text.to_owned(), |text, name| text.replace(&plain_name(name), "。"))
}

/// The heading above that of an indicator.
fn level(reading: &Reading, heading: Option<usize>) -> Option<usize> {
    let own = reading.outline.headings.get(heading?)?;
    let before = reading.outline.headings.iter().enumerate().take(heading?);
    before.rev().find(|(_, other)| other.level < own.level).map(|(at, _)| at)
}

/// Whether a text shares so many characters in a row with another.
fn shares(one: &str, other: &str, length: usize) -> bool {
    let chars: Vec<char> = one.chars().collect();
    chars.windows(length).any(|window| {
        let piece: String = window.iter().collect();
        !piece.contains('。') && other.contains(&piece)
    })
}

/// Whether each piece of advice is nearest to another problem, and what is left over shares no two words with any.
fn one_unanswered(
    reading: &Reading,
    problems: &[usize],
    end: usize,
    pieces: &[usize],
    advice: usize,
) -> bool {
    let words_of = |units: &[usize], end: usize| -> Vec<BTreeSet<String>> {
        let ends = units.iter().copied().skip(1).chain([end]);
        let text = |(from, to): (&usize, usize)| {
            let own: String = (*from..to).map(|unit| reading.prose.text(unit)).collect();
            let general = words::of(Class::NameGeneral);
            let own = general.iter().fold(plain_name(&own), |own, word| own.replace(word, "。"));
            let chars: Vec<char> = own.chars().collect();
            let pairs = chars.windows(SHARED_TITLE).map(|pair| pair.iter().collect::<String>());
            pairs.filter(|pair| !pair.contains('。')).collect()
        };
        units.iter().zip(ends).map(text).collect()
    };
    let own = words_of(problems, end);
    let given = words_of(pieces, reading.outline.extent(advice).end);
    let shared = |one: &BTreeSet<String>, other: &BTreeSet<String>| one.intersection(other).count();
    let mut answered = BTreeSet::new();
    for piece in &given {
        let nearest = own.iter().enumerate().max_by_key(|(_, problem)| shared(problem, piece));
        let Some((at, _)) = nearest.filter(|(_, problem)| shared(problem, piece) > 0) else { return false };
        answered.insert(at);
    }
    let left = own.iter().enumerate().filter(|(at, _)| !answered.contains(at));
    let left: Vec<_> = left.collect();
    matches!(left.as_slice(), [(_, problem)] if given.iter().all(|piece| shared(problem, piece) < 2))
}

/// The title that a problem begins with, without what any problem may be called.
fn title(reading: &Reading, unit: usize) -> Option<String> {
    let text = reading.prose.text(unit);
    let begins = super::outline::mark(text).map_or(0, |mark| mark.len);
    let title = text.get(begins..)?.split(['。', ':']).next()?;
    let own =
        words::of(Class::NameGeneral).iter().fold(plain_name(title), |own, word| own.replace(word, "。"));
    let length = own.chars().filter(|c| *c != '。').count();
    (title.chars().count() <= MAX_TITLE && length >= SHARED_NAME && title.len() < text.len()).then_some(own)
}

/// Fewer pieces of advice than problems: by two, or by one where a problem's words are nowhere in the advice.
fn without_advice(reading: &Reading, section: usize, advice: Option<usize>) -> Vec<Finding> {
    let Some(problems) = reading.outline.items(&reading.prose, section) else { return Vec::new() };
    let Some(heading) = reading.outline.headings.get(section) else { return Vec::new() };
    let id = FindingId::ProblemWithoutSuggestion;
    let Some(advice) = advice.filter(|advice| *advice != section) else {
        let both = words::of(Class::ChapterAdvice).within(&heading.title);
        let message = format!("写了{}个问题，没有建议部分。", problems.len());
        return if both || problems.is_empty() {
            Vec::new()
        } else {
            vec![reading.finding(id, heading.spot, "建议", message)]
        };
    };
    let Some(pieces) = reading.outline.items(&reading.prose, advice) else { return Vec::new() };
    let fewer = problems.len().saturating_sub(pieces.len());
    let said = plain_name(&text(reading, advice));
    let general = words::of(Class::NameGeneral);
    let end = reading.outline.extent(section).end;
    let ends = problems.iter().copied().skip(1).chain([end]);
    let unspoken = problems.iter().zip(ends).find(|(from, to)| {
        let mut own: String = (**from..*to).map(|unit| reading.prose.text(unit)).collect();
        own = plain_name(&own);
        for word in general.iter() {
            own = own.replace(word, "。");
        }
        !shares(&own, &said, SHARED_TITLE)
            || title(reading, **from).is_some_and(|own| !shares(&own, &said, SHARED_TITLE))
    });
    let unanswered = || one_unanswered(reading, &problems, end, &pieces, advice);
    let speak = fewer >= 2 || (fewer == 1 && (unspoken.is_some() || unanswered()));
    let Some(advice) = reading.outline.headings.get(advice).filter(|_| speak) else { return Vec::new() };
    let message =
        format!("存在问题写了{}个，建议写了{}条，有问题没有对应的建议。", problems.len(), pieces.len());
    vec![reading.finding(id, advice.spot, "建议", message)]
}
