//! 确定能 beside figures that say otherwise: less expected than was promised, a ceiling passed already, and, whatever the
//! answer, less expected for the whole year than was done so far.

use super::{Watched, by_when, compared, watched};
use crate::check::Facts;
use crate::model::{Entry, Finding, FindingId, Likelihood};

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    watched(facts).into_iter().filter_map(|one| contradicted(facts, &one)).collect()
}

fn contradicted(facts: &Facts, one: &Watched) -> Option<Finding> {
    let shown =
        |entry: &Option<Entry>| entry.as_ref().map(Entry::shown).unwrap_or_default().trim().to_owned();
    let (target, progress, expected) =
        (one.row.indicator.target_shown(), shown(&one.row.progress), shown(&one.row.expected));
    let sure = one.likely() == Some(Likelihood::Sure);
    let when = by_when(facts, one.form);
    // What was used up or has happened does not go back.
    let passed = one.cap == Some(true)
        && accumulates(one)
        && one.progress.as_ref().and_then(|done| one.misses(done)) == Some(true);
    if sure && passed {
        let message = format!(
            "“{}”{when}已是{progress}，超过指标值“{target}”，仍填报“确定能”完成、全年预计{expected}，请核对。",
            one.name()
        );
        return Some(one.find(FindingId::MonitoredContradiction, one.row.progress.as_ref(), message));
    }
    if sure && one.expected.as_ref().and_then(|expected| one.misses(expected)) == Some(true) {
        let message = format!(
            "“{}”全年预计{expected}，达不到指标值“{target}”，却填报“确定能”完成，请核对。",
            one.name()
        );
        return Some(one.find(FindingId::MonitoredContradiction, one.row.expected.as_ref(), message));
    }
    let (whole, so_far) = compared(one.expected.as_ref()?, one.progress.as_ref()?)?;
    let less = accumulates(one) && whole < so_far;
    less.then(|| {
        let message = format!("“{}”全年预计{expected}，少于{when}已完成的{progress}，请核对。", one.name());
        one.find(FindingId::MonitoredContradiction, one.row.expected.as_ref(), message)
    })
}

/// Whether a figure only grows in the course of the year: money, and things that are counted; a rate, a price or a time may
/// fall again.
fn accumulates(one: &Watched) -> bool {
    let unit = one.target.as_ref().map(|target| &target.unit);
    unit.is_some_and(|unit| unit.is_money() || unit.dimension.is_of_things())
        && !crate::notation::is_rate_name(one.name())
}
