//! Counts beside the list that they count: `4个一级指标（决策、过程、产出、效益）`, `主要存在三个方面的问题`, `以下5项：`.

use super::figures::{Figure, count_at};
use super::found::Reading;
use super::prose::Spot;
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of an item of a list, and between a count and the list behind it.
const MAX_ITEM: usize = 14;
const MAX_NOUN: usize = 10;
/// What is counted in brackets may be a word for all of it (乡（镇、街道）).
const MIN_BRACKET: usize = 3;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (unit, text) in reading.prose.texts() {
        for count in counts(text) {
            let told = before(text, &count).or_else(|| behind(text, &count));
            let told = told.or_else(|| numbered(reading, unit, text, &count));
            let Some(listed) = told.filter(|listed| !listed.contains(&count.figure.value)) else { continue };
            let Some(first) = listed.first() else { continue };
            let noun = format!("{}{}", count.unit, count.noun);
            let message = format!("写的是{}{noun}，列出的有{first}{}。", count.figure.value, count.unit);
            let spot = Spot { unit, from: count.figure.from, to: count.to };
            findings.push(reading.finding(FindingId::ReportContradictsItself, spot, &count.noun, message));
        }
    }
    findings.extend(sections(reading));
    findings
}

/// A count with its measure word and what it counts.
struct Count {
    figure: Figure,
    unit: String,
    noun: String,
    /// Behind the noun.
    to: usize,
}

fn counts(text: &str) -> Vec<Count> {
    let mut all = Vec::new();
    let mut at = 0_usize;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let found = (c.is_ascii_digit() || crate::notation::is_numeral(c)).then(|| count(text, at)).flatten();
        at = match found {
            Some(count) => {
                let to = count.figure.to;
                all.push(count);
                to
            }
            None => at.saturating_add(c.len_utf8()),
        };
    }
    all
}

fn count(text: &str, at: usize) -> Option<Count> {
    let figure = count_at(text, at).filter(|figure| figure.places == 0)?;
    let lead = text.get(..figure.from)?;
    let part_of_number = lead.ends_with(|c: char| {
        c.is_ascii_digit() || crate::notation::is_numeral(c) || ".,第前后约近超每各-~".contains(c)
    });
    if part_of_number || figure.value.is_zero() {
        return None;
    }
    let rest = text.get(figure.to..)?;
    let unit = words::of(Class::MeasuresOfLists).longest(rest)?.to_owned();
    let begin = figure.to.saturating_add(unit.len());
    let noun: String = text.get(begin..)?.chars().take_while(|c| c.is_alphabetic()).take(MAX_NOUN).collect();
    let to = begin.saturating_add(noun.len());
    Some(Count { figure, unit, noun, to })
}

/// The items of a list by each way to count them; `None` where it is no list of names.
fn items(list: &str) -> Option<Vec<Number>> {
    let pieces: Vec<&str> = list.split(['、', '，']).collect();
    let is_name = |piece: &&str| {
        let length = piece.chars().count();
        (2..=MAX_ITEM).contains(&length)
            && !piece.contains(|c: char| c.is_ascii_digit())
            && !words::of(Class::OpenLists).within(piece)
    };
    if pieces.len() < 2 || !pieces.iter().all(is_name) {
        return None;
    }
    let joined = pieces.last().is_some_and(|last| last.contains(['和', '与', '及']));
    let counts = [Some(pieces.len()), joined.then(|| pieces.len().saturating_add(1))];
    let inner = pieces.iter().filter(|piece| piece.contains(['和', '与', '及'])).count();
    let counts = counts.into_iter().flatten().chain([pieces.len().saturating_add(inner)]);
    counts.map(|count| u32::try_from(count).ok().map(Number::from)).collect()
}

/// The list right before a count of what can only be the list's own: `决策、过程、产出、效益4个一级指标`.
fn before(text: &str, count: &Count) -> Option<Vec<Number>> {
    let lead = text.get(..count.figure.from)?;
    let clause = lead.rsplit(['。', ';', '，', ':', '(', ')']).next()?;
    let (at, word) = last_lead(clause)?;
    // 内设… leads to nothing but what it counts.
    let told = words::of(Class::NounsOfLists).iter().any(|noun| count.noun.starts_with(noun));
    if !told && !words::of(Class::LeadsOfParts).has(word) {
        return None;
    }
    items(clause.get(at.saturating_add(word.len())..)?)
}

/// The last word that a list begins behind.
fn last_lead(clause: &str) -> Option<(usize, &str)> {
    let leads = words::of(Class::LeadsOfLists);
    let found = leads.iter().filter_map(|word| Some((clause.rfind(word)?, word)));
    let (at, word) = found.max_by_key(|(at, word)| (at.saturating_add(word.len()), word.len()))?;
    clause.get(at..at.saturating_add(word.len())).map(|word| (at, word))
}

/// The list in brackets or behind a colon right behind a count: `5个一级指标（决策、过程、产出、效益、满意度）`.
fn behind(text: &str, count: &Count) -> Option<Vec<Number>> {
    let rest = text.get(count.to..)?;
    let list = match rest.strip_prefix('(') {
        Some(inner) => inner.get(..inner.find(')')?)?,
        None => {
            let open = rest.strip_prefix(':')?;
            open.get(..open.find(['。', ';', ':']).unwrap_or(open.len()))?
        }
    };
    let listed = items(list)?;
    let enough = list.split(['、', '，']).count() >= MIN_BRACKET;
    enough.then_some(listed)
}

/// What is counted behind a colon by words for each (一是…；二是…), where the paragraph holds all of it.
fn numbered(reading: &Reading, unit: usize, text: &str, count: &Count) -> Option<Vec<Number>> {
    let list = text.get(count.to..)?.strip_prefix(':')?;
    let words = words::of(Class::CountedItems);
    let first = words.iter().next()?;
    let found = words.iter().take_while(|word| list.contains(word)).count();
    let next = words.iter().nth(found);
    let goes_on = next.is_some_and(|next| reading.prose.text(unit.saturating_add(1)).starts_with(next));
    let whole = list.starts_with(first) && list.matches(first).count() == 1 && found > 1 && !goes_on;
    whole.then(|| u32::try_from(found).ok().map(|found| vec![Number::from(found)]))?
}

/// How many problems, pieces of advice and others a section says that it has, against those that it lists.
fn sections(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, heading) in reading.outline.headings.iter().enumerate() {
        let extent = reading.outline.extent(at);
        let inner = reading.outline.headings.iter().skip(at.saturating_add(1));
        let end = inner.take_while(|one| extent.contains(&one.unit)).map(|one| one.unit).next();
        // Only what stands before the first heading within it speaks of the section as a whole.
        let own = heading.unit.saturating_add(1)..end.unwrap_or(extent.end);
        for unit in own {
            let text = reading.prose.text(unit);
            for count in counts(text) {
                let noun = count.noun.trim_start_matches("方面").trim_start_matches('的');
                let counted = words::of(Class::NounsOfSections).iter().any(|word| {
                    noun.starts_with(word) && words::of(Class::NounsOfSections).within(&heading.title)
                });
                let sentence = reading.prose.sentence(Spot { unit, from: count.figure.from, to: count.to });
                let lead = text.get(sentence.from..count.figure.from).unwrap_or_default();
                let whole = text.get(sentence.from..sentence.to).unwrap_or_default();
                if !counted
                    || !words::of(Class::LeadsOfSections).within(lead)
                    || words::of(Class::NotOfSections).within(whole)
                {
                    continue;
                }
                let Some(items) = reading.outline.items(&reading.prose, at) else { continue };
                let same = u32::try_from(items.len()).is_ok_and(|n| Number::from(n) == count.figure.value);
                if same || items.is_empty() {
                    continue;
                }
                let message = format!(
                    "“{}”写的是{}{}{noun}，列出的有{}{}。",
                    heading.title,
                    count.figure.value,
                    count.unit,
                    items.len(),
                    count.unit
                );
                let spot = Spot { unit, from: count.figure.from, to: count.to };
                findings.push(reading.finding(FindingId::ReportContradictsItself, spot, noun, message));
            }
        }
    }
    findings
}
