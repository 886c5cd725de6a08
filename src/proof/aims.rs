//! The target of an indicator as its own paragraph tells it without a word for targets: a bound of the same number turned round
//! (`符合“不低于20℃”的目标` of ≤20℃), and another number that the result is held against (`374人次，高于360人次` of ≥330人次).

use super::bound::{clause, place};
use super::found::Reading;
use super::prose::{SENTENCE, Spot, pieces};
use super::quantities::quantities;
use super::targets::{Bound, Target, listed, units};
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    // With a workbook each is held against that.
    if reading.facts.is_some() {
        return Vec::new();
    }
    let listed = listed(reading);
    let once = |target: &&Target| listed.iter().filter(|one| one.name == target.name).count() == 1;
    listed.iter().filter(once).filter_map(|target| of_target(reading, target)).collect()
}

fn of_target(reading: &Reading, target: &Target) -> Option<Finding> {
    let units = units(reading, &target.name);
    let texts: Vec<&str> = units.iter().map(|unit| reading.prose.text(*unit)).collect();
    let known = texts.iter().any(|text| quantities(text).iter().any(|one| one.is_as(&target.value)));
    for unit in units {
        for (from, to) in pieces(reading.prose.text(unit), &SENTENCE) {
            let sentence = Spot { unit, from, to };
            let found = turned(reading, target, sentence);
            let found = found.or_else(|| if known { None } else { other(reading, target, sentence) });
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

/// The number of the target with a word that sets a bound on its other side.
fn turned(reading: &Reading, target: &Target, sentence: Spot) -> Option<Finding> {
    let own = target.bound?;
    let text = reading.prose.at(sentence);
    for one in quantities(text).iter().filter(|one| one.is_as(&target.value)) {
        let head = text.get(..one.figure.from)?;
        let (above, below) =
            (words::of(Class::SetsBelow).longest_end(head), words::of(Class::SetsAbove).longest_end(head));
        let told = match (above, below) {
            (Some(_), None) => Bound::Above,
            (None, Some(_)) => Bound::Below,
            _ => continue,
        };
        if told == own {
            continue;
        }
        let word = above.or(below)?;
        let message = format!(
            "“{}”的指标值为{}{}，此处写成“{word}{}”，方向正好相反。",
            target.name,
            if own == Bound::Above { "≥" } else { "≤" },
            target.value.shown(),
            one.shown()
        );
        return Some(reading.finding(
            FindingId::ReportContradictsItself,
            place(sentence, one),
            &target.name,
            message,
        ));
    }
    None
}

/// Another number that the result in the clause before it is held against.
fn other(reading: &Reading, target: &Target, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    if words::of(Class::ConditionsOfScores).within(text) || words::of(Class::TimesBefore).within(text) {
        return None;
    }
    let all = quantities(text);
    for pair in all.windows(2) {
        let [result, bound] = pair else { continue };
        let lead = clause(text, bound).trim_start_matches(['“', '"']);
        let lead = words::of(Class::ComparisonLeads).trim_start(lead);
        let compared =
            [Class::ComparedAbove, Class::ComparedBelow, Class::ComparedAtLeast, Class::ComparedAtMost]
                .into_iter()
                .any(|class| words::of(class).has(lead));
        let behind = text.get(bound.to..)?.trim_start_matches('”');
        let ends =
            behind.is_empty() || behind.starts_with('，') || words::of(Class::BehindTargets).begins(behind);
        let between = text.get(result.to..bound.figure.from)?.contains('，');
        let same = result.unit == bound.unit && bound.unit == target.value.unit && !bound.unit.is_empty();
        if !compared || !ends || !between || !same || bound.is_as(&target.value) {
            continue;
        }
        let message = format!(
            "“{}”此处比较的是{}，{}的指标值为{}。",
            target.name,
            bound.shown(),
            target.passage.place,
            target.value.shown()
        );
        return Some(reading.finding(
            FindingId::ReportContradictsItself,
            place(sentence, bound),
            &target.name,
            message,
        ));
    }
    None
}
