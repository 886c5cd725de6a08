//! The steps of the evaluation in their order: a step that ended before one began that it follows (`现场评价（6月15日至6月28日）…
//! 分析撰写（5月20日至6月12日）`).

use super::dates::{Date, dates};
use super::found::Reading;
use super::prose::Spot;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// The steps in their order.
const STEPS: [Class; 4] =
    [Class::StepsOfPreparing, Class::StepsOfVisiting, Class::StepsOfWriting, Class::StepsOfClosing];
/// Characters of a step's name before its dates, and between dates and the name behind them.
const BEFORE: usize = 14;
const BEHIND: usize = 6;

/// A step with its first day and its last.
struct Step {
    rank: usize,
    name: &'static str,
    first: (i32, u32, u32),
    last: (i32, u32, u32),
    shown: String,
    spot: Spot,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let headings = reading.outline.headings.iter().enumerate();
    let process = headings.filter(|(_, heading)| words::of(Class::SectionsOfProcess).within(&heading.title));
    let mut units: Vec<usize> = process.flat_map(|(at, _)| reading.outline.extent(at)).collect();
    units.sort_unstable();
    units.dedup();
    let mut year = None;
    let mut steps: Vec<Step> = Vec::new();
    for unit in units {
        steps.extend(of_unit(reading, unit, &mut year));
    }
    // Of a step that is dated twice it is not certain what the dates are of.
    let once = |step: &&Step| steps.iter().filter(|other| other.rank == step.rank).count() == 1;
    let steps: Vec<&Step> = steps.iter().filter(once).collect();
    let pairs = steps.iter().flat_map(|early| steps.iter().map(move |late| (early, late)));
    let turned = pairs.filter(|(early, late)| early.rank < late.rank && late.last < early.first);
    let finding = |(early, late): (&&Step, &&Step)| {
        let message = format!(
            "“{}”（{}）早于“{}”（{}），评价工作的先后不合。",
            late.name, late.shown, early.name, early.shown
        );
        reading.finding(FindingId::ReportContradictsItself, late.spot, "日期", message)
    };
    turned.map(finding).take(1).collect()
}

/// The steps that a paragraph dates; `year` is the one that was named last.
fn of_unit(reading: &Reading, unit: usize, year: &mut Option<i32>) -> Vec<Step> {
    let text = reading.prose.text(unit);
    let all = dates(text);
    let mut steps = Vec::new();
    let mut at = 0_usize;
    while let Some(first) = all.get(at) {
        let joined = |next: &&Date| {
            let between = text.get(first.to..next.from).unwrap_or_default();
            words::of(Class::JoinsOfPeriods).has(between)
        };
        let last = all.get(at.saturating_add(1)).filter(joined);
        at = at.saturating_add(if last.is_some() { 2 } else { 1 });
        let last = last.unwrap_or(first);
        let begin = first.year.or(*year);
        let end = last.year.or(begin);
        *year = end;
        let (Some(begin), Some(end)) = (begin, end) else { continue };
        let (from, to) = (first.first(begin), last.last(end));
        let Some((rank, name)) = step(text, first.from, last.to).filter(|_| from <= to) else { continue };
        let shown = text.get(first.from..last.to).unwrap_or_default().to_owned();
        let spot = Spot { unit, from: first.from, to: last.to };
        steps.push(Step { rank, name, first: from, last: to, shown, spot });
    }
    steps
}

/// The step that the words before dates name, else those behind; `None` where they name none, several, or what was done again.
fn step(text: &str, from: usize, to: usize) -> Option<(usize, &'static str)> {
    let head = text.get(..from)?.trim_end_matches(['(', ':', '，', '于']);
    let own = head.rsplit(['。', ';', ')', ':', '，']).next()?;
    let before: String = own.chars().rev().take(BEFORE).collect::<Vec<_>>().into_iter().rev().collect();
    named(&before).or_else(|| {
        let behind = text.get(to..)?.trim_start_matches([')', ':', '，']);
        let behind = behind.split(['。', ';', '，', '、']).next()?;
        let near = behind.char_indices().nth(BEHIND).map_or(behind.len(), |(at, _)| at);
        let (rank, name) = named(behind)?;
        behind.find(name).filter(|at| *at <= near)?;
        Some((rank, name))
    })
}

/// The one step that words name.
fn named(text: &str) -> Option<(usize, &'static str)> {
    let of = |(rank, class): (usize, &Class)| Some((rank, words::of(*class).find(text)?.1));
    let found: Vec<(usize, &'static str)> = STEPS.iter().enumerate().filter_map(of).collect();
    match found.as_slice() {
        [only] if !words::of(Class::DoneAgain).within(text) => Some(*only),
        _ => None,
    }
}
