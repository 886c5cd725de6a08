//! 偏离在±5%以内得满分，5%-10%得3分: where some of it is about how far the actual is from the target, all of it is.

use crate::criterion::grammar::condition::{About, Shape};
use crate::criterion::grammar::words::{ACTUAL, STRAYING, TARGET};
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::Rung;
use crate::rule::Point;

pub(super) fn deviations(
    defined: bool,
    steps: Option<&mut StepsDraft>,
    names: &mut Vec<String>,
    about: &mut Vec<About>,
    rungs: &mut [Rung],
) {
    let said = |name: &String| STRAYING.iter().any(|w| name.strip_prefix(w).is_some_and(|t| TARGET.has(t)));
    if !defined && !about.contains(&About::Deviation) && !names.iter().any(said) {
        return;
    }
    let own = steps.and_then(|steps| steps.own.as_mut());
    for rung in rungs.iter_mut().chain(own) {
        let Shape::Within(stretch) = &mut rung.shape else { return };
        let ends = [&stretch.lower, &stretch.upper];
        if ends.into_iter().flatten().any(|e| !matches!(&e.at, Point::Value(a) if a.unit.is_ratio())) {
            return;
        }
    }
    for rung in rungs.iter_mut() {
        if let Shape::Within(stretch) = &mut rung.shape {
            stretch.perhaps_beyond = false;
        }
    }
    // ±5%-±10%得3分，±10%及以上不得分: both name 10%, and neither gives way.
    let claimed: Vec<Point> = rungs
        .iter()
        .filter_map(|rung| rung.stretch()?.lower.as_ref())
        .filter(|end| end.firm && end.inclusive)
        .map(|end| end.at.clone())
        .collect();
    for stretch in rungs.iter_mut().filter_map(Rung::stretch_mut).filter(|s| s.bare) {
        if let Some(end) = stretch.upper.as_mut().filter(|end| !end.firm && claimed.contains(&end.at)) {
            (end.inclusive, end.firm) = (true, true);
        }
    }
    names.retain(|name| !said(name) && !STRAYING.ends(name) && !is_pair(name));
    for one in about.iter_mut().filter(|one| **one == About::Value) {
        *one = About::Deviation;
    }
    if about.is_empty() {
        about.push(About::Deviation);
    }
}

/// 实际数与预算数: the two that are laid beside each other.
fn is_pair(name: &str) -> bool {
    let side =
        |text: &str| ACTUAL.has(text) || TARGET.has(text) || TARGET.within(text) || ACTUAL.within(text);
    ["与", "和", "较", "比"].iter().any(|and| name.split_once(and).is_some_and(|(a, b)| side(a) && side(b)))
}
