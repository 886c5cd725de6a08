//! The target of an indicator in several places: its sign and value in the tables, in the paragraph on it, and in what is said
//! of its result (`流失率7.14%，高于5%，扣2分` asks for no more than 5%).

use super::found::{Reading, plain_name};
use super::prose::Spot;
use super::quantities::{Quantity, quantities};
use crate::model::{Finding, FindingId, Passage};
use crate::words::{self, Class};

/// Characters of a name that can be told from the words around it.
const MIN_NAME: usize = 4;
/// Characters at the end of a name by which a result is known to be its.
const MIN_TAIL: usize = 3;
/// Targets of one report.
const MAX_TARGETS: usize = 600;

/// On which side of a number the result is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Above,
    Below,
}

/// A target with its place.
pub(super) struct Target {
    pub(super) name: String,
    pub(super) bound: Option<Bound>,
    pub(super) value: Quantity,
    pub(super) passage: Passage,
    /// The table that it stands in; `None` in the text.
    grid: Option<usize>,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    // With a workbook each is held against that.
    if reading.facts.is_some() {
        return Vec::new();
    }
    let listed = listed(reading);
    let mut findings = Vec::new();
    for (at, one) in listed.iter().enumerate() {
        let before = listed.get(..at).unwrap_or_default();
        let other = before.iter().find(|other| other.name == one.name && other.grid != one.grid);
        findings.extend(other.and_then(|other| differing(one, other)));
    }
    let once = |target: &&Target| listed.iter().position(|one| one.name == target.name);
    let first = listed.iter().enumerate().filter(|(at, one)| once(one) == Some(*at)).map(|(_, one)| one);
    for target in first {
        findings.extend(told(reading, target).iter().find_map(|said| differing(said, target)));
        findings.extend(turned(reading, target));
    }
    findings.extend(listed.iter().filter_map(floored));
    let headed = reading.outline.headings.iter().filter(|heading| heading.level >= 2).flat_map(|heading| {
        let passage = reading.prose.passage(heading.spot, heading.title.clone());
        let name = plain_name(&heading.title);
        let unknown = !listed.iter().any(|target| target.name == name);
        let bare = Target { name, bound: None, value: Quantity::one(), passage, grid: None };
        if unknown && words::of(Class::LessIsBetter).ends(&bare.name) {
            told(reading, &bare)
        } else {
            Vec::new()
        }
    });
    findings.extend(headed.collect::<Vec<_>>().iter().filter_map(floored));
    findings.extend(by_tails(reading, &listed));
    findings
}

/// The targets that tables list by the names of indicators; names that stand twice in one table are not certain.
pub(super) fn listed(reading: &Reading) -> Vec<Target> {
    let mut all: Vec<Target> = Vec::new();
    for (at, grid) in reading.grids.iter().enumerate() {
        let Some(col) = grid.column(Class::ColumnsOfTargets) else { continue };
        let mut own: Vec<Target> = Vec::new();
        for row in &grid.rows {
            let Some(cell) = row.cells.get(&col).filter(|cell| !cell.continued) else { continue };
            let Some((_, name)) = row.name_before(col) else { continue };
            let name = plain_name(name);
            let Some((bound, value)) = target(&cell.text).filter(|_| name.chars().count() >= MIN_NAME) else {
                continue;
            };
            let passage = row.passage(&name);
            own.push(Target { name, bound, value, passage, grid: Some(at) });
        }
        let names: Vec<String> = own.iter().map(|one| one.name.clone()).collect();
        own.retain(|one| names.iter().filter(|name| **name == one.name).count() == 1);
        all.extend(own);
        if all.len() > MAX_TARGETS {
            break;
        }
    }
    all
}

/// The one figure of a target, and on which side of it the result is to be.
fn target(text: &str) -> Option<(Option<Bound>, Quantity)> {
    let all = quantities(text);
    let [one] = all.as_slice() else { return None };
    let head = text.get(..one.figure.from)?;
    let behind = text.get(one.to..)?;
    let bound = bound(head).or_else(|| {
        let (above, below) = (words::of(Class::BoundsBelow), words::of(Class::BoundsAbove));
        if above.begins(behind) { Some(Bound::Above) } else { below.begins(behind).then_some(Bound::Below) }
    });
    Some((bound, one.clone()))
}

fn bound(head: &str) -> Option<Bound> {
    if head.ends_with(['≥', '>']) || words::of(Class::BoundsBelow).ends(head) {
        return Some(Bound::Above);
    }
    (head.ends_with(['≤', '<']) || words::of(Class::BoundsAbove).ends(head)).then_some(Bound::Below)
}

/// What differs between two statements of one target.
fn differing(one: &Target, other: &Target) -> Option<Finding> {
    let sign = |target: &Target| match target.bound {
        Some(Bound::Above) => "≥",
        Some(Bound::Below) => "≤",
        None => "",
    };
    let turned = one.bound.zip(other.bound).is_some_and(|(one, other)| one != other);
    let differs = one.value.unit == other.value.unit && !one.value.is_as(&other.value);
    (turned || differs).then(|| {
        let message = format!(
            "“{}”的指标值此处为{}{}，{}为{}{}。",
            one.name,
            sign(one),
            one.value.shown(),
            other.passage.place,
            sign(other),
            other.value.shown()
        );
        super::found::at(FindingId::ReportContradictsItself, one.passage.clone(), message)
    })
}

/// A target of what is to be small that asks for at least so much.
fn floored(target: &Target) -> Option<Finding> {
    let wrong = target.bound == Some(Bound::Above) && words::of(Class::LessIsBetter).ends(&target.name);
    wrong.then(|| {
        let message =
            format!("“{}”越低越好，指标值却写成不低于{}，方向写反了。", target.name, target.value.shown());
        super::found::at(FindingId::ReportContradictsItself, target.passage.clone(), message)
    })
}

/// The units of the text that are about an indicator: those of its heading, and those that begin with its name.
pub(super) fn units(reading: &Reading, name: &str) -> Vec<usize> {
    let headings = reading.outline.headings.iter().enumerate();
    let own = headings.filter(|(_, heading)| plain_name(&heading.title) == name);
    let mut units: Vec<usize> = own.flat_map(|(at, _)| reading.outline.extent(at)).collect();
    let begins = reading.prose.texts().filter(|(_, text)| {
        let begin = super::outline::mark(text).map_or(0, |mark| mark.len);
        text.get(begin..).is_some_and(|rest| rest.starts_with(name))
    });
    units.extend(begins.map(|(unit, _)| unit));
    units.sort_unstable();
    units.dedup();
    units
}

/// Where the text says by a word that a figure is the target.
fn told(reading: &Reading, target: &Target) -> Vec<Target> {
    let mut all = Vec::new();
    for unit in units(reading, &target.name) {
        let text = reading.prose.text(unit);
        for (from, to) in super::prose::pieces(text, &['。', ';', '，', '(', ')']) {
            let Some(clause) = text.get(from..to) else { continue };
            let Some((at, word)) = words::of(Class::TargetsTold).find(clause) else { continue };
            let Some(behind) = clause.get(at.saturating_add(word.len())..) else { continue };
            let behind = words::of(Class::ReportFigureLinks).trim_start(behind);
            // 指标值500台的104%: a rate of the target stands behind it.
            let first = quantities(behind).first().map_or(0, |one| one.to);
            let found = self::target(behind).or_else(|| self::target(behind.get(..first)?));
            let Some((bound, value)) = found else { continue };
            let lead = behind.get(..value.figure.from).unwrap_or_default();
            let plain = lead.trim_start_matches(['≥', '≤', '>', '<', '=']);
            let bare = plain.is_empty()
                || words::of(Class::BoundsAbove).has(plain)
                || words::of(Class::BoundsBelow).has(plain);
            if !bare || !words::of(Class::TargetsOfOthers).iter().all(|word| !clause.contains(word)) {
                continue;
            }
            let passage = reading.prose.passage(Spot { unit, from, to }, target.name.clone());
            all.push(Target { name: target.name.clone(), bound, value, passage, grid: None });
        }
    }
    all
}

/// Targets that a sentence compares a result with, by the end of the indicator's name: `留任率87.04%，低于90%，扣1分`.
fn by_tails(reading: &Reading, listed: &[Target]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        if words::of(Class::ConditionsOfScores).within(text) {
            continue;
        }
        let all = quantities(text);
        for pair in all.windows(2) {
            let [result, bound] = pair else { continue };
            let (Some(head), Some(between)) =
                (text.get(..result.figure.from), text.get(result.to..bound.figure.from))
            else {
                continue;
            };
            let name: Vec<char> = words::of(Class::ReportFigureLinks)
                .trim_end(head)
                .chars()
                .rev()
                .take_while(|c| c.is_alphabetic())
                .collect();
            let name: String = name.into_iter().rev().collect();
            let between = between.trim_start_matches('，');
            let between = words::of(Class::ComparisonLeads).trim_start(between);
            let word =
                [Class::ComparedAbove, Class::ComparedBelow, Class::ComparedAtLeast, Class::ComparedAtMost]
                    .into_iter()
                    .filter_map(|class| words::of(class).longest(between))
                    .max_by_key(|word| word.len());
            let rest = word.and_then(|word| between.get(word.len()..));
            let plain =
                rest.is_some_and(|rest| rest.is_empty() || words::of(Class::NamesOfTargets).has(rest));
            let behind = text.get(bound.to..).unwrap_or_default();
            let kept = words::of(Class::BehindTargets).begins(behind.trim_start_matches('，'));
            if !plain || !kept || result.unit != bound.unit {
                continue;
            }
            let ends = |target: &&Target| {
                let tail =
                    target.name.chars().rev().zip(name.chars().rev()).take_while(|(a, b)| a == b).count();
                tail >= MIN_TAIL
            };
            let mut named = listed.iter().filter(ends);
            let Some(target) = named.next() else { continue };
            if named.any(|other| other.name != target.name) || target.value.unit != bound.unit {
                continue;
            }
            let place = Spot {
                unit: sentence.unit,
                from: sentence.from.saturating_add(bound.figure.from),
                to: sentence.from.saturating_add(bound.to),
            };
            let passage = reading.prose.passage(place, target.name.clone());
            let said =
                Target { name: target.name.clone(), bound: None, value: bound.clone(), passage, grid: None };
            findings.extend(differing(&said, target));
        }
    }
    findings
}

/// A target whose sense the deduction of its own paragraph contradicts: what lies above it lost points, or below.
fn turned(reading: &Reading, target: &Target) -> Option<Finding> {
    let own = target.bound?;
    let units = units(reading, &target.name);
    for sentence in reading.prose.sentences().filter(|sentence| units.contains(&sentence.unit)) {
        let text = reading.prose.at(sentence);
        if !text.contains('扣') || words::of(Class::ConditionsOfScores).within(text) {
            continue;
        }
        for one in quantities(text).iter().filter(|one| one.is_as(&target.value)) {
            let head = text.get(..one.figure.from)?;
            let behind = text.get(one.to..)?;
            let short =
                behind.trim_start_matches('，').trim_start_matches("的目标").trim_start_matches("的标准");
            if !short.trim_start_matches('，').starts_with('扣') {
                continue;
            }
            let above = words::of(Class::ComparedAbove).ends(head);
            // 未达到12分钟 may be said of what was too much.
            let below = words::of(Class::ComparedBelow).longest_end(head);
            let below = below.is_some_and(|word| !words::of(Class::NotReached).begins(word));
            let asked = if above { Bound::Below } else { Bound::Above };
            if above == below || asked == own {
                continue;
            }
            let how = if above { "高于" } else { "低于" };
            let place = reading.prose.where_is(sentence);
            let message = format!(
                "“{}”的指标值写的是{}{}，{place}却因为{how}{}而扣分，指标值的方向写反了。",
                target.name,
                if own == Bound::Above { "≥" } else { "≤" },
                target.value.shown(),
                one.shown()
            );
            return Some(super::found::at(
                FindingId::ReportContradictsItself,
                target.passage.clone(),
                message,
            ));
        }
    }
    None
}
