//! Words that are written with a wrong character. Those of a list are never a word (不底于 for 不低于); others are told by what stands
//! elsewhere: 捡测合格 stands once and 检测合格 again and again, and the two characters look or sound alike.

use std::collections::BTreeMap;

use super::found::Reading;
use super::prose::Spot;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Letters among which a wrong one is told from a right one.
const AROUND: usize = 4;
/// How often the right form stands at least.
const MIN_RIGHT: usize = 2;
/// Pieces of a report that are counted.
const MAX_PIECES: usize = 200_000;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (wrong, right) in words::of(Class::WrongWords).iter().filter_map(|pair| pair.split_once('/')) {
        for (unit, text) in reading.prose.texts() {
            let Some(from) = text.find(wrong) else { continue };
            let spot = Spot { unit, from, to: from.saturating_add(wrong.len()) };
            let message = format!("“{wrong}”有错字，应为“{right}”。");
            findings.push(reading.finding(FindingId::ReportContradictsItself, spot, right, message));
        }
    }
    let counts = counts(reading);
    for (unit, text) in reading.prose.texts() {
        findings.extend(look_alikes(reading, &counts, unit, text));
    }
    findings
}

/// How often each run of two letters stands in the report, and each of [`AROUND`].
fn counts(reading: &Reading) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let cells = reading.grids.iter().flat_map(|grid| &grid.rows).flat_map(|row| row.cells.values());
    // A cell that is read as a paragraph, too, is counted there.
    let cells =
        cells.filter(|cell| !cell.continued && !cell.text.contains('。')).map(|cell| cell.text.as_str());
    for text in reading.prose.texts().map(|(_, text)| text).chain(cells) {
        let letters: Vec<char> = text.chars().collect();
        for length in [2, AROUND] {
            for piece in letters.windows(length).filter(|piece| piece.iter().all(|c| c.is_alphabetic())) {
                if counts.len() < MAX_PIECES {
                    let count = counts.entry(piece.iter().collect()).or_default();
                    *count = count.saturating_add(1);
                }
            }
        }
    }
    counts
}

/// The letters of a text that stand for one that looks or sounds alike.
fn look_alikes(
    reading: &Reading,
    counts: &BTreeMap<String, usize>,
    unit: usize,
    text: &str,
) -> Option<Finding> {
    let groups = words::of(Class::LookAlikes);
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let count = |form: &[char]| counts.get(&form.iter().collect::<String>()).copied().unwrap_or_default();
    for (start, window) in letters.windows(AROUND).enumerate() {
        let own: Vec<char> = window.iter().map(|(_, c)| *c).collect();
        if count(&own) != 1 {
            continue;
        }
        for (at, c) in own.iter().enumerate() {
            // The words on both sides of the letter are no words that stand elsewhere.
            let strange = own
                .windows(2)
                .enumerate()
                .filter(|(first, _)| *first == at || first.saturating_add(1) == at)
                .all(|(_, pair)| count(pair) == 1);
            if !strange {
                continue;
            }
            for other in groups.iter().filter(|group| group.contains(*c)).flat_map(str::chars) {
                let mut right = own.clone();
                if let Some(letter) = right.get_mut(at) {
                    *letter = other;
                }
                if other == *c || count(&right) < MIN_RIGHT {
                    continue;
                }
                let (wrong, right): (String, String) = (own.iter().collect(), right.iter().collect());
                let from = letters.get(start).map_or(0, |(from, _)| *from);
                let spot = Spot { unit, from, to: from.saturating_add(wrong.len()) };
                let message = format!("“{wrong}”与别处的“{right}”只差一个形近或者音近的字，疑为错字。");
                return Some(reading.finding(FindingId::ReportContradictsItself, spot, &right, message));
            }
        }
    }
    None
}
