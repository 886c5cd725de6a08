//! Goals that are quoted: a word less, or a wrong one, turns them round (零推诿 → 推诿).

use std::collections::BTreeMap;

use super::found::{Reading, plain_name};
use super::outline::Heading;
use super::prose::{Spot, pieces};
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of a part of a goal that can be told from others.
const MIN_PART: usize = 5;
const MAX_PART: usize = 40;
/// Characters of a verb before what is counted.
const MAX_VERB: usize = 2;
/// Parts of a goal that are looked for.
const MAX_PARTS: usize = 80;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let (parts, own) = parts(reading, Class::GoalSections);
    // What any section on goals says is only held against what is quoted as such.
    let (wide, within) = self::parts(reading, Class::SectionsOfGoals);
    let mut findings = Vec::new();
    for sentence in reading.prose.sentences() {
        // Where the goal stands itself it is not quoted.
        if own.contains(&sentence.unit) {
            continue;
        }
        let found = misquoted(reading, &parts, sentence, false);
        if found.is_empty() && !within.contains(&sentence.unit) {
            findings.extend(misquoted(reading, &wide, sentence, true));
        }
        findings.extend(found);
    }
    // What a quotation shows is said once.
    let quoted: Vec<String> = findings.iter().map(|finding| finding.message.clone()).collect();
    findings.extend(sound_alikes(reading, &wide, |written| quoted.iter().any(|said| said.contains(written))));
    findings
}

/// The parts of the goal: of the form, else of the report's section on it; and the units of that section.
fn parts(reading: &Reading, class: Class) -> (Vec<String>, Vec<usize>) {
    let mut texts: Vec<String> = Vec::new();
    let mut own = Vec::new();
    if let Some(facts) = reading.facts {
        texts.extend(facts.case.goals.iter().filter(|goal| !goal.result).map(|goal| goal.entry.shown()));
    }
    let sections = reading.outline.headings.iter().enumerate();
    let told = |heading: &Heading| heading.points.is_none() && words::of(class).ends(&heading.title);
    for (at, _) in sections.filter(|(_, heading)| told(heading)) {
        let units: Vec<usize> = reading.outline.extent(at).collect();
        if texts.is_empty() {
            own.extend(units.iter().copied());
        }
    }
    if texts.is_empty() {
        texts.extend(own.iter().map(|unit| reading.prose.text(*unit).to_owned()));
    }
    let split = texts.iter().flat_map(|text| text.split(['。', ';', '；', '，', ',', '、', '\n']));
    // 实现零伤亡 is quoted as 零伤亡.
    let split = split.map(|part| words::of(Class::LeadsOfGoals).strip(part).unwrap_or(part));
    let parts = split.map(plain_name).filter(|part| (2..=MAX_PART).contains(&part.chars().count()));
    (parts.take(MAX_PARTS).collect(), own)
}

/// The parts of a sentence that are nearly parts of the goal, where others are exactly that: it quotes the goal.
/// With `quoted_only`, what stands in quotes.
fn misquoted(reading: &Reading, parts: &[String], sentence: Spot, quoted_only: bool) -> Vec<Finding> {
    let text = reading.prose.at(sentence);
    let in_quotes = |from: usize| {
        let head = text.get(..from).unwrap_or_default();
        head.matches('“').count() > head.matches('”').count()
    };
    let long = |part: &&String| part.chars().count() >= MIN_PART;
    let clauses: Vec<(Spot, String)> = pieces(text, &['，', '、', ',', ':', '“', '”', '"'])
        .filter(|(from, _)| !quoted_only || in_quotes(*from))
        .map(|(from, to)| {
            let clause = text.get(from..to).unwrap_or_default();
            let spot = Spot {
                unit: sentence.unit,
                from: sentence.from.saturating_add(from),
                to: sentence.from.saturating_add(to),
            };
            (spot, plain_name(clause))
        })
        .collect();
    // The words before the first part of a quotation belong to the sentence (力争做到服务受理…).
    let exact = |clause: &str| parts.iter().filter(long).any(|part| clause.ends_with(part.as_str()));
    let quoted = clauses.iter().filter(|(_, clause)| exact(clause)).count();
    // What is quoted in quotes quotes the goal even where only a word that turns it is lost.
    if quoted == 0 && !quoted_only {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (spot, clause) in clauses.iter().filter(|(_, clause)| !exact(clause)) {
        let near = parts
            .iter()
            .filter(long)
            .filter_map(|part| Some((part, slip(part, clause)?)))
            .min_by_key(|(_, slip)| slip.1);
        let Some((part, (written, _))) = near else { continue };
        let turned = is_turned(part, &written);
        if quoted == 0 && !(turned && written == *clause) || !turned && is_told_by_another_verb(part, clause)
        {
            continue;
        }
        let how = if turned { "意思相反" } else { "文字不一致" };
        let message = format!("引用的绩效目标是“{part}”，此处写成“{written}”，{how}。");
        findings.push(reading.finding(FindingId::ReportGoalMisquoted, *spot, part, message));
    }
    findings
}

/// How a part of a goal stands at the end of a clause with one slip or two: the words there, and how far off they are.
fn slip(part: &str, clause: &str) -> Option<(String, usize)> {
    let chars: Vec<char> = clause.chars().collect();
    let length = part.chars().count();
    let ends = [length.checked_sub(1), Some(length), length.checked_add(1)].into_iter().flatten();
    let tails = ends.filter_map(|len| {
        let from = chars.len().checked_sub(len)?;
        let tail: String = chars.get(from..)?.iter().collect();
        let off = strsim::levenshtein(part, &tail);
        let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        // Another figure is what was reached, not what was quoted.
        let same_figures = figures(part) == figures(&tail);
        let allowed = if length >= 7 { 2 } else { 1 };
        (same_figures && (1..=allowed).contains(&off)).then_some((tail, off))
    });
    tails.min_by_key(|(_, off)| *off)
}

/// 建设共育室31间 of 新建共育室31间: the same deed under another verb is told, not quoted.
fn is_told_by_another_verb(part: &str, clause: &str) -> bool {
    // 在训学员34名 of 培养学员34名: the thing and its number are the same, only the words before them differ.
    let same = part.chars().rev().zip(clause.chars().rev()).take_while(|(a, b)| a == b).count();
    let counted = part.contains(|c: char| c.is_ascii_digit());
    if counted && same.saturating_add(MAX_VERB) >= part.chars().count() && same < part.chars().count() {
        return true;
    }
    let deeds = words::of(Class::Deeds);
    let thing = deeds.strip(part).filter(|thing| !thing.is_empty());
    thing.and_then(|thing| clause.strip_suffix(thing)).is_some_and(|verb| deeds.ends(verb))
}

/// Whether a word that turns the sense is in one and not in the other.
fn is_turned(part: &str, written: &str) -> bool {
    words::of(Class::GoalTurners)
        .iter()
        .any(|word| part.matches(word).count() != written.matches(word).count())
}

/// 零差错 written with another character of the same sound, where no quotation shows it.
fn sound_alikes(reading: &Reading, parts: &[String], is_said: impl Fn(&str) -> bool) -> Vec<Finding> {
    let mut wrong: BTreeMap<String, String> = BTreeMap::new();
    for part in parts {
        for (at, zero) in part.match_indices('零') {
            let rest: String =
                part.get(at.saturating_add(zero.len())..).unwrap_or_default().chars().take(2).collect();
            if rest.chars().count() == 2 {
                for lead in words::of(Class::VerbsOfGoals).iter() {
                    wrong.insert(format!("{lead}{rest}"), format!("{lead}零{rest}"));
                }
                for alike in words::of(Class::ZeroSoundAlikes).iter() {
                    wrong.insert(format!("{alike}{rest}"), format!("零{rest}"));
                }
            }
        }
    }
    let mut findings = Vec::new();
    for (unit, text) in reading.prose.texts() {
        for (written, meant) in wrong.iter().filter(|(written, _)| !is_said(written)) {
            let Some(from) = text.find(written.as_str()) else { continue };
            let spot = Spot { unit, from, to: from.saturating_add(written.len()) };
            let message = format!("“{written}”应为“{meant}”，意思相反。");
            findings.push(reading.finding(FindingId::ReportGoalMisquoted, spot, meant, message));
        }
    }
    findings
}
