//! One count with two values: two counts of the year under the same noun in two paragraphs, of which one stands again in the
//! report and the other nowhere.

use super::bound::Bound;
use super::found::Reading;
use crate::model::{Finding, FindingId};
use crate::notation::{Dimension, scan_unit};
use crate::words::{self, Class};

/// Characters that two names share at their end, and of the whole of the shorter one.
const SHARED: usize = 5;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    // With a workbook each is held against that.
    if reading.facts.is_some() {
        return Vec::new();
    }
    let all: Vec<&Bound> = reading.told.iter().filter(|one| is_whole(reading, one)).collect();
    let mut findings = Vec::new();
    for own in all.iter().filter(|one| often(reading, one) == 1) {
        let like = |other: &&&Bound| {
            other.sentence.unit != own.sentence.unit
                && other.one.unit == own.one.unit
                && !other.one.is_as(&own.one)
                && other.qualifiers == own.qualifiers
                && is_of(&own.lead, &other.lead)
        };
        let mut others = all.iter().filter(like);
        let Some(other) = others.next().filter(|other| often(reading, other) > 1) else { continue };
        if others.any(|one| !one.one.is_as(&other.one)) {
            continue;
        }
        let message = format!(
            "“{}”此处为{}，{}为{}。",
            own.lead,
            own.one.shown(),
            reading.prose.where_is(other.spot),
            other.one.shown()
        );
        findings.push(reading.finding(FindingId::ReportContradictsItself, own.spot, &own.lead, message));
    }
    findings
}

/// Whether a quantity counts all of something in the year that is evaluated.
fn is_whole(reading: &Reading, told: &Bound) -> bool {
    let counted =
        scan_unit(&told.one.unit).is_some_and(|(unit, _)| matches!(unit.dimension, Dimension::Count(_)));
    let text = reading.prose.at(told.sentence);
    let part =
        words::of(Class::ResultsOfParts).within(text) || words::of(Class::NotOfParts).within(&told.lead);
    let planned = words::of(Class::PlannedFigures).within(&told.lead) || told.is_to_be(reading);
    let told_so =
        !planned && told.one.unit != "分" && !told.about() && !told.of_other_time() && !told.in_parts;
    counted && told_so && !part && told.one.figure.places == 0 && told.lead.chars().count() >= SHARED
}

/// Whether two names are of one thing: the shorter one is the end of the longer.
fn is_of(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.chars().count() >= SHARED && long.ends_with(short)
}

/// How often a number of a unit stands in the report, its tables included.
fn often(reading: &Reading, told: &Bound) -> usize {
    let same = reading.told.iter().filter(|one| one.one.is_as(&told.one)).count();
    let cells = reading.grids.iter().flat_map(|grid| &grid.rows).flat_map(|row| row.cells.values());
    let cells = cells.filter(|cell| !cell.continued && !cell.text.contains('。'));
    let listed =
        cells.filter(|cell| super::quantities::quantities(&cell.text).iter().any(|one| one.is_as(&told.one)));
    same.saturating_add(listed.count())
}
