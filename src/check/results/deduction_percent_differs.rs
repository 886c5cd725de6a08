//! A remark says another deduction than the scores do.

use super::reviewed::{rows, typed};
use crate::base::Number;
use crate::check::Facts;
use crate::check::promise::Promise;
use crate::mapping::title::normalise;
use crate::model::{Entry, Finding, FindingId};
use crate::words::list;

const ID: FindingId = FindingId::DeductionPercentDiffers;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(slack) = facts.limit(ID, 0) else { return Vec::new() };
    let reviewed = rows(facts).into_iter().filter_map(|reviewed| {
        let (own, review) = (reviewed.own?.number(), reviewed.review?.number());
        differs(&reviewed.row, reviewed.remark.as_ref()?, (Some(own), review), slack)
    });
    // An evaluator's sheet has one column of scores, and what came off came off the points.
    let evaluators =
        facts.case.score_form.as_ref().is_some_and(|form| form.kind.is_bureaus() && !form.reviewed);
    let single = facts.scored_rows().filter(|_| evaluators).filter_map(|row| {
        let indicator = row.indicator;
        let score = [&indicator.score, &indicator.stated_score]
            .into_iter()
            .find_map(|entry| typed(entry.as_ref()))?
            .number();
        differs(&row, indicator.reason.as_ref()?, (None, score), slack)
    });
    reviewed.chain(single).collect()
}

fn differs(
    row: &Promise<'_>,
    remark: &Entry,
    (own, score): (Option<Number>, Number),
    slack: Number,
) -> Option<Finding> {
    let weight = row.weight()?.number();
    // Of the points, or of what the agency gave itself: either is said so.
    let bases: Vec<Number> = own.into_iter().chain([weight]).filter(|base| !base.is_zero()).collect();
    let taken: Vec<Number> = bases.iter().filter_map(|base| base.minus(score)).collect();
    let stated = stated(&normalise(&remark.shown()));
    let (said, percent) = stated.first().copied()?;
    let hundred = Number::from(100);
    let shares: Vec<Number> = taken
        .iter()
        .flat_map(|off| bases.iter().filter_map(|base| off.times(hundred)?.over(*base)))
        .collect();
    let near =
        |said: Number| shares.iter().any(|share| share.minus(said).is_some_and(|apart| apart.abs() <= slack));
    let points: Vec<Number> = stated.iter().filter(|(_, percent)| !percent).map(|(said, _)| *said).collect();
    // Of several one may be the sum of the others, or all of them parts.
    let sum = Number::sum(points.iter().copied());
    let agrees =
        stated.iter().any(|(said, percent)| if *percent { near(*said) } else { taken.contains(said) })
            || sum.is_some_and(|sum| taken.contains(&sum));
    if agrees {
        return None;
    }
    let off = *taken.first()?;
    let unit = if percent { "%" } else { " 分" };
    let share = shares.first().filter(|_| percent).map(|share| format!("（{}%）", share.round(1)));
    let scores = own.map_or_else(
        || format!("分值 {weight} 分、得 {score} 分"),
        |own| format!("自评 {own} 分、复核 {score} 分"),
    );
    let more = if stated.len() > 1 { "等" } else { "" };
    let message = format!(
        "“{}”说明扣 {said}{unit}{more}，{scores}，实扣 {off} 分{}。",
        row.name(),
        share.unwrap_or_default()
    );
    Some(row.at(Some(remark), ID, message))
}

/// The deductions that a remark states: how much, and whether in percent. What comes off for each of something is a rule.
fn stated(words: &str) -> Vec<(Number, bool)> {
    let found = words.match_indices('扣').filter_map(|(at, sign)| {
        let before = words.get(..at)?.rsplit(['，', ',', '；', ';', '。']).next()?;
        if list::EACH_IN_REMARKS.within(before) {
            return None;
        }
        let rest = words.get(at.checked_add(sign.len())?..)?.trim_start_matches(['减', '除', '分', ':']);
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number = rest.get(..rest.len().checked_sub(digits.len())?)?.parse().ok()?;
        match digits.chars().next()? {
            '%' => Some((number, true)),
            '分' => Some((number, false)),
            _ => None,
        }
    });
    found.collect()
}
